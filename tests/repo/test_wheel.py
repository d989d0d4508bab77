"""The wheel is whole: unpacked into an empty place and run there, it has the command, the page and the licence."""

import configparser
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from app import __version__
from tests.repo.sources import ROOT, files

pytestmark = pytest.mark.slow

SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"


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


def test_every_template_is_inside(unpacked: Path) -> None:
    templates = [path for path in files() if path.startswith("templates/")]
    assert templates
    assert [path for path in templates if not (unpacked / "app" / "_assets" / path).is_file()] == []


def test_the_page_is_inside_as_it_was_built_and_its_sources_are_not(unpacked: Path, built: Path) -> None:
    inside = unpacked / "app" / "_assets" / "static"
    assert {path.name for path in inside.iterdir()} == {path.name for path in built.iterdir()}
    assert all((inside / path.name).read_bytes() == path.read_bytes() for path in built.iterdir())


def test_no_tests_and_no_tools_are_inside(unpacked: Path) -> None:
    names = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")]
    ours = re.compile(r"^(tests|docs|assets)/|(^|/)(test_\w+|make_reference|hatch_build)\.py$")
    assert [name for name in names if ours.search(name)] == []


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


PAGE = """
from fastapi.testclient import TestClient
from app.web.application import create_app
import app, nncore, re
with TestClient(create_app()) as client:
    page = client.get("/")
    (script,) = re.findall(r'<script defer id="browser" src="([^"]+)"', page.text)
    answer = client.get(f"/{script}", headers={"Accept-Encoding": "gzip"})
    print(page.status_code, script, answer.status_code, answer.headers["cache-control"], sep="\\n")
    print(app.__file__, nncore.__file__, sep="\\n")
"""


def serves_its_page(said: str, site: Path) -> None:
    page, script, answer, kept, *places = said.splitlines()
    assert (page, answer) == ("200", "200")
    assert re.fullmatch(r"static/[\w.]+-\w+\.js", script)
    assert kept.endswith("immutable")
    assert all(place.startswith(str(site)) for place in places)


def test_it_serves_its_page_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    serves_its_page(run_in(tmp_path, unpacked, "-c", PAGE), unpacked)


def test_installed_into_a_fresh_environment_it_serves_its_page_and_has_its_command(wheel: Path, tmp_path: Path) -> None:
    """What it stands on is this Python's: nothing is downloaded."""
    place, folder = tmp_path / "venv", tmp_path / "empty"
    folder.mkdir()
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    site = Path(subprocess.run([python, "-c", SITE], capture_output=True, text=True, check=True).stdout.strip())
    # As a path and not as a site: what else this environment has installed to be worked on stays out of it.
    (site / "stands_on.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def told(*command: str | Path) -> str:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout

    assert __version__ in told(place / "bin" / "neuron-playground", "--version")
    serves_its_page(told(python, "-c", PAGE), site)
