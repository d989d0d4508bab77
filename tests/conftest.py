"""What every test shares: an order that tells the most soon, and examples that no clock judges.

And one fixture that several folders need: the page as it is built. The others stand beside the tests that use them.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import hatch_build
from tests.once import once

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts, styles and words that an installed copy serves: one for all workers."""
    if not (ROOT / "node_modules" / "esbuild").is_dir():
        pytest.fail("esbuild is not installed: `make setup` does that", pytrace=False)
    return once(tmp_path_factory, "assets", lambda folder: hatch_build.build(str(folder)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: they are the slowest, and say little while a smaller test fails."""
    items.sort(key=lambda item: "tests/browser" in item.path.as_posix())
