"""The page's folders import one way only, and no script imports itself by way of others, read from the import lines.

The same house as in test_python_layers.py: a script imports from its own folder and from lower floors. Folders on one
floor know nothing of each other, and a new one is given a floor here.
"""

import posixpath
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.repo.sources import ROOT, files

FLOORS: tuple[tuple[str, ...], ...] = (
    ("browser", "early"),
    ("draw", "embed", "text"),
    ("model",),
    ("live",),
    ("page", "widgets"),
    ("panels/data", "panels/lab", "panels/network", "panels/output", "panels/take_home", "panels/toolbar"),
    ("playground",),
    ("atlas", "main", "memory", "race"),
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


def folder(path: str) -> str:
    """The folder of a script; a script beside the folders is one by itself."""
    return posixpath.dirname(name(path)) or name(path)


def floor_of(path: str) -> int:
    """The number of the floor on which a script's folder is."""
    found = [index for index, floor in enumerate(FLOORS) if folder(path) in floor]
    assert len(found) == 1, f"{folder(path)} has no floor (or several): place it in FLOORS"
    return found[0]


def targets(path: str) -> list[str]:
    """The paths of what a script imports."""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) for target in imports(path)]


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


def test_imports_name_files_that_exist() -> None:
    """Served as written: a relative name with its ending, nothing that a bundler would have to find."""
    assert len(SCRIPTS) > 80
    assert [(path, target) for path in SCRIPTS for target in imports(path) if not target.startswith(".")] == []
    assert [(path, target) for path in SCRIPTS for target in targets(path) if target not in SCRIPTS] == []


def test_imports_point_down_or_into_the_same_folder() -> None:
    abroad = [(path, target) for path in SCRIPTS for target in targets(path) if folder(target) != folder(path)]
    assert [(path, target) for path, target in abroad if floor_of(target) >= floor_of(path)] == []


def test_no_script_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter({path: targets(path) for path in SCRIPTS}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


OF_THE_BROWSER = re.compile(
    r"\b(document|window|globalThis|localStorage|fetch|WebSocket|setTimeout|requestAnimationFrame)\b"
)


def test_drawing_touches_nothing_but_its_arguments() -> None:
    drawing = [path for path in SCRIPTS if path.startswith(f"{HOME}draw/")]
    assert len(drawing) > 5
    assert [(path, touched) for path in drawing for touched in OF_THE_BROWSER.findall(code(path))] == []


def test_every_folder_has_scripts() -> None:
    assert {folder(path) for path in SCRIPTS} == {each for floor in FLOORS for each in floor}
