"""A connection that never finishes a request is closed; one that asks in time, or a socket, is not."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.client import LiveClient
from tests.browser.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("patience")
    with Server(folder / "log", NEURON_PLAYGROUND_HOSTS="1", NEURON_PLAYGROUND_REQUEST_SECONDS="0.5") as running:
        yield running


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
