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


FAULTS = """
import resource
import numpy as np
from app.hosts.allocator import keep_freed

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(50):
        arrays = [np.ones(200_000, np.float32) for _ in range(4)]
        del arrays
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

keep_freed()
faults()
print(faults())
"""


def test_arrays_of_a_picture_do_not_come_from_the_system_again_and_again() -> None:
    told = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True)
    # 50 times 3.2 MB would be 39,000 pages.
    assert int(told.stdout) < 2000


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
