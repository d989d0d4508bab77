"""Connections come in up to a number; where the system has no room, accepting rests, says so once and goes on."""

import asyncio
import errno
import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.hosts import processes
from app.web import acceptor
from app.web.acceptor import Acceptor
from tests.app.client import LiveClient
from tests.app.web.hostile import connected, request, until, until_closed
from tests.browser.server import Server
from tests.live.attacks import without_descriptors

pytestmark = pytest.mark.slow

CLOSING = request("GET /healthz HTTP/1.1", "Connection: close")


class Listener:
    """A listening socket that finds no room some times, and can be waited on like the real one."""

    def __init__(self, real: socket.socket, number: int, times: int) -> None:
        self.real, self.number, self.times, self.asked = real, number, times, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def accept(self) -> tuple[socket.socket, object]:
        self.asked += 1
        if self.asked <= self.times:
            raise OSError(self.number, "no room")
        return self.real.accept()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as real:
        yield real


class Echo(asyncio.Protocol):
    """Says hello, and is counted while it lasts."""

    alive = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        Echo.alive += 1
        transport.write(b"hello")

    def connection_lost(self, exc: Exception | None) -> None:
        Echo.alive -= 1


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EPERM])
def test_where_there_is_no_room_it_is_asked_now_and_then_and_said_once(
    listener: socket.socket, number: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(acceptor, "RETRY_SECONDS", 0.02)
    scarce = Listener(listener, number, times=10)

    async def scene() -> None:
        running = Acceptor(scarce, Echo, lambda: 0, 100)  # type: ignore[arg-type]
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        assert await asyncio.wait_for(reader.read(5), 60) == b"hello"
        writer.close()
        running.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(scene())
    # Ten refusals, the connection, and a look whether there is another: nothing was asked in a circle.
    assert scarce.asked <= 13
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_no_more_come_in_than_may(listener: socket.socket) -> None:
    async def scene() -> None:
        running = Acceptor(listener, Echo, lambda: Echo.alive, 3)
        clients = [await asyncio.open_connection(*listener.getsockname()) for _ in range(5)]
        greeted = [asyncio.create_task(reader.read(5)) for reader, _ in clients]
        done: set[asyncio.Task[bytes]] = set()
        while len(done) < 3:
            done, waiting = await asyncio.wait(greeted, timeout=0.1)
        assert Echo.alive == 3
        assert len(waiting) == 2
        for _, writer in clients[:3]:
            writer.close()
        done, waiting = await asyncio.wait(greeted, timeout=60)
        assert not waiting
        for _, writer in clients[3:]:
            writer.close()
        running.close()
        await running.wait_closed()

    asyncio.run(scene())


def test_once_closed_nobody_comes_in(listener: socket.socket) -> None:
    async def scene() -> None:
        Acceptor(listener, Echo, lambda: 0, 3).close()
        _, writer = await asyncio.open_connection(*listener.getsockname())
        await asyncio.sleep(0.1)
        assert Echo.alive == 0
        writer.close()

    asyncio.run(scene())


def healthy(server: Server) -> bool:
    with connected(server.port, CLOSING) as connection:
        return until_closed(connection).startswith(b"HTTP/1.1 200")


def idle(server: Server, count: int) -> list[socket.socket]:
    """So many connections that say nothing."""
    return [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(count)]


def lines(server: Server) -> list[str]:
    return server.log.read_text().splitlines()[1:]


def test_more_connections_than_are_set_wait_and_then_come_in(tmp_path: Path) -> None:
    settings = {"NEURON_PLAYGROUND_CONNECTIONS": "20", "NEURON_PLAYGROUND_REQUEST_SECONDS": "1"}
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1", **settings) as server:
        before = server.descriptors()
        silent = idle(server, 100)
        until(lambda: server.descriptors() >= before + 15)
        assert server.descriptors() <= before + 20
        # The silent ones are closed in time, twenty at a time.
        assert healthy(server)
        for connection in silent:
            connection.close()
        assert lines(server) == []


def test_out_of_descriptors_it_says_so_once_and_is_well_again(tmp_path: Path) -> None:
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1") as server:
        with without_descriptors(server):
            waiting = idle(server, 50)
            until(lambda: len(lines(server)) > 0)
            # It has tried again by then, and more than once.
            time.sleep(2.5 * acceptor.RETRY_SECONDS)
            assert len(lines(server)) == 1
            assert "no connection can be accepted (Too many open files)" in lines(server)[0]
        for connection in waiting:
            connection.close()
        until(lambda: healthy(server))
        assert len(lines(server)) == 1


def test_a_host_that_dies_while_there_are_no_descriptors_is_replaced_once_there_are(tmp_path: Path) -> None:
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1") as server:
        (host,) = server.hosts()
        # A new host needs several; the one that dies gives back one or two, which silent connections take.
        with without_descriptors(server):
            held = idle(server, 20)
            os.kill(host, signal.SIGKILL)
            until(lambda: any("a host process cannot be started" in line for line in lines(server)))
            time.sleep(2.5 * processes.RETRY_SECONDS)
            assert sum("a host process cannot be started" in line for line in lines(server)) == 1
        until(lambda: server.hosts() not in ([], [host]))
        for connection in held:
            connection.close()
        until(lambda: healthy(server))
        client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
        client.open({})
        client.until("frame")
        client.close()
