"""Imports point one way only, read from the syntax trees.

The floors below are the house from the ground up, by package: a package imports from lower floors, never from its own
or a higher one. Inside a package no two modules need each other, and an entry (a neuron, a dataset, a probe) never
imports another entry. A new module needs no line here; a new package does, which is the moment to think about where
it belongs.
"""

import subprocess
import sys
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.repo.sources import ROOT, imported_modules, imports, module_name, modules

FLOORS: tuple[tuple[str, ...], ...] = (
    ("nncore",),
    ("app",),
    ("app.labs",),
    ("app.engines", "app.links", "app.reports", "app.tables"),
    ("app.live", "app.pictures", "app.studies"),
    ("app.atlas", "app.hosts", "app.jobs", "app.lessons"),
    ("app.web",),
    ("app.cli", "app.main"),
)
"""Packages, and the one module that stands for itself; what is inside a package that is not named is its own."""

ENTRIES = ("nncore.neurons.*", "nncore.datasets.*", "nncore.activations.*", "nncore.probes.*", "app.jobs.tasks.*")
"""Each is one file that nobody but its registry knows."""

# What each package may use that is not its own and not Python's. The web stays in the modules that are about it.
ALLOWED = {
    "nncore": {"numpy", "safetensors"},
    "nncore.forest.growing": {"sklearn"},
    "nncore.sklearn": {"sklearn"},
    "app": {"numpy", "pydantic", "pydantic_core", "pydantic_settings", "safetensors"},
    "app.engines.local": {"loky"},
    "app.engines.ray": {"ray"},
    "app.jobs.tasks.qr_code": {"segno"},
    "app.labs.markup": {"latex2mathml", "markdown_it"},
    "app.live.answers": {"latex2mathml"},
    "app.pictures.*": {"PIL"},
    "app.studies.parquet": {"pyarrow"},
    "app.tables.decoding": {"charset_normalizer"},
    "app.tables.workbook": {"openpyxl"},
    "app.web.*": {"fastapi", "starlette"},
    "app.web.catalog": {"latex2mathml"},
    "app.web.labs": {"markupsafe"},
    "app.web.metrics": {"prometheus_client"},
    "app.web.compression": {"brotli"},
    "app.web.lan": {"segno"},
    "app.web.forwarded": {"starlette", "uvicorn"},
    "app.web.live_protocol": {"uvicorn", "websockets"},
    "app.web.request_timeout": {"h11", "uvicorn"},
    "app.web.server": {"typer", "uvicorn"},
    "app.cli.race": {"rich"},
    "app.cli.study": {"rich"},
    "app.cli.train": {"rich"},
    "app.cli.main": {"typer"},
}

HOUSE = {package: number for number, floor in enumerate(FLOORS) for package in floor}
NAMES = {module_name(path): path for path in modules()}


def package_of(module: str) -> str:
    """The longest name in the house that `module` is or is inside of."""
    return max((name for name in HOUSE if f"{module}.".startswith(f"{name}.")), key=len)


def test_imports_point_down() -> None:
    climbing = [
        f"{module} ({package_of(module)}) imports {found} ({package_of(found)})"
        for module, path in NAMES.items()
        for found in sorted(imported_modules(path))
        if package_of(found) != package_of(module) and HOUSE[package_of(found)] >= HOUSE[package_of(module)]
    ]
    assert climbing == []


@pytest.mark.parametrize("package", HOUSE)
def test_no_two_modules_of_a_package_need_each_other(package: str) -> None:
    needs = {
        module: {found for found in imported_modules(path) if found != module}
        for module, path in NAMES.items()
        if package_of(module) == package
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(f"these import each other: {' -> '.join(circle.args[1])}")


def test_an_entry_never_imports_another() -> None:
    def shelf(module: str) -> str | None:
        return next((pattern for pattern in ENTRIES if fnmatchcase(module, pattern)), None)

    mixed = [
        f"{module} imports {found}"
        for module, path in NAMES.items()
        for found in imported_modules(path)
        if found != module and shelf(module) is not None and shelf(found) == shelf(module)
    ]
    assert mixed == []


def test_only_named_packages_are_used() -> None:
    foreign = []
    for module, path in NAMES.items():
        used = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"nncore", "app"}
        rules = [allowed for pattern, allowed in ALLOWED.items() if fnmatchcase(module, pattern)]
        foreign += [f"{module} uses {name}" for name in used - ALLOWED[module.split(".")[0]].union(*rules)]
    assert foreign == []


def test_every_rule_is_about_something() -> None:
    """A pattern that matches nothing is a module or package that was renamed or removed."""
    rooms = [package for package in HOUSE if package not in {package_of(module) for module in NAMES}]
    patterns = [
        pattern for pattern in (*ALLOWED, *ENTRIES) if not any(fnmatchcase(module, pattern) for module in NAMES)
    ]
    assert rooms + patterns == []


@pytest.mark.parametrize(
    ("module", "among"),
    [
        ("app.hosts.host", {"nncore", "app.live.commands", "app.live.frames", "app.live.session"}),
        ("app.jobs.worker", {"nncore"}),
    ],
)
def test_starting_a_host_never_loads_the_web(module: str, among: set[str]) -> None:
    """Not even through something in between: the trees above say what is written, this says what happens.

    Nor do those do it that it loads `among` others.
    """
    script = f"import sys, {module}; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert loaded & {"fastapi", "starlette", "uvicorn", "jinja2"} == set()
    assert among <= loaded
