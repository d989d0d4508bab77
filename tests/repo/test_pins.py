"""constraints.txt pins everything that a set-up installs, and package.json says what the lock file holds."""

import json
import re
import tomllib
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repo.sources import ROOT

LINES = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
PINS = [Requirement(line) for line in LINES]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed_by(wanted: list[str], extras: set[str]) -> list[Requirement]:
    """The requirements among these lines that hold on this machine, with these extras asked for."""
    environments = [{"extra": extra} for extra in extras | {""}]
    return [
        need
        for need in map(Requirement, wanted)
        if need.marker is None or any(need.marker.evaluate(each) for each in environments)
    ]


def test_every_line_is_one_exact_version() -> None:
    assert [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*(; .+)?", line)] == []


def test_everything_that_is_installed_for_the_project_is_pinned() -> None:
    pinned = {canonicalize_name(pin.name) for pin in PINS if pin.marker is None or pin.marker.evaluate()}
    waiting = needed_by([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]], set())
    seen: set[str] = set()
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        if name not in seen:
            seen.add(name)
            waiting += needed_by(requires(need.name) or [], need.extras)
    assert seen
    assert sorted(seen - pinned) == []


def test_the_pins_satisfy_what_the_project_asks_for() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for need in map(Requirement, wanted):
        versions = [
            next(iter(pin.specifier)).version
            for pin in PINS
            if canonicalize_name(pin.name) == canonicalize_name(need.name)
        ]
        assert versions
        assert all(version in need.specifier for version in versions), need


def test_the_lock_file_was_written_for_these_tools() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    kinds = ("dependencies", "devDependencies")
    assert {kind: locked[""][kind] for kind in kinds} == {kind: package[kind] for kind in kinds}
    asked = package["dependencies"] | package["devDependencies"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked
