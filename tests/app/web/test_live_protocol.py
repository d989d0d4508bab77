"""A live socket costs what its messages cost: pings, fragments and crumbs are bounded, broken openings refused."""

import asyncio
import contextlib
import json
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from app.settings import Settings
from app.web.live_protocol import PIECE_BYTES, LiveProtocol, live_protocol
from tests.app.client import LiveClient
from tests.app.web.hostile import (
    BINARY,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    close_code,
    connected,
    frame,
    handshake,
    live_socket,
    memory_bytes,
    opening,
    push,
    request,
    until,
    until_closed,
)
from tests.browser.server import Server

pytestmark = pytest.mark.slow

SETTINGS = {
    "NEURON_PLAYGROUND_HOSTS": "1",
    "NEURON_PLAYGROUND_REQUEST_SECONDS": "0.5",
    "NEURON_PLAYGROUND_REQUEST_BYTES_PER_SECOND": "1000000000",
    "NEURON_PLAYGROUND_STALLED_SECONDS": "1",
    "NEURON_PLAYGROUND_OPEN_SECONDS": "3600",
}
CRUMB = frame(TEXT, b"x")
GROWTH_BYTES = 30_000_000
"""What a few clients may cost the web process, whatever they send; each flood here is several times as much."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("live") / "log.txt", **SETTINGS) as running:
        client = LiveClient(f"ws://127.0.0.1:{running.port}/live")
        client.open({})
        client.until("frame")
        client.close()
        yield running
        # Nothing that a client does is worth a line, least of all a traceback.
        assert running.log.read_text().splitlines()[1:] == []


def sessions(server: Server) -> int:
    with urllib.request.urlopen(f"{server.address}/healthz") as answer:
        count: int = json.load(answer)["sessions"]
        return count


def said_to(server: Server, *frames: bytes) -> bytes:
    """What is said to a client that sends these."""
    with live_socket(server.port) as client:
        client.sendall(b"".join(frames))
        return until_closed(client)


class Network(asyncio.Transport):
    """A transport without a socket, whose other end takes nothing until it is told to."""

    def __init__(self, full_bytes: int = 1 << 16) -> None:
        super().__init__()
        self.full_bytes = full_bytes
        self.waiting = self.written = 0
        self.reading, self.closing = True, False

    async def open(self, of: type[LiveProtocol] | None = None, **settings: Any) -> LiveProtocol:
        """A protocol on this transport, its handshake done and its application idle; beside others `of` a server."""
        config = uvicorn.Config(_accept, log_config=None, ws_max_size=100_000, ws_per_message_deflate=False)
        config.load()
        self.protocol = (of or live_protocol(Settings(**settings)))(config, ServerState(), {})
        self.protocol.connection_made(self)
        self.arrive(handshake())
        for _ in range(3):
            await asyncio.sleep(0)
        assert self.protocol.handshake_complete
        self.drain()
        return self.protocol

    def arrive(self, data: bytes) -> None:
        assert self.reading
        self.protocol.data_received(data)

    def drain(self) -> None:
        self.waiting = 0
        self.protocol.resume_writing()

    def write(self, data: Any) -> None:
        self.waiting += len(data)
        self.written += len(data)
        if self.waiting > self.full_bytes:
            self.protocol.pause_writing()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True


async def _accept(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await asyncio.sleep(3600)


# Handshakes


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (["Content-Length: 5"], 400),
        (["Transfer-Encoding: chunked"], 400),
        ([f"X-Many-{number}: x" for number in range(130)], 431),
        (["X-Long: " + "x" * 9_000], 431),
        (["Sec-WebSocket-Key: short"], 400),
        (["Sec-WebSocket-Version: 12"], 400),
    ],
)
def test_an_opening_that_cannot_be_read_is_answered_and_closed(server: Server, headers: list[str], status: int) -> None:
    with connected(server.port, handshake(*headers)) as client:
        answer = until_closed(client)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())


def test_an_address_that_is_too_long_is_answered_and_closed(server: Server) -> None:
    with connected(server.port, handshake(path="/live?" + "x" * 9_000)) as client:
        answer = until_closed(client)
    assert answer.startswith(b"HTTP/1.1 414 ")
    assert b"X-Content-Type-Options: nosniff" in answer
    assert b"Content-Security-Policy: default-src 'none'" in answer


def test_an_opening_that_does_not_fit_is_answered_wherever_it_is_cut(server: Server) -> None:
    with connected(server.port, handshake("X-Longer: " + "x" * 70_000)) as client:
        assert until_closed(client).startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))


def test_half_an_opening_is_not_waited_for(server: Server) -> None:
    with connected(server.port, handshake()[:-2]) as client:
        assert until_closed(client).startswith(b"HTTP/1.1 408 ")


def test_the_long_cookies_of_neighbours_keep_nobody_out(server: Server) -> None:
    with connected(server.port, handshake("Cookie: neighbour=" + "x" * 9_000)) as client:
        assert client.recv(12) == b"HTTP/1.1 101"


# Frames that are no message


@pytest.mark.parametrize(
    "flood",
    [
        frame(PING, b"x" * 125),
        frame(PING),
        frame(PONG, b"x" * 125),
        frame(CONTINUATION, b"", last=False),
        frame(CONTINUATION, b"x", last=False),
    ],
    ids=["pings", "empty pings", "pongs", "empty fragments", "fragments of a byte"],
)
def test_a_flood_of_frames_that_are_no_message_ends_its_socket(server: Server, flood: bytes) -> None:
    before = memory_bytes(server.process.pid)
    with live_socket(server.port) as client:
        client.sendall(opening() + frame(BINARY, b"", last=False))
        assert not push(client, flood * (1 + 60_000 // len(flood)), 4000)
    assert memory_bytes(server.process.pid) < before + GROWTH_BYTES
    until(lambda: sessions(server) == 0)


def test_a_few_pings_are_answered_and_a_few_fragments_put_together(server: Server) -> None:
    with live_socket(server.port) as client:
        client.sendall(frame(PING, b"there?"))
        assert client.recv(8) == b"\x8a\x06there?"
        client.sendall(frame(TEXT, b"{", last=False) + frame(PING, b"1") + frame(CONTINUATION, b"}"))
        assert client.recv(3) == b"\x8a\x011"
        assert b"refused" in client.recv(1000)


def test_pings_of_a_client_that_takes_nothing_are_left_in_its_own_network() -> None:
    """A full buffer stops the reading at once; what was read until then is little more than the buffer."""

    def flood(network: Network) -> None:
        while network.reading:
            network.arrive(frame(PING, b"x" * 125) * 100)

    async def scene() -> None:
        network = Network(full_bytes=1000)
        await network.open(messages_at_once=1_000_000)
        written = network.written
        flood(network)
        assert network.written - written <= 1000 + PIECE_BYTES
        network.drain()
        flood(network)
        assert network.written - written <= 2 * (1000 + PIECE_BYTES)

    asyncio.run(scene())


# Messages


def test_text_that_is_not_utf_8_closes_with_its_code(server: Server) -> None:
    assert close_code(said_to(server, frame(TEXT, b"\xff"))) == 1007


def test_text_that_is_cut_inside_a_letter_is_put_together_first(server: Server) -> None:
    with live_socket(server.port) as client:
        letter = "é".encode()
        client.sendall(frame(TEXT, letter[:1], last=False) + frame(CONTINUATION, letter[1:]))
        assert b"refused" in client.recv(1000)


def test_a_message_that_is_never_finished_is_not_waited_for(server: Server) -> None:
    assert close_code(said_to(server, frame(TEXT, b"x" * 1000)[:-1])) == 1008
    assert close_code(said_to(server, frame(TEXT, b"x", last=False))) == 1008
    assert close_code(said_to(server, b"\x81")) == 1008


def test_a_ping_does_not_prolong_a_message(server: Server) -> None:
    with live_socket(server.port) as client:
        client.sendall(frame(TEXT, b"x", last=False))
        until(lambda: not push(client, frame(PING), 1))


def test_messages_that_end_in_the_midst_of_the_next_go_on_for_ever(server: Server) -> None:
    """Each is complete in time, though the parser is never between two of them."""
    message = frame(TEXT, b'{"type": "ping"}')
    with live_socket(server.port) as client:
        client.sendall(opening(view={"visible": False}) + message[:5])
        said = b""
        while said.count(b'"pong"') < 8:
            client.sendall(message[5:] + message[:5])
            said += client.recv(10_000)
            assert b"\x88" not in said
            client.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                said += client.recv(10_000)
            client.settimeout(60)


def test_crumbs_wait_as_bytes_and_not_as_objects() -> None:
    """37,000 messages of a byte may arrive in one piece; the application takes none of them yet."""

    async def scene() -> None:
        network = Network()
        protocol = await network.open()
        network.arrive(CRUMB * 37_000)
        assert not network.reading
        assert protocol.queue.qsize() <= PIECE_BYTES / len(CRUMB) + 1
        for _ in range(37_000):
            message = await protocol.receive()
            assert (message["type"], message["text"]) == ("websocket.receive", "x")  # type: ignore[typeddict-item]
            assert protocol.queue.qsize() <= PIECE_BYTES / len(CRUMB) + 1
        assert network.reading

    asyncio.run(scene())


@pytest.mark.parametrize("whole", [False, True])
def test_what_many_begin_or_leave_waiting_is_bounded_together(whole: bool) -> None:
    """Whoever keeps most of it waiting is closed; a short message gets through."""

    async def scene() -> None:
        greedy, honest = Network(), Network()
        first = await greedy.open(bodies_bytes=100_000)
        second = await honest.open(of=type(first))
        honest.arrive(frame(BINARY, b"x" * 30_000)[:-1])
        greedy.arrive(frame(BINARY, b"x" * 69_000)[: None if whole else -1])
        assert [greedy.closing, honest.closing] == [False, False]
        honest.arrive(b"x" + frame(TEXT, b"y" * 2000)[:-1])
        assert [greedy.closing, honest.closing] == [True, False]
        assert type(first).unfinished.total < 40_000
        assert (await second.receive())["bytes"] == b"x" * 30_000  # type: ignore[typeddict-item]
        honest.arrive(b"y")
        assert (await second.receive())["text"] == "y" * 2000  # type: ignore[typeddict-item]
        second.connection_lost(None)
        assert type(first).unfinished.total == 0

    asyncio.run(scene())


def test_a_client_that_reads_nothing_is_cut(server: Server) -> None:
    with live_socket(server.port, window_bytes=4096) as deaf:
        deaf.sendall(opening(units=16, play=True, speed=None))
        assert not push(deaf, frame(TEXT, b'{"type": "checkpoint"}'), 10**6)
    until(lambda: sessions(server) == 0)


def test_a_flood_after_the_end_is_cut(tmp_path: Path) -> None:
    with Server(tmp_path / "log.txt", **SETTINGS, NEURON_PLAYGROUND_SESSIONS="1") as full, live_socket(full.port):
        with live_socket(full.port) as second:
            assert not push(second, CRUMB * 10_000, 4000)
        with connected(full.port, request("GET /healthz HTTP/1.1")) as other:
            assert other.recv(12) == b"HTTP/1.1 200"


def test_an_honest_client_reads_and_is_read_through_all_this(server: Server) -> None:
    client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
    client.open({}, play=True, speed=None)
    client.until_epoch(20)
    client.send("checkpoint")
    client.until("checkpoint")
    client.close()


def test_a_socket_that_is_lost_in_the_midst_of_a_message_is_forgotten(server: Server) -> None:
    with live_socket(server.port) as client:
        client.sendall(frame(TEXT, b"x" * 1000)[:-1])
        client.shutdown(socket.SHUT_WR)
    until(lambda: sessions(server) == 0)
