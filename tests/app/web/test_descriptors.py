"""As many connections as are set, as far as the system leaves room beside what the process needs for itself."""

import subprocess
import sys

from app.web.descriptors import RESERVE, RESERVE_PER_HOST
from tests.browser.server import ROOT

SCRIPT = """
import resource, sys
soft, hard, connections = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
from app.settings import Settings
from app.web.descriptors import most_connections
print(most_connections(Settings(hosts=2, connections=connections)), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
OWN = RESERVE + 2 * RESERVE_PER_HOST


def allowed(soft: int, hard: int, connections: int) -> tuple[int, int, str]:
    """How many come in, how many files the process then allows itself, and what it says, under these limits."""
    command = [sys.executable, "-c", SCRIPT, str(soft), str(hard), str(connections)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    most, limit = map(int, told.stdout.split())
    return most, limit, told.stderr.strip()


def test_where_there_is_room_as_many_as_are_set() -> None:
    assert allowed(1000, 1000, 500) == (500, 1000, "")


def test_the_process_allows_itself_what_the_system_lets_it() -> None:
    assert allowed(100, 1000, 500) == (500, 500 + OWN, "")


def test_where_there_is_no_room_fewer_come_in_and_that_is_said() -> None:
    most, limit, said = allowed(100, 300, 500)
    assert (most, limit) == (300 - OWN, 300)
    assert said == f"only {300 - OWN} connections fit into the 300 files that this process may open; 500 are set"


def test_somebody_always_comes_in() -> None:
    assert allowed(40, 40, 500)[0] == 1
