"""What every test shares: an order that tells the most soon, examples that no clock judges, less to search for garbage.

And one fixture that several folders need: the page as it is built. The others stand beside the tests that use them.
"""

import gc
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.built_page import make_page
from tests.once import once
from tests.one_thread import ONE_THREAD

# It is read where NumPy is loaded. What tests start finds the environment as it was.
with pytest.MonkeyPatch.context() as patched:
    for name, value in ONE_THREAD.items():
        patched.setenv(name, value)
    import numpy as np  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts, styles and words that an installed copy serves: one for all workers."""
    if not all((ROOT / "node_modules" / name).is_dir() for name in ("esbuild", "terser")):
        pytest.fail("what builds the page is not installed: `make setup` does that", pytrace=False)
    return once(tmp_path_factory, "assets", make_page)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: Python need not look through all of it for garbage, now or in any test.

    Half of the work of collecting, and a quarter of that of tests, went into it. What tests leave is found as ever.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: they are the slowest, and say little while a smaller test fails."""
    items.sort(key=lambda item: "tests/browser" in item.path.as_posix())
