"""The page on adding a neuron tells the truth: its file passes the contract, and its words are all that is missing."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.sources import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "howto" / "add-a-neuron.md").read_text(encoding="utf-8")
SHARED = ("conftest", "built_page", "once", "one_thread", "repo/sources")
"""What every test stands on."""
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")


def copy_with_the_neuron(place: Path, *folders: str) -> str:
    """The project as far as it is needed and the page's file in it, so that the registry of this run stays as it is."""
    saved_as = re.search(r"Save this as `(nncore/neurons/(\w+)\.py)`", PAGE)
    files = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert saved_as is not None
    assert len(files) == 1
    for folder in ("nncore", *folders):
        shutil.copytree(ROOT / folder, place / folder, ignore=LEFT_OUT)
    for file in ("pyproject.toml", "hatch_build.py", *(f"tests/{name}.py" for name in SHARED)):
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, place / file)
    (place / saved_as[1]).write_text(files[0], encoding="utf-8")
    return saved_as[2]


def run_tests(place: Path, *tests: str) -> tuple[int, str]:
    """The exit code and the words of these tests in the copy."""
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "-p", "no:schemathesis", *tests]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_one_new_file_of_the_page_is_all_it_takes(tmp_path: Path) -> None:
    name = copy_with_the_neuron(tmp_path, "tests/nncore")
    code, said = run_tests(tmp_path, "tests/nncore/test_neuron.py", "-k", name.capitalize())
    assert code == 0, said
    assert int(re.findall(r"(\d+) passed", said)[0]) > 10


def test_its_words_on_the_page_are_all_that_chinese_readers_miss(tmp_path: Path) -> None:
    name = copy_with_the_neuron(tmp_path, "app", "tests/js", "static/messages")
    (words,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    missing = json.loads(words)
    code, said = run_tests(tmp_path, "tests/js/test_messages.py")
    assert code == 1
    # A knob's words may be there for another kind's knob of that name.
    assert [key for key in missing if f"'{key}'" not in said] == [f"knobs.{name}.frequency.sentence"]
    chinese = tmp_path / "static" / "messages" / "zh.json"
    table = json.loads(chinese.read_text(encoding="utf-8"))
    table["entries"] |= missing
    chinese.write_text(json.dumps(table), encoding="utf-8")
    code, said = run_tests(tmp_path, "tests/js/test_messages.py")
    assert code == 0, said
