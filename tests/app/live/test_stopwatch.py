"""Seconds of training by a clock that the test winds."""

import pytest

from app.live.stopwatch import Stopwatch
from tests.app.clock import Clock


def test_the_mean_of_an_epoch_is_of_training_alone() -> None:
    clock = Clock(0.0)
    watch = Stopwatch(clock)
    assert watch.epoch_seconds(10) is None

    def train(seconds: float, steps: int) -> int:
        clock.now += seconds
        return steps

    assert watch.time(lambda: train(0.5, 5)) == 5
    clock.now += 100.0
    watch.time(lambda: train(0.1, 1))
    assert watch.epoch_seconds(10) == pytest.approx(1.0)
