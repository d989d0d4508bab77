"""The wheel, built once for every test that unpacks, installs or runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.repo.sources import ROOT


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(made), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    # From the source archive, as `build` does it: so the archive is proved complete, too.
    assert [path.name for path in made.glob("*.tar.gz")] == [f"neuron_playground-{__version__}.tar.gz"]
    (only,) = made.glob("*.whl")
    return only
