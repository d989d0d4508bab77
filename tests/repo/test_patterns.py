"""No regular expression of ours can be made to work for long: twice the text is twice the work, never four times.

Every pattern of nncore, app and the page's scripts is found in the source and tried, in a machine that counts its steps
(`patterns`), on texts made to hurt it: whatever it repeats, over and over, with an end that makes the match fail.
"""

import ast
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

import pytest

from tests.repo.patterns import MOST_STEPS, Endless, Machine, hostile
from tests.repo.sources import ROOT, files, modules, tree

pytestmark = pytest.mark.slow

SHORT, FEWEST, FACTOR = 24, 4, 4
"""Characters of the shorter text, how often it repeats something at least, and how much longer the longer text is."""

GROWTH = 1.3
"""How much more than FACTOR times the work FACTOR times the text may make; work that grows as a square makes FACTOR."""

ENOUGH = 200
"""Steps under which there is nothing to grow: a match that failed at once."""

OWN_TEXT = {
    "app/web/assets.py": "reads this repository's own scripts alone",
    "static/js/text/format.js": "reads the digits of one number: 22 characters at most",
}
"""Files with patterns that take more work, each with the reason why nobody can send them a long text."""

_METHODS = ("compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer")


@dataclass(frozen=True)
class Pattern:
    """One regular expression and where it stands; `anchored` where it is only asked whether it is a whole text."""

    place: str
    text: str
    flags: int
    anchored: bool


def in_python(path: str) -> Iterator[Pattern]:
    """Every pattern that a module gives to `re`."""
    module = tree(path)
    asked: dict[str, set[str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked.setdefault(node.value.id, set()).add(node.attr)
    names = {
        id(node.value): node.targets[0].id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        text = ast.literal_eval(node.args[0])
        uses = asked.get(names.get(id(node), ""), set()) if node.func.attr == "compile" else {node.func.attr}
        named = [each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute) and each.attr.isupper()]
        flags = reduce(or_, (getattr(re, name) for name in named), re.NOFLAG)
        yield Pattern(f"{path}:{node.lineno}", text, flags, bool(uses) and uses <= {"fullmatch"})


_LITERAL = re.compile(
    r"(?<=[(,=:!&|?])\s*/((?:[^/\\\n\[*]|\\.|\[(?:[^\]\\\n]|\\.)+\])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)+\])*)/[a-z]*"
)
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)


def in_javascript(path: str) -> Iterator[Pattern]:
    """Every regular expression that a script holds as a literal; ours are such as Python reads them, too."""
    source = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), (ROOT / path).read_text(encoding="utf-8"))
    for found in _LITERAL.finditer(source):
        yield Pattern(f"{path}:{source.count(chr(10), 0, found.start(1)) + 1}", found[1].replace("\\/", "/"), 0, False)


@cache
def every_pattern() -> list[Pattern]:
    """All of ours: read when a test asks, since every worker imports this file."""
    scripts = [path for path in files() if path.startswith("static/js/") and path.endswith(".js")]
    return [
        *(pattern for path in modules() for pattern in in_python(path)),
        *(pattern for path in scripts for pattern in in_javascript(path)),
    ]


def steps(pattern: Pattern, text: str) -> int:
    machine = Machine(pattern.text, pattern.flags)
    with contextlib.suppress(Endless):
        machine.search(text, anchored=pattern.anchored)
    return machine.steps


def slow_text(pattern: Pattern) -> str | None:
    """The first text whose work grows faster than it does, as it is made; None where there is none."""
    for before, pump, after in hostile(Machine(pattern.text, pattern.flags).nodes):
        count = max(FEWEST, SHORT // len(pump))
        few, many = (steps(pattern, before + pump * times + after) for times in (count, FACTOR * count))
        if many > min(MOST_STEPS, max(ENOUGH, GROWTH * FACTOR * few)):
            return f"{before!r} + {pump!r} * {count} + {after!r}: {few} steps, then {many}"
    return None


def slow_patterns() -> list[tuple[str, str, str]]:
    """Place and text of every pattern that can be made to work for long, and what makes it."""
    return [(pattern.place, pattern.text, slow) for pattern in every_pattern() if (slow := slow_text(pattern))]


def test_patterns_are_found() -> None:
    assert len([pattern for pattern in every_pattern() if pattern.place.startswith(("app/", "nncore/"))]) > 10
    assert len([pattern for pattern in every_pattern() if pattern.place.startswith("static/")]) > 10


def test_work_grows_no_faster_than_the_text_and_every_exemption_is_needed() -> None:
    slow = slow_patterns()
    assert [found for found in slow if found[0].partition(":")[0] not in OWN_TEXT] == []
    assert set(OWN_TEXT) == {place.partition(":")[0] for place, _, _ in slow}


@pytest.mark.parametrize(
    ("text", "anchored"),
    [
        (r"-?(\d+\.?\d*|\.\d+)(e-?\d+)?", True),
        (r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", True),
        (r"(a+)+b", True),
        (r"(\d|\w\w?)*-", True),
        (r"\s*;", False),
        (r"^#\S+=\S*$", False),
    ],
)
def test_what_takes_long_is_found(text: str, anchored: bool) -> None:
    """The first two are what numbers of tables and links were once read by: sixteen thousand digits took 20 seconds."""
    assert slow_text(Pattern("", text, 0, anchored)) is not None


@pytest.mark.parametrize(
    "text", [r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?", r"\[\d+\]", r"a{1,15}b", r"(?<![\w-])--([\w-]+):"]
)
def test_what_is_quick_is_left_alone(text: str) -> None:
    assert slow_text(Pattern("", text, 0, anchored=False)) is None
