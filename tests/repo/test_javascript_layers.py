"""The page's imports point one way only, read from the import lines.

The same house as in test_python_layers.py: a module imports from lower floors, and a new one is given a floor here.
"""

import posixpath
import re
from fnmatch import fnmatchcase

import pytest

from tests.repo.sources import ROOT, files

FLOORS: tuple[tuple[str, ...], ...] = (
    ("scale", "colour", "frames", "inbox", "format", "geometry", "moments", "address", "element", "parts", "embed"),
    ("draw/*", "drawing", "language", "drop"),
    ("catalog", "socket", "loop", "shortcuts", "display"),
    ("config", "state", "said"),
    ("actions", "inspection", "live", "gestures", "store"),
    ("panels/canvas", "panels/elements", "panels/page", "panels/theme"),
    ("panels/mathml",),
    ("panels/class_chips", "panels/controls", "panels/drawer", "panels/weights"),
    ("panels/knobs", "panels/picker"),
    ("panels/choice",),
    ("panels/draw", "panels/export", "panels/features", "panels/layer", "panels/links", "panels/lens_cell"),
    ("panels/*",),
    ("main",),
)

HOME = "static/js/"
SCRIPTS = [path for path in files() if path.startswith(HOME) and path.endswith(".js")]
IMPORT = re.compile(
    r"""(?:^|\n)\s*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']"""
)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def code(path: str) -> str:
    return COMMENT.sub("", (ROOT / path).read_text(encoding="utf-8"))


def imports(path: str) -> list[str]:
    return [first or second for first, second in IMPORT.findall(code(path))]


def name(path: str) -> str:
    return path.removeprefix(HOME).removesuffix(".js")


def floor_of(script: str) -> int:
    """The number of the floor; a name that is written out wins over a pattern."""
    patterns = [(index, pattern) for index, floor in enumerate(FLOORS) for pattern in floor]
    found = [index for index, pattern in patterns if pattern == script]
    found = found or [index for index, pattern in patterns if fnmatchcase(script, pattern)]
    assert len(found) == 1, f"{script} has no floor (or several): place it in FLOORS"
    return found[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('import { a } from "./a.js";', "./a.js"),
        ('import {\n  a,\n  b,\n} from "./b.js";', "./b.js"),
        ('import "./c.js";', "./c.js"),
        ('const d = await import("./d.js");', "./d.js"),
        ('export { e } from "./e.js";', "./e.js"),
        ('const from = 1;\nconst text = "./f.js";', None),
    ],
)
def test_import_lines_of_every_form_are_read(text: str, found: str | None) -> None:
    read = [first or second for first, second in IMPORT.findall(text)]
    assert read == ([found] if found else [])


@pytest.mark.parametrize("path", SCRIPTS)
def test_imports_name_files_that_exist(path: str) -> None:
    """Served as written: a relative name with its ending, nothing that a bundler would have to find."""
    for target in imports(path):
        assert target.startswith("."), target
        assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in SCRIPTS, target


@pytest.mark.parametrize("path", SCRIPTS)
def test_imports_point_down(path: str) -> None:
    here = floor_of(name(path))
    targets = {name(posixpath.normpath(posixpath.join(posixpath.dirname(path), target))) for target in imports(path)}
    assert {target for target in targets if floor_of(target) >= here} == set()


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path.startswith(f"{HOME}draw/")])
def test_drawing_touches_nothing_but_its_arguments(path: str) -> None:
    touched = re.findall(
        r"\b(document|window|globalThis|localStorage|fetch|WebSocket|setTimeout|requestAnimationFrame)\b", code(path)
    )
    assert touched == []


def test_every_floor_is_lived_on() -> None:
    names = [name(path) for path in SCRIPTS]
    patterns = [pattern for floor in FLOORS for pattern in floor]
    assert [pattern for pattern in patterns if not any(fnmatchcase(each, pattern) for each in names)] == []
