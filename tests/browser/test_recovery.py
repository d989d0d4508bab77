"""What a person sees when something breaks: the run goes on where it was, and the page says so.

The socket is dropped, the process that trains is killed, the whole server is replaced. Each time the epoch goes on
from the page's own checkpoint and never falls back to the beginning.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import Server, is_alive


class Wire:
    """Stands between the page and the server: passes everything on, counts checkpoints, and can be cut."""

    def __init__(self, page: Page) -> None:
        self.checkpoints = 0
        self.connections: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        page.route_web_socket("**/live", self._connect)

    def _connect(self, client: WebSocketRoute) -> None:
        server = client.connect_to_server()
        self.connections.append((client, server))

        def pass_on(message: str | bytes) -> None:
            self.checkpoints += isinstance(message, bytes) and b'"checkpoint"' in message[:4096]
            client.send(message)

        server.on_message(pass_on)

    def cut(self) -> None:
        client, server = self.connections[-1]
        client.close(code=3000, reason="cut by a test")
        server.close(code=3000, reason="cut by a test")


@pytest.fixture
def wire(page: Page) -> Wire:
    return Wire(page)


@pytest.fixture
def playground(page: Page, wire: Wire, server: Server) -> Playground:
    return Playground(page, server.address)


def play_until_checkpoint(playground: Playground, wire: Wire) -> int:
    """Play until the page holds a checkpoint of this run, and give an epoch that it is not older than."""
    playground.press("play")
    playground.wait_for_epoch("> 20")
    reached, seen = playground.epoch(), wire.checkpoints
    while wire.checkpoints == seen:
        playground.page.wait_for_timeout(20)
    return reached


def test_a_lost_socket_while_playing(playground: Playground, wire: Wire) -> None:
    reached = play_until_checkpoint(playground, wire)
    playground.watch_epoch()
    wire.cut()
    playground.page.wait_for_function("() => window.shown.length > 0")
    lost_at = playground.epoch()
    playground.wait_for_epoch(f"> {lost_at + 20}")
    assert len(wire.connections) == 2
    assert min(playground.watched_epochs()) >= reached
    assert playground.is_playing()


def test_a_lost_socket_while_paused(playground: Playground, wire: Wire) -> None:
    play_until_checkpoint(playground, wire)
    playground.press("play")
    playground.wait_for_text("status", "Paused at epoch")
    seen, paused = playground.pictures(["output"]), playground.epoch()
    wire.cut()
    playground.wait_for_text("status", "Reconnect|Reconnecting|Connecting|Paused")
    while len(wire.connections) < 2:
        playground.page.wait_for_timeout(20)
    playground.wait_for_text("status", "Paused at epoch|Reconnected")
    assert playground.epoch() == paused
    assert playground.pictures(["output"]) == seen
    playground.press("step")
    playground.wait_for_epoch(f"=== {paused + 1}")


def test_a_killed_host_process(playground: Playground, wire: Wire, server: Server) -> None:
    reached = play_until_checkpoint(playground, wire)
    playground.watch_epoch()
    killed = server.hosts()
    assert killed
    for host in killed:
        os.kill(host, signal.SIGKILL)
    while any(is_alive(host) for host in killed):
        playground.page.wait_for_timeout(20)
    playground.wait_for_epoch(f"> {playground.epoch() + 20}")
    assert min(playground.watched_epochs()) >= reached
    assert playground.is_playing()
    assert len(server.hosts()) == len(killed)
    assert not set(server.hosts()) & set(killed)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    return tmp_path / "log.txt"


def test_a_replaced_server(page: Page, wire: Wire, trouble: Trouble, log: Path) -> None:
    trouble.expect("WebSocket connection to")  # the browser's own words while nobody listens
    with Server(log) as first:
        playground = Playground(page, first.address)
        reached = play_until_checkpoint(playground, wire)
        playground.watch_epoch()
    playground.wait_for_text("status", "Reconnecting")
    lost_at = playground.epoch()
    with Server(log, port=first.port):
        playground.wait_for_epoch(f"> {lost_at + 20}")
        assert min(playground.watched_epochs()) >= reached
        assert playground.is_playing()
        page.close()
