"""The JavaScript unit tests, so that one command and one summary cover them: each file is one test here.

What is asserted stands in the files themselves; not for the page as a whole, which the browser tests open.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.web.routes.static import slim
from tests.js.node import find_node

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.test.js"))


@pytest.mark.parametrize("file", FILES)
def test_node_finds_nothing_wrong(file: str) -> None:
    said = run_tests(HERE, file)
    assert "\nℹ pass 0\n" not in said, f"{file} tests nothing"


def test_the_scripts_as_served_pass_the_same_tests(tmp_path: Path) -> None:
    """Comments, blanks and long names were taken out of them, and nothing else."""
    for folder in ("static", "templates", "tests/js"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for script in (tmp_path / "static").rglob("*.js"):
        script.write_text(slim(script), encoding="utf-8")
    run_tests(tmp_path / "tests" / "js", *FILES)


def run_tests(folder: Path, *names: str) -> str:
    """What Node says of the test files `names`, all of which pass."""
    command = [find_node(), "--test", "--test-reporter=spec", *names]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
