"""The JavaScript unit tests, so that one command and one summary cover them: each file is one test here.

What is asserted stands in the files themselves; not for the page as a whole, which the browser tests open.
"""

import subprocess
from pathlib import Path

import pytest

from tests.js.node import find_node

HERE = Path(__file__).parent
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.test.js"))


@pytest.mark.parametrize("file", FILES)
def test_node_finds_nothing_wrong(file: str) -> None:
    ran = subprocess.run(
        [find_node(), "--test", "--test-reporter=spec", file], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "\nℹ pass 0\n" not in ran.stdout, f"{file} tests nothing"
