"""The JavaScript unit tests, so that one command and one summary cover them: each file is one test here.

What is asserted stands in the files themselves; not for the page as a whole, which the browser tests open.
"""

import subprocess
from functools import cache
from pathlib import Path

import pytest

from assets.node import find_node

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.test.js"))


@pytest.mark.parametrize("file", FILES)
def test_node_finds_nothing_wrong(file: str) -> None:
    said = run_tests(HERE, file)
    assert "\nℹ pass 0\n" not in said, f"{file} tests nothing"


@cache
def node() -> Path:
    """Asked for once: finding it starts one."""
    return find_node()


def run_tests(folder: Path, name: str) -> str:
    """What Node says of the test file `name`, all of which passes: run as a script, without a Node that starts it."""
    command: list[str | Path] = [node(), "--test-reporter=spec", name]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
