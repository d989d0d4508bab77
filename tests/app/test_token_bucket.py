"""A burst passes at once, a flood at a steady rate."""

import pytest

from app.token_bucket import Bucket


def test_a_burst_passes_at_once_and_what_follows_waits() -> None:
    bucket = Bucket(rate=10.0, burst=3.0, now=0.0)
    assert [bucket.take(0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert bucket.take(0.0) == pytest.approx(0.1)


def test_a_flood_that_waits_as_told_passes_at_the_rate() -> None:
    bucket, now = Bucket(rate=10.0, burst=3.0, now=0.0), 0.0
    for _ in range(103):
        now += bucket.take(now)
    assert now == pytest.approx(10.0)


def test_who_was_silent_for_long_has_saved_up_no_more_than_a_burst() -> None:
    bucket = Bucket(rate=10.0, burst=2.0, now=0.0)
    assert [bucket.take(1000.0) > 0 for _ in range(3)] == [False, False, True]


def test_who_may_not_wait_is_let_in_only_while_there_is_a_whole_token() -> None:
    bucket = Bucket(rate=10.0, burst=2.0, now=0.0)
    assert [bucket.admits(0.0) for _ in range(3)] == [True, True, False]
    assert not bucket.is_full(0.15)
    assert [bucket.admits(0.15), bucket.admits(0.15), bucket.is_full(1.0)] == [True, False, True]
