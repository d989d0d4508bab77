"""A target speed is kept by credit that never bursts, and the measured rate tells the truth."""

import math

import pytest

from app.live.pacing import QUANTUM_SECONDS, Meter, Throttle

STEPS_PER_EPOCH = 25


def test_without_a_target_everything_is_affordable() -> None:
    throttle = Throttle(None, now=0.0)
    assert throttle.affordable() == math.inf
    assert throttle.due(STEPS_PER_EPOCH) <= 0.0
    assert throttle.behind(STEPS_PER_EPOCH)


def test_a_target_allows_exactly_its_rate() -> None:
    throttle, trained = Throttle(10.0, now=0.0), 0
    for turn in range(1, 501):
        throttle.earn(turn / 100, STEPS_PER_EPOCH)
        steps = throttle.affordable()
        throttle.spend(int(steps))
        trained += int(steps)
    assert trained == pytest.approx(5 * 10 * STEPS_PER_EPOCH, abs=1)


def test_a_stall_is_not_caught_up_in_a_burst() -> None:
    throttle = Throttle(10.0, now=0.0)
    throttle.earn(60.0, STEPS_PER_EPOCH)
    assert throttle.affordable() == math.floor(10.0 * STEPS_PER_EPOCH * 0.25)
    assert throttle.behind(STEPS_PER_EPOCH)


def test_a_pause_earns_nothing() -> None:
    throttle = Throttle(10.0, now=0.0)
    throttle.start(100.0)
    throttle.earn(100.0, STEPS_PER_EPOCH)
    assert throttle.affordable() == 0


def test_a_slow_run_is_due_when_it_can_afford_a_batch() -> None:
    throttle = Throttle(0.1, now=0.0)
    due = throttle.due(STEPS_PER_EPOCH)
    assert due == pytest.approx(1 / (0.1 * STEPS_PER_EPOCH))
    throttle.earn(due + 1e-9, STEPS_PER_EPOCH)
    assert throttle.affordable() == 1


def test_a_fast_run_is_due_for_a_helping_not_for_every_batch() -> None:
    assert Throttle(1000.0, now=0.0).due(STEPS_PER_EPOCH) == pytest.approx(QUANTUM_SECONDS)


def test_helpings_are_smaller_where_pictures_follow_sooner_and_no_larger_where_nobody_looks() -> None:
    throttle = Throttle(100.0, now=0.0)
    assert throttle.due(STEPS_PER_EPOCH, 1 / 60) == pytest.approx(1 / 60)
    assert throttle.due(STEPS_PER_EPOCH, math.inf) == pytest.approx(QUANTUM_SECONDS)


def test_the_meter_measures_the_last_second() -> None:
    meter = Meter()
    for mark in range(300):
        meter.mark(mark / 100, epochs=mark * 0.5 if mark < 100 else 50 + (mark - 100) * 2)
    assert meter.rate() == pytest.approx(200, rel=0.05)


def test_the_meter_knows_nothing_before_two_marks() -> None:
    meter = Meter()
    assert meter.rate() == 0.0
    meter.mark(1.0, 5.0)
    assert meter.rate() == 0.0
    meter.mark(1.5, 10.0)
    assert meter.rate() == 10.0
    meter.start()
    assert meter.rate() == 0.0


def test_what_is_trained_ahead_is_owed_and_the_rate_stays_exact() -> None:
    throttle, trained = Throttle(10.0, now=0.0), 0
    for turn in range(1, 501):
        throttle.earn(turn / 100, STEPS_PER_EPOCH)
        if throttle.lends(STEPS_PER_EPOCH, STEPS_PER_EPOCH):
            throttle.spend(STEPS_PER_EPOCH, ahead=True)
            trained += STEPS_PER_EPOCH
    assert trained == pytest.approx(5 * 10 * STEPS_PER_EPOCH, abs=2 * STEPS_PER_EPOCH)


def test_only_a_quick_run_goes_ahead_and_no_further_than_one_and_a_half_epochs() -> None:
    slow, quick, free = Throttle(5.0, now=0.0), Throttle(10.0, now=0.0), Throttle(None, now=0.0)
    assert not slow.goes_ahead()
    assert not slow.lends(1, STEPS_PER_EPOCH)
    assert quick.goes_ahead()
    assert quick.lends(37, STEPS_PER_EPOCH)
    assert not quick.lends(38, STEPS_PER_EPOCH)
    assert free.goes_ahead()
    assert free.lends(10**6, STEPS_PER_EPOCH)
    quick.spend(30, ahead=True)
    assert quick.due(STEPS_PER_EPOCH) == pytest.approx((30 + 250 * QUANTUM_SECONDS) / 250)
