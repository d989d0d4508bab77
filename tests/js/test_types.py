"""The JavaScript tests ask for nothing that is not there: no unknown name, property, import or number of arguments.

tsc reads them as it reads the page. Not for types that do not agree: a double is a part of what it stands for, as it
should be, so that hundreds of them do not. `make lint` looks at the page itself, at every type.
"""

import re
import subprocess
from pathlib import Path

import pytest

from assets.node import find_node
from tests.repo.sources import ROOT, files

pytestmark = pytest.mark.slow

MISTAKES = {
    "TS2304": "an unknown name",
    "TS2552": "an unknown name, nearly one",
    "TS2305": "an import that its module does not export",
    "TS2307": "an unknown module",
    "TS2724": "an import that its module does not export, nearly one",
    "TS2339": "an unknown property",
    "TS2551": "an unknown property, nearly one",
    "TS2554": "a wrong number of arguments",
    "TS2555": "too few arguments",
}
MESSAGE = re.compile(r"^(tests/js/\S+)\(\d+,\d+\): error (TS\d+): .+", re.MULTILINE)


def said(*command: str) -> str:
    """What tsc prints; that it finds something is no failure here."""
    tsc: list[str | Path] = [find_node(), "node_modules/.bin/tsc", "--project", "tests/js/tsconfig.json", *command]
    return subprocess.run(tsc, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def test_nothing_is_asked_for_that_is_not_there() -> None:
    assert [found[0] for found in MESSAGE.finditer(said()) if found[2] in MISTAKES] == []


def test_every_test_is_read() -> None:
    tests = {path for path in files() if path.startswith("tests/js/") and path.endswith(".js")}
    read = {line.removeprefix(f"{ROOT.as_posix()}/") for line in said("--listFilesOnly").splitlines()}
    assert len(tests) > 50
    assert sorted(tests - read) == []
