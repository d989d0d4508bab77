"""Who takes nothing is cut, open or closing; who takes little by little is not, and neither is who has all."""

from pathlib import Path

import pytest

from app.web.stalled import CLOSING_SECONDS, LOOK_SECONDS, PROGRESS_BYTES, StalledConnections
from tests.app.web.hostile import connected, push, request, until
from tests.browser.server import Server

pytestmark = pytest.mark.slow

OPEN_LOOKS = 20
CLOSING_LOOKS = round(CLOSING_SECONDS / LOOK_SECONDS)


class Transport:
    def __init__(self, waiting: int, closing: bool) -> None:
        self.waiting, self.closing, self.cut = waiting, closing, False

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def is_closing(self) -> bool:
        return self.closing

    def abort(self) -> None:
        self.cut = True


class Connection:
    def __init__(self, waiting: int, *, closing: bool = False) -> None:
        self.transport = Transport(waiting, closing)


def looks_until_cut(connection: Connection, takes: list[int], written: int = 0) -> int | None:
    """After how many looks it is cut, if it takes so much between two looks and so much more is written meanwhile."""
    stalled = StalledConnections(OPEN_LOOKS * LOOK_SECONDS)
    transport = connection.transport
    for number, taken in enumerate(takes, 1):
        stalled.look([connection])  # type: ignore[list-item]
        if transport.cut:
            return number
        transport.waiting = max(0, transport.waiting - taken) + written
    return None


@pytest.mark.parametrize(("closing", "looks"), [(False, OPEN_LOOKS), (True, CLOSING_LOOKS)])
def test_who_takes_nothing_is_cut(closing: bool, looks: int) -> None:
    assert looks_until_cut(Connection(10**6, closing=closing), [0] * 100) == looks + 1
    assert looks_until_cut(Connection(10, closing=closing), [0] * 100) == looks + 1


def test_who_takes_a_byte_now_and_then_takes_nothing() -> None:
    assert looks_until_cut(Connection(10**6), [1] * 100) == OPEN_LOOKS + 1


@pytest.mark.parametrize("closing", [False, True])
def test_who_takes_little_by_little_is_waited_for(closing: bool) -> None:
    assert looks_until_cut(Connection(10**7, closing=closing), [PROGRESS_BYTES] * 1000) is None


def test_what_is_written_meanwhile_is_neither_progress_nor_fault() -> None:
    assert looks_until_cut(Connection(100), [0] * 100, written=7) == OPEN_LOOKS + 1
    assert looks_until_cut(Connection(60_000), [50_000, 0, 0] * 100, written=15_000) is None


def test_who_has_all_is_left_alone() -> None:
    assert looks_until_cut(Connection(0), [0] * 100) is None


def test_a_closed_connection_that_is_never_lost_is_cut_though_nothing_waits() -> None:
    assert looks_until_cut(Connection(0, closing=True), [0] * 100) == CLOSING_LOOKS + 1


def test_a_connection_that_is_gone_is_forgotten() -> None:
    stalled = StalledConnections(10.0)
    for _ in range(100):
        stalled.look([Connection(10)])  # type: ignore[list-item]
    assert len(stalled._seen) == 1


def test_an_answer_that_is_not_read_is_cut(tmp_path: Path) -> None:
    """The catalog again and again down one connection, none of it read."""
    with Server(tmp_path / "log", NEURON_PLAYGROUND_HOSTS="1", NEURON_PLAYGROUND_STALLED_SECONDS="1") as server:
        asked = request("GET /api/catalog HTTP/1.1")
        with connected(server.port, window_bytes=4096) as connection:
            until(lambda: not push(connection, asked, 100))
