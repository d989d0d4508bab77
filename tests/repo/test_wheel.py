"""The wheel is whole: unpacked into an empty place and run there, it has the command, the page and the licence."""

import configparser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app import __version__
from tests.repo.sources import ROOT, files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def run_in(folder: Path, site: Path, *command: str) -> str:
    """Run Python where there is no checkout, with the wheel's packages before any other."""
    environment = os.environ | {"PYTHONPATH": str(site)}
    ran = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_it_is_named_for_its_version_and_any_machine(wheel: Path) -> None:
    assert wheel.name == f"neuron_playground-{__version__}-py3-none-any.whl"


def test_every_module_is_inside(unpacked: Path) -> None:
    ours = [path for path in files() if path.endswith(".py") and path.startswith(("app/", "nncore/"))]
    assert [path for path in ours if not (unpacked / path).is_file()] == []


def test_every_asset_is_inside(unpacked: Path) -> None:
    assets = [path for path in files() if path.startswith(("static/", "templates/"))]
    assert assets
    assert [path for path in assets if not (unpacked / "app" / "_assets" / path).is_file()] == []


def test_nothing_else_is_inside(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir()}
    assert tops == {"app", "nncore", f"neuron_playground-{__version__}.dist-info"}


def test_the_licence_and_the_command_are_declared(unpacked: Path) -> None:
    about = unpacked / f"neuron_playground-{__version__}.dist-info"
    assert (about / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    entries = configparser.ConfigParser()
    entries.read(about / "entry_points.txt")
    assert dict(entries["console_scripts"]) == {"neuron-playground": "app.cli.main:main"}


def test_the_command_tells_its_version_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    assert __version__ in run_in(tmp_path, unpacked, "-m", "app.cli.main", "--version")


def test_it_finds_its_own_assets_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    script = "from app import paths; print(paths.STATIC); print(paths.TEMPLATES)"
    static, templates = run_in(tmp_path, unpacked, "-c", script).splitlines()
    assert (static, templates) == (str(unpacked / "app/_assets/static"), str(unpacked / "app/_assets/templates"))


def test_it_serves_its_page_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    script = (
        "from fastapi.testclient import TestClient\n"
        "from app.web.application import create_app\n"
        "import app, nncore\n"
        "with TestClient(create_app()) as client:\n"
        "    page = client.get('/')\n"
        "    print(page.status_code, 'main.js' in page.text, app.__file__, nncore.__file__, sep='\\n')\n"
    )
    status, links, *places = run_in(tmp_path, unpacked, "-c", script).splitlines()
    assert (status, links) == ("200", "True")
    assert all(place.startswith(str(unpacked)) for place in places)
