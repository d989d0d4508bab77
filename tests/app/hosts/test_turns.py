"""Turns are fair by time; those whose turns run over wait for those whose turns do not, but not for ever."""

from itertools import pairwise
from typing import Any

import pytest

from app.hosts.turns import PATIENCE_SECONDS, Seat, Turns
from app.live.inbox import Inbox

TURN_SECONDS = 0.004
OPEN = '{"type": "open", "config": {}}'


class Worker:
    """Stands in for a session that always wants a turn, and takes as long as it is told."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def due(self) -> float | None:
        return 0.0

    def prompted(self) -> bool:
        return False


class Scene:
    """Workers on a clock of their own; notes when each has its turns."""

    def __init__(self, *seconds: float, messages: dict[int, int] | None = None) -> None:
        self.now, self.turns = 1.0, Turns(TURN_SECONDS)
        self.seats: list[Seat] = []
        self.worked: list[list[tuple[float, float]]] = [[] for _ in seconds]
        for number, one in enumerate(seconds):
            session: Any = Worker(one)
            self.seats.append(Seat(number, session, Inbox(1000), 0.0))
            for _ in range((messages or {}).get(number, 0)):
                self.seats[-1].inbox.put(OPEN)
            self.seats[-1].note(self.now, worked=True)

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            seat = self.turns.next(self.seats, self.now)
            assert seat is not None
            begun = self.now
            seat.inbox.take(painting=False)
            self.now += seat.session.seconds  # type: ignore[attr-defined]
            self.worked[seat.number].append((begun, self.now))
            self.turns.worked(seat, begun, self.now)
            seat.note(self.now, worked=True)

    def forget(self) -> None:
        for turns in self.worked:
            turns.clear()

    def longest_wait(self, number: int) -> float:
        turns = self.worked[number]
        return max(after[0] - before[1] for before, after in pairwise(turns))

    def total(self, number: int) -> float:
        return sum(after - before for before, after in self.worked[number])


def test_equals_have_equal_shares() -> None:
    scene = Scene(0.004, 0.002, 0.001)
    scene.run(10.0)
    assert [scene.total(number) for number in range(3)] == pytest.approx([10 / 3] * 3, abs=0.01)


@pytest.mark.parametrize("slow", [1, 20])
def test_however_many_are_slow_who_is_quick_waits_for_one_of_them(slow: int) -> None:
    """Without the rule, twenty turns of 0.1 s come one after the other, and all others wait for 2 s."""
    scene = Scene(*[0.004] * 10, *[0.1] * slow)
    # Until each has shown once how slow it is.
    scene.run(0.1 * slow + 0.1)
    scene.forget()
    scene.run(60.0)
    longest = max(scene.longest_wait(number) for number in range(10))
    assert longest <= PATIENCE_SECONDS + 0.1 + 10 * 0.004


def test_an_order_that_may_take_long_lets_the_quick_go_first_before_it_has_ever_been_slow() -> None:
    scene = Scene(*[0.004] * 10, *[0.1] * 20, messages=dict.fromkeys(range(10, 30), 1))
    scene.run(4.0)
    assert max(scene.longest_wait(number) for number in range(10)) <= PATIENCE_SECONDS + 0.1 + 10 * 0.004


def test_who_is_slow_is_not_starved_by_many_who_are_quick() -> None:
    """Forty-five quick ones wait longer than their patience in any case: the slow one has its share all the same."""
    scene = Scene(*[0.004] * 45, 0.05)
    scene.run(60.0)
    assert scene.total(45) == pytest.approx(60 / 46, rel=0.1)


def test_a_slow_turn_is_forgotten_after_a_while() -> None:
    scene = Scene(0.05)
    scene.run(0.05)
    assert scene.seats[0].is_slow(scene.now)
    assert not scene.seats[0].is_slow(scene.now + 5.1)


def test_a_message_does_not_make_a_waiting_seat_a_newcomer() -> None:
    scene = Scene(0.004)
    (seat,) = scene.seats
    since = seat.waits_since()
    seat.inbox.put(OPEN)
    seat.note(since + 9.0, worked=False)
    assert seat.waits_since() == since
