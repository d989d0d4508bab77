"""A deadline passes once, later for what has really come, and not at all for what is done."""

from collections.abc import Callable
from typing import Any

import pytest

from app.settings import Settings
from app.web.deadline import Deadline

SETTINGS = Settings(request_seconds=10.0, request_bytes_per_second=100.0, message_bytes=2000)


class Loop:
    """An event loop's clock and timers, wound by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.timers: list[Timer] = []

    def time(self) -> float:
        return self.now

    def call_at(self, moment: float, job: Callable[[], Any]) -> "Timer":
        self.timers.append(Timer(moment, job))
        return self.timers[-1]

    def until(self, moment: float) -> None:
        while due := [timer for timer in self.timers if timer.moment <= moment and not timer.done]:
            first = min(due, key=lambda timer: timer.moment)
            self.now = max(self.now, first.moment)
            first.done = True
            first.job()
        self.now = moment


class Timer:
    def __init__(self, moment: float, job: Callable[[], Any]) -> None:
        self.moment, self.job, self.done = moment, job, False

    def cancel(self) -> None:
        self.done = True


class Scene:
    def __init__(self) -> None:
        self.loop = Loop()
        self.expired: list[float] = []
        self.deadline = Deadline(self.loop, SETTINGS, self._expire)  # type: ignore[arg-type]

    def _expire(self) -> None:
        self.expired.append(self.loop.now - 100.0)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_it_passes_once(scene: Scene) -> None:
    scene.deadline.start()
    scene.loop.until(1000.0)
    assert scene.expired == [10.0]


def test_beginning_again_changes_nothing(scene: Scene) -> None:
    scene.deadline.start()
    scene.loop.until(109.0)
    scene.deadline.start()
    scene.loop.until(1000.0)
    assert scene.expired == [10.0]


def test_bytes_earn_time(scene: Scene) -> None:
    scene.deadline.start()
    scene.loop.until(105.0)
    scene.deadline.earn(500)
    scene.loop.until(1000.0)
    assert scene.expired == [15.0]


def test_no_body_earns_more_than_the_longest_may_need(scene: Scene) -> None:
    scene.deadline.start()
    for _ in range(1000):
        scene.deadline.earn(100)
    scene.loop.until(1000.0)
    assert scene.expired == [10.0 + 2000 / 100]


def test_a_trickle_earns_next_to_nothing(scene: Scene) -> None:
    scene.deadline.start()
    for second in range(1, 20):
        scene.loop.until(100.0 + second)
        scene.deadline.earn(1)
    scene.loop.until(1000.0)
    (moment,) = scene.expired
    assert moment < 10.2


def test_what_is_done_never_passes_and_begins_anew(scene: Scene) -> None:
    scene.deadline.start()
    scene.deadline.earn(2000)
    scene.deadline.clear()
    scene.loop.until(200.0)
    assert scene.expired == []
    scene.deadline.start()
    scene.loop.until(1000.0)
    assert scene.expired == [110.0]
