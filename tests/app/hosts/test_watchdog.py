"""A host that rests while it owes a sign hangs; one that works or waits for a processor is only late."""

from app.hosts.process_state import Pulse
from app.hosts.watchdog import LOOK_SECONDS, Watch
from app.settings import Settings

SETTINGS = Settings(host_silence_seconds=1.4, host_busy_seconds=20.0)
ASLEEP = Pulse("S", 100)


def seconds_until_given_up(pulses: list[Pulse | None], *, begun: bool = True) -> float:
    """How long after its last sign a host with these pulses, the last one for ever, is given up."""
    waiting = list(pulses)
    watch = Watch(SETTINGS, 0.0, lambda: waiting.pop(0) if len(waiting) > 1 else waiting[0])
    now = 0.0
    if begun:
        assert not watch.hangs(now, heard=True)
    while now < 100.0:
        now += LOOK_SECONDS
        if watch.hangs(now, heard=False):
            return now
    raise AssertionError("never given up")


def test_a_host_at_rest_is_given_up_within_two_seconds() -> None:
    assert seconds_until_given_up([ASLEEP]) <= 2.0
    assert seconds_until_given_up([Pulse("T", 100)]) <= 2.0


def test_a_host_at_work_is_given_time() -> None:
    assert seconds_until_given_up([Pulse("R", ticks) for ticks in range(200)]) == 20.0


def test_a_host_that_waits_for_a_processor_is_given_time() -> None:
    assert seconds_until_given_up([Pulse("R", 100)]) == 20.0


def test_a_host_seen_at_work_once_is_looked_at_again() -> None:
    assert 1.5 < seconds_until_given_up([Pulse("R", 100), ASLEEP]) <= 2.5


def test_a_host_that_has_not_begun_is_given_time() -> None:
    assert seconds_until_given_up([ASLEEP], begun=False) == 20.0


def test_where_the_system_tells_nothing_only_the_long_limit_holds() -> None:
    assert seconds_until_given_up([None]) == 20.0


def test_a_stalled_web_process_hears_the_signs_that_waited_before_it_judges() -> None:
    watch = Watch(SETTINGS, 0.0, lambda: ASLEEP)
    assert not watch.hangs(0.0, heard=True)
    assert not watch.hangs(15.0, heard=False)
    assert not watch.hangs(15.0, heard=True)
    assert not watch.hangs(15.25, heard=False)


def test_a_watcher_that_slept_for_long_kills_nobody_on_waking() -> None:
    """The web process was stopped for 23 seconds: the host's signs wait in the socket, unheard so far."""
    for pulse in (ASLEEP, Pulse("R", 100), None):
        watch = Watch(SETTINGS, 0.0, lambda pulse=pulse: pulse)  # type: ignore[misc]
        assert not watch.hangs(0.0, heard=True)
        assert not watch.hangs(23.0, heard=False)
        assert not watch.hangs(23.0 + LOOK_SECONDS, heard=False)
        assert not watch.hangs(23.0 + 2 * LOOK_SECONDS, heard=True)
        assert not watch.hangs(23.0 + 3 * LOOK_SECONDS, heard=False)


def test_a_watcher_that_sleeps_again_and_again_still_finds_who_hangs() -> None:
    """Slower than one that is awake, in looks and not in seconds."""
    watch = Watch(SETTINGS, 0.0, lambda: ASLEEP)
    assert not watch.hangs(0.0, heard=True)
    looks = next(look for look in range(1, 1000) if watch.hangs(look * 30.0, heard=False))
    assert looks <= SETTINGS.host_busy_seconds / LOOK_SECONDS


def test_a_look_before_a_sleep_says_nothing_about_after_it() -> None:
    watch = Watch(SETTINGS, 0.0, lambda: ASLEEP)
    assert not watch.hangs(0.0, heard=True)
    now = 0.0
    while now < SETTINGS.host_silence_seconds:
        now += LOOK_SECONDS
        assert not watch.hangs(now, heard=False)
    # Seen at rest once. Then the watcher sleeps, and so did everybody, perhaps.
    assert not watch.hangs(now + 60.0, heard=False)
    assert watch.hangs(now + 60.0 + LOOK_SECONDS, heard=False)


def test_every_sign_begins_anew() -> None:
    watch = Watch(SETTINGS, 0.0, lambda: ASLEEP)
    for step in range(400):
        assert not watch.hangs(step * LOOK_SECONDS, heard=step % 5 == 0)
