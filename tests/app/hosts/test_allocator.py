"""What was freed goes back to the system, at most once for every few megabytes."""

import subprocess
import sys

from app.hosts.allocator import WORTH_BYTES, Tide

SCRIPT = """
import numpy as np
from app.hosts.allocator import give_back

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

arrays = [np.ones(10_000, np.float32) for _ in range(2000)]  # 80 MB of pieces too small to be mapped by themselves
others = arrays[::50]
full = resident()
del arrays
kept = resident()
give_back()
print(full - kept < 40_000_000, full - resident() > 60_000_000)
"""


def test_freed_memory_stays_with_the_process_until_it_is_given_back() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]


def test_it_is_given_back_once_when_enough_has_been_freed() -> None:
    given: list[int] = []
    tide = Tide(lambda: given.append(1))
    for used in (0, 10 * WORTH_BYTES, 9.5 * WORTH_BYTES, 10 * WORTH_BYTES):
        tide.note(int(used))
    assert given == []
    for used in (3 * WORTH_BYTES, 3 * WORTH_BYTES, 5 * WORTH_BYTES, 4.5 * WORTH_BYTES):
        tide.note(int(used))
    assert given == [1]
    tide.note(0)
    assert given == [1, 1]
