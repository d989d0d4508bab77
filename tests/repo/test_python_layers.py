"""Imports point one way only, read from the syntax trees.

The floors below are the house from the ground up: a module imports from lower floors, never from its own or a
higher one, so an entry (a neuron, a dataset, a probe) never imports another entry. A new module has to be given a
floor here, which is the moment to think about where it belongs.
"""

import subprocess
import sys
from fnmatch import fnmatchcase

import pytest

from tests.repo.sources import ROOT, imported_modules, imports, module_name, modules

FLOORS: tuple[tuple[str, ...], ...] = (
    ("nncore.sentence", "nncore.tape"),
    ("nncore.errors", "nncore.divergence"),
    ("nncore.spec", "nncore.initializers", "nncore.history", "nncore.erf", "nncore.heads"),
    ("nncore.registry", "nncore.fields", "nncore.formula", "nncore.contour"),
    ("nncore.neuron", "nncore.losses", "nncore.optimizers", "nncore.schedules", "nncore.features"),
    ("nncore.activation", "nncore.dataset", "nncore.layer_norm", "nncore.points"),
    ("nncore.activations.*",),
    ("nncore.activations",),
    ("nncore.neurons.*", "nncore.datasets.*", "nncore.layer"),
    ("nncore.neurons", "nncore.datasets"),
    ("nncore.config",),
    ("nncore.network", "nncore.split", "nncore.weights"),
    ("nncore.trainer",),
    (
        "nncore.editing",
        "nncore.gradcheck",
        "nncore.snapshot",
        "nncore.probe",
        "nncore.plane",
        "nncore.sklearn",
        "nncore.verdict",
    ),
    ("nncore.probes.*", "nncore.portrait"),
    ("nncore.probes",),
    ("nncore.export.dialect", "nncore.export.outline", "nncore.export.tables"),
    ("nncore.export.*",),
    ("nncore.export",),
    ("nncore",),
    ("app",),
    (
        "app.errors",
        "app.settings",
        "app.paths",
        "app.records",
        "app.speed",
        "app.pulse",
        "app.bucket",
        "app.patience",
        "app.levels",
        "app.compression",
        "app.joining",
    ),
    ("app.child", "app.addresses", "app.lan", "app.pictures.palette", "app.strict_json"),
    ("app.pictures.pen", "app.pictures.animation", "app.pictures.order", "app.snippets"),
    ("app.pictures.scene",),
    ("app.pictures.worker",),
    ("app.pictures.studio",),
    ("app.pictures",),
    (
        "app.protocol",
        "app.lens",
        "app.events",
        "app.line",
        "app.advice",
        "app.watch",
        "app.admission",
        "app.logs",
        "app.security",
        "app.notation",
    ),
    ("app.replies", "app.remarks", "app.bodies"),
    ("app.link_keys", "app.parts"),
    ("app.links",),
    ("app.foreign_links",),
    ("app.frames", "app.viewer", "app.opening", "app.answers", "app.playback"),
    ("app.pictures.query",),
    ("app.session",),
    ("app.host",),
    ("app.backend",),
    ("app.processes", "app.metrics", "app.reference"),
    ("app.catalog", "app.counts"),
    ("app.routes.*",),
    ("app.routes",),
    ("app.main",),
    ("app.server", "app.training", "app.exporting"),
    ("app.cli",),
)

# What each package may use that is not its own and not Python's. The web stays in the modules that are about it.
ALLOWED = {
    "nncore": {"numpy", "safetensors"},
    "nncore.sklearn": {"sklearn"},
    "app": {"numpy", "pydantic", "pydantic_core", "pydantic_settings", "safetensors"},
    "app.answers": {"latex2mathml"},
    "app.catalog": {"latex2mathml"},
    "app.metrics": {"prometheus_client"},
    "app.bodies": {"starlette"},
    "app.replies": {"starlette"},
    "app.security": {"starlette"},
    "app.routes.*": {"fastapi", "starlette"},
    "app.lan": {"segno"},
    "app.routes.pictures": {"segno"},
    "app.routes.static": {"minify"},
    "app.pictures.*": {"PIL"},
    "app.main": {"fastapi"},
    "app.patience": {"h11", "uvicorn"},
    "app.server": {"typer", "uvicorn"},
    "app.training": {"rich"},
    "app.cli": {"typer"},
}


def floor_of(module: str) -> int:
    """The number of the floor; a name that is written out wins over a pattern."""
    patterns = [(index, pattern) for index, floor in enumerate(FLOORS) for pattern in floor]
    found = [index for index, pattern in patterns if pattern == module]
    found = found or [index for index, pattern in patterns if fnmatchcase(module, pattern)]
    assert len(found) == 1, f"{module} has no floor (or several): place it in FLOORS"
    return found[0]


@pytest.mark.parametrize("path", modules())
def test_imports_point_down(path: str) -> None:
    here = floor_of(module_name(path))
    wrong = {module for module in imported_modules(path) if floor_of(module) >= here}
    assert wrong == set()


@pytest.mark.parametrize("path", modules())
def test_only_named_packages_are_used(path: str) -> None:
    module = module_name(path)
    used = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"nncore", "app"}
    rules = [allowed for pattern, allowed in ALLOWED.items() if fnmatchcase(module, pattern)]
    assert used <= ALLOWED[module.split(".")[0]].union(*rules)


def test_the_mathematics_knows_nothing_of_the_web() -> None:
    assert [path for path in modules("nncore") if any(name.split(".")[0] == "app" for name in imports(path))] == []


def test_every_floor_is_lived_on() -> None:
    """A pattern that matches nothing is a module that was renamed or removed."""
    names = [module_name(path) for path in modules()]
    patterns = [pattern for floor in FLOORS for pattern in floor] + list(ALLOWED)
    assert [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names)] == []


@pytest.mark.parametrize("module", ["nncore", "app.protocol", "app.frames", "app.session", "app.host"])
def test_starting_a_host_never_loads_the_web(module: str) -> None:
    """Not even through something in between: the trees above say what is written, this says what happens."""
    script = f"import sys, {module}; print(*{{'fastapi', 'starlette', 'uvicorn', 'jinja2'}} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
