"""What every worker needs and one is enough to make: the page as it is built, the wheel."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, made by whichever worker asks first; the others wait for it, or learn that it failed."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    claimed, made, failed = (shared / f"{name}.{state}" for state in ("claimed", "made", "failed"))
    folder = shared / name
    try:
        claimed.mkdir()
    except FileExistsError:
        while not made.exists():
            if failed.exists():
                pytest.fail(f"{name} could not be made: the test that asked first says why", pytrace=False)
            time.sleep(0.05)
        return folder
    folder.mkdir()
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    made.touch()
    return folder
