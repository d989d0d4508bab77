"""A process at rest is told from one at work and from one that is stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.hosts.process_state import Pulse

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="this system has no /proc")


@contextmanager
def process(script: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has said that it is there."""
    running = subprocess.Popen([sys.executable, "-c", f"print(flush=True); {script}"], stdout=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.readline()
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def until_at_rest(pid: int) -> Pulse:
    """A bound, not an expectation: the machine may be busy."""
    end = time.monotonic() + 60
    earlier = Pulse.of(pid)
    while time.monotonic() < end:
        time.sleep(0.05)
        now = Pulse.of(pid)
        assert now is not None
        assert earlier is not None
        if now.rests_since(earlier):
            return now
        earlier = now
    raise TimeoutError


def test_a_process_that_sleeps_is_at_rest() -> None:
    with process("import time; time.sleep(600)") as sleeper:
        assert until_at_rest(sleeper.pid).state == "S"


def test_a_process_at_work_is_not_until_it_is_stopped() -> None:
    with process("\nwhile True: pass") as worker:
        earlier = Pulse.of(worker.pid)
        time.sleep(0.1)
        now = Pulse.of(worker.pid)
        assert earlier is not None
        assert now is not None
        assert not now.rests_since(earlier)
        worker.send_signal(signal.SIGSTOP)
        assert until_at_rest(worker.pid).state == "T"


def test_a_process_that_waits_for_its_turn_is_not_at_rest() -> None:
    assert not Pulse("R", 7).rests_since(Pulse("R", 7))
    assert not Pulse("D", 7).rests_since(Pulse("S", 7))
    assert not Pulse("S", 8).rests_since(Pulse("S", 7))


def test_of_no_process_nothing_is_told() -> None:
    assert Pulse.of(2**30) is None
