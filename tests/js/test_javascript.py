"""The JavaScript unit tests, so that one command and one summary cover them: each file is one test here.

What is asserted stands in the files themselves; not for the page as a whole, which the browser tests open.
"""

import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assets.node import find_node
from tests.once import once

HERE = Path(__file__).parent
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.test.js"))


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Node says of each file that is tested: one Node runs them for all workers."""
    wanted = {item.name for item in request.session.items}
    files = [file for file in FILES if f"{test_node_finds_nothing_wrong.__name__}[{file}]" in wanted]
    folder = once(tmp_path_factory, "javascript", lambda new: (new / "results.json").write_text(run(HERE, files)))
    return {result["file"]: result for result in map(json.loads, (folder / "results.json").read_text().splitlines())}


@pytest.mark.parametrize("file", FILES)
def test_node_finds_nothing_wrong(file: str, results: dict[str, Any]) -> None:
    result = results[file]
    assert result["code"] == 0, result["said"]
    assert re.search(r"\nℹ pass [1-9]", result["said"]), f"{file} tests nothing"


def test_a_test_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "wrong.test.js").write_text('import test from "node:test";\ntest("one is two", () => { throw "no"; });')
    (tmp_path / "right.test.js").write_text('import test from "node:test";\ntest("one is one", () => {});')
    (tmp_path / "broken.test.js").write_text('import { nothing } from "node:test";')
    files = [f"{name}.test.js" for name in ("wrong", "right", "broken")]
    said = {result["file"]: result for result in map(json.loads, run(tmp_path, files).splitlines())}
    assert {file: result["code"] for file, result in said.items()} == dict(zip(files, (1, 0, 1), strict=True))
    assert "one is two" in said["wrong.test.js"]["said"]
    assert "nothing" in said["broken.test.js"]["said"]


@cache
def node() -> Path:
    """Asked for once: finding it starts one."""
    return find_node()


def run(folder: Path, names: Iterable[str]) -> str:
    """A line of JSON for each of these test files of `folder`: its exit code, and what its tests said."""
    command: list[str | Path] = [node(), "--test-reporter=spec", HERE / "run.js", *names]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
