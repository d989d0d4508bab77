"""What every test shares: an order that tells the most soon.

And one fixture that several folders need: the page as it is built. The others stand beside the tests that use them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts, styles and words that an installed copy serves."""
    if not (ROOT / "node_modules" / "esbuild").is_dir():
        pytest.fail("esbuild is not installed: `make setup` does that", pytrace=False)
    folder = tmp_path_factory.mktemp("assets")
    command = [sys.executable, "assets/node.py", "node", "assets/build.js", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: they are the slowest, and say little while a smaller test fails."""
    items.sort(key=lambda item: "tests/browser" in item.path.as_posix())
