"""What a hostile client may do to a server for a few seconds: each attack by name, bounded, and gone when it returns.

For the soak and its short form (`test_attacks`). Not here: faults of machines and networks (`soak`).
"""

import contextlib
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from tests.app.web.hostile import BINARY, PING, TEXT, frame, handshake, live_socket, opening, push, request
from tests.browser.server import Server

SOCKETS = 3
CONNECTIONS = 30
HALVES = 100
LONGEST_BYTES = 2_000_000
HOLD_SECONDS = 3.0
"""How long what is held open is held."""

GONE = (ConnectionError, TimeoutError)


def pings(server: Server) -> None:
    """Sockets that send pings as fast as they can and never read."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(live_socket(server.port, window_bytes=4096)) for _ in range(SOCKETS)]
        floods = [threading.Thread(target=push, args=(each, frame(PING, b"x" * 125) * 500, 1000)) for each in sockets]
        for flood in floods:
            flood.start()
        for flood in floods:
            flood.join()


def crumbs(server: Server) -> None:
    """Sockets that send the smallest messages as fast as they can and never read."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(live_socket(server.port, window_bytes=4096)) for _ in range(SOCKETS)]
        end = time.monotonic() + HOLD_SECONDS
        for each in sockets:
            each.setblocking(False)
        while time.monotonic() < end:
            for each in sockets:
                with contextlib.suppress(BlockingIOError, *GONE):
                    each.send(frame(TEXT, b"x") * 10_000)
            time.sleep(0.01)


def halves(server: Server) -> None:
    """Messages as long as the web server reads any, each but for its last byte."""
    with ExitStack() as stack:
        for _ in range(HALVES):
            with contextlib.suppress(*GONE):
                stack.enter_context(live_socket(server.port)).sendall(frame(BINARY, bytes(LONGEST_BYTES))[:-1])
        time.sleep(HOLD_SECONDS)


def unread(server: Server) -> None:
    """Sockets that train as fast as they can, ask for more, and never read."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(live_socket(server.port, window_bytes=4096)) for _ in range(SOCKETS)]
        for each in sockets:
            each.sendall(opening(units=16, play=True, speed=None))
            each.sendall(frame(TEXT, b'{"type": "checkpoint"}') * 200)
        time.sleep(HOLD_SECONDS)


def handshakes(server: Server) -> None:
    """Openings of live sockets that are cut short, too long, or cannot be read."""
    said = (handshake()[:-2], handshake("Content-Length: 9"), handshake("X: " + "x" * 9000), b"GET /live HTTP/1.1\r\n")
    _hold(server, said)


def bodies(server: Server) -> None:
    """Requests whose bodies never come."""
    paths = ("points", "export/numpy", "export/torch")
    _hold(server, tuple(request(f"POST /api/{path} HTTP/1.1", "Content-Length: 100000") + b"x" for path in paths))


def descriptors(server: Server) -> None:
    """More connections than the process may open files for."""
    with without_descriptors(server):
        _hold(server, (b"",))


ATTACKS: dict[str, Callable[[Server], None]] = {
    attack.__name__: attack for attack in (pings, crumbs, halves, unread, handshakes, bodies, descriptors)
}


@contextmanager
def without_descriptors(server: Server) -> Iterator[None]:
    """The limit of the running process lowered to what it holds, as if others had taken the rest."""
    pid = server.process.pid
    old = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (server.descriptors(), old[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, old)


def _hold(server: Server, said: tuple[bytes, ...]) -> None:
    """Many connections, each of which says one of these and no more."""
    with ExitStack() as stack:
        for number in range(CONNECTIONS):
            with contextlib.suppress(*GONE):
                each = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
                each.sendall(said[number % len(said)])
        time.sleep(HOLD_SECONDS)
