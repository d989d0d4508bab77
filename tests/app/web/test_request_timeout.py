"""A connection that never finishes a request, body included, is closed; one that asks in time, or a socket, is not."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.client import LiveClient
from tests.app.web.hostile import connected, push, request, until, until_closed
from tests.browser.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("patience")
    with Server(folder / "log", NEURON_PLAYGROUND_HOSTS="1", NEURON_PLAYGROUND_REQUEST_SECONDS="0.5") as running:
        yield running
        # What clients send wrongly is a line at most, and no traceback.
        assert "Traceback" not in running.log.read_text()


def is_closed(connection: socket.socket) -> bool:
    """Whether the other end hangs up within the time that a busy machine may need."""
    connection.settimeout(20)
    try:
        while connection.recv(1000):
            pass
        return True
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_silence_and_half_a_request_are_not_waited_for(server: Server, said: bytes) -> None:
    with contextlib.closing(socket.create_connection(("127.0.0.1", server.port))) as connection:
        connection.sendall(said)
        assert is_closed(connection)


def test_half_a_second_request_is_not_waited_for_either(server: Server) -> None:
    with contextlib.closing(socket.create_connection(("127.0.0.1", server.port), timeout=20)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /he")
        assert is_closed(connection)


def test_a_live_socket_outlasts_the_deadline(server: Server) -> None:
    client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
    client.open({}, play=False)
    time.sleep(1.0)
    client.send("ping")
    assert client.until("pong").kind == "pong"
    client.close()


POST = "POST /api/points HTTP/1.1"


@pytest.mark.parametrize(
    "said",
    [
        request(POST, "Content-Length: 100"),
        request(POST, "Content-Length: 100") + b"1,1,",
        request(POST, "Transfer-Encoding: chunked"),
        request(POST, "Transfer-Encoding: chunked") + b"4\r\n1,1,",
        request("GET / HTTP/1.1", "Content-Length: 100"),
        request(POST, "Expect: 100-continue", "Content-Length: 100"),
    ],
    ids=["no body", "part of a body", "no chunk", "part of a chunk", "a page with a body", "one that asks first"],
)
def test_a_body_that_never_comes_is_not_waited_for(server: Server, said: bytes) -> None:
    with connected(server.port, said) as connection:
        answer = until_closed(connection).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    # A page does not wait for a body to answer; whoever does says that it did not come.
    assert answer.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 200 ") if b"GET" in said else b"HTTP/1.1 408 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_body_that_trickles_is_not_waited_for_though_it_never_pauses(server: Server) -> None:
    with connected(server.port, request(POST, "Content-Length: 1000000")) as connection:
        until(lambda: not push(connection, b"1", 1))


def test_headers_that_trickle_are_not_waited_for_though_they_never_pause(server: Server) -> None:
    with connected(server.port, b"GET / HTTP/1.1\r\n") as connection:
        until(lambda: not push(connection, b"X: 1\r\n", 1))


def test_a_body_without_end_is_not_read_for_ever(server: Server) -> None:
    """It is sent fast enough to earn time, but no more than the longest body may need."""
    settings = {"NEURON_PLAYGROUND_REQUEST_SECONDS": "0.5", "NEURON_PLAYGROUND_REQUEST_BYTES_PER_SECOND": "1000000"}
    with (
        Server(server.log.with_name("endless"), NEURON_PLAYGROUND_HOSTS="1", **settings) as other,
        connected(other.port, request(POST, "Transfer-Encoding: chunked")) as connection,
    ):
        until(lambda: not push(connection, b"10000\r\n" + b"1" * 0x10000 + b"\r\n", 1))


def test_a_slow_line_that_keeps_its_pace_is_heard_to_the_end(tmp_path: Path) -> None:
    """Twice the time of a short request, in pieces that come at the rate that is asked for."""
    settings = {"NEURON_PLAYGROUND_REQUEST_SECONDS": "1", "NEURON_PLAYGROUND_REQUEST_BYTES_PER_SECOND": "10"}
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1", **settings) as slow:
        table = b"x,y,label\n" + b"0.1,0.2,a\n0.3,0.4,b\n" * 10
        with connected(slow.port, request(POST, f"Content-Length: {len(table)}")) as connection:
            for start in range(0, len(table), 30):
                connection.sendall(table[start : start + 30])
                time.sleep(0.25)
            assert connection.recv(12) == b"HTTP/1.1 200"


def test_a_connection_is_used_again_and_closed_when_idle(server: Server) -> None:
    with connected(server.port) as connection:
        for _ in range(3):
            connection.sendall(request("GET /healthz HTTP/1.1"))
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(10_000)
            assert answer.startswith(b"HTTP/1.1 200")
        assert until_closed(connection) == b""


def test_a_second_request_that_stops_in_the_midst_is_answered_after_the_first(server: Server) -> None:
    with connected(server.port, request("GET /healthz HTTP/1.1") + b"GET /he") as connection:
        assert until_closed(connection).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x00\xee\x01\x00",
        b"\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\nHost: x\r\n folded\r\n\r\n",
        request("GET / HTTP/1.1", "Content-Length: -1"),
        request("GET / HTTP/1.1", "Content-Length: 1", "Content-Length: 2"),
        request("GET / HTTP/1.1", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip"),
        request("GET /" + "x" * 70_000 + " HTTP/1.1", "Connection: close"),
        request("GET / HTTP/1.1", "X: " + "x" * 70_000)[:-2],
        request(POST, "Transfer-Encoding: chunked") + b"ZZ\r\n",
        request("GET / HTTP/1.1", "Transfer-Encoding: chunked") + b"ZZ\r\n",
        request("GET /healthz HTTP/1.1") + b"\x00\x01\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_with_the_headers_of_every_answer(server: Server, said: bytes) -> None:
    with connected(server.port, said) as connection:
        answer = until_closed(connection)
    *_, last = answer.split(b"HTTP/1.1 ")
    assert last.startswith(b"4") or (b"GET" in said and answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 4"))), answer
    assert answer.lower().count(b"x-content-type-options: nosniff") == answer.count(b"HTTP/1.1 ")
    assert answer.lower().count(b"content-security-policy: ") == answer.count(b"HTTP/1.1 ")


def test_a_client_that_leaves_in_the_midst_is_no_news(server: Server) -> None:
    for path in ("points", "export/numpy", "share"):
        with connected(server.port, request(f"POST /api/{path} HTTP/1.1", "Content-Length: 10") + b"1") as connection:
            connection.shutdown(socket.SHUT_WR)
            time.sleep(0.05)
    with connected(server.port, request("GET /healthz HTTP/1.1")) as connection:
        assert connection.recv(12) == b"HTTP/1.1 200"


def test_bytes_that_are_no_text_are_refused(server: Server) -> None:
    for path in ("points", "export/numpy"):
        said = request(f"POST /api/{path} HTTP/1.1", "Content-Length: 2", "Connection: close") + b"\xff\xfe"
        with connected(server.port, said) as connection:
            assert until_closed(connection).startswith(b"HTTP/1.1 422 ")
