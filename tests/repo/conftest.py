"""The wheel, built once for every test that unpacks, installs or runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.once import once
from tests.repo.sources import ROOT


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (only,) = once(tmp_path_factory, "dist", build).glob("*.whl")
    return only


def build(folder: Path) -> None:
    """From the source archive, as `build` does it: so the archive is proved complete, too."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert [path.name for path in folder.glob("*.tar.gz")] == [f"neuron_playground-{__version__}.tar.gz"]
