"""The make targets: listed with a sentence each, and helpful where this machine lacks something."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.sources import ROOT, files

TEXT = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = (
    "help",
    "run",
    "test",
    "check",
    "test-ray",
    "coverage",
    "lint",
    "bench",
    "bench-live",
    "bench-page",
    "soak",
    "known",
    "margins",
    "atlas",
    "screenshots",
    "reference",
    "assets",
    "wheel",
    "setup",
    "clean",
)


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person would: the run that this test may be part of leaves no trace in its environment."""
    clean = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_target_with_a_sentence() -> None:
    listed = make()
    assert listed.returncode == 0
    lines = [re.fullmatch(r"  make (\S+) +([A-Z].+\.)", line) for line in listed.stdout.splitlines()]
    assert tuple(line[1] for line in lines if line) == TARGETS
    assert all(lines), listed.stdout


def test_every_target_that_is_not_a_file_is_phony() -> None:
    named = re.findall(r"^([a-z-]+):", TEXT, re.MULTILINE)
    assert re.findall(r"^\.PHONY: (.+)$", TEXT, re.MULTILINE) == named


def test_set_up_is_redone_when_and_only_when_what_it_reads_changes() -> None:
    assert re.search(r"^\$\(RUN_READY\): pyproject\.toml constraints\.txt \|", TEXT, re.MULTILINE)
    assert re.search(r"^\$\(DEV_READY\): pyproject\.toml constraints\.txt \|", TEXT, re.MULTILINE)
    assert re.search(r"^\$\(NODE_READY\): package\.json package-lock\.json \.npmrc \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("chosen", ["no-such-python", "old-python"])
def test_no_usable_python_is_one_clear_sentence(tmp_path: Path, chosen: str) -> None:
    stub = tmp_path / "old-python"
    stub.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 10, 9)\n$2"\n')
    stub.chmod(0o755)
    venv = tmp_path / "venv"
    search = f"{tmp_path}:{os.environ['PATH']}"
    refused = make(f"{venv}/bin/python", f"VENV={venv}", f"PYTHON={chosen}", PATH=search)
    assert refused.returncode != 0
    assert not venv.exists()
    first = refused.stderr.splitlines()[0]
    assert first.startswith(f"Python 3.11 or newer with its venv module is needed, and none of these is one: {chosen}.")


def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    """Version managers leave commands on PATH that only say that they are not there."""
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    good = tmp_path / "python3.11"
    good.write_text('#!/bin/sh\n[ "$1" = -m ] && mkdir -p "$3/bin" && touch "$3/bin/python"\nexit 0\n')
    good.chmod(0o755)
    venv = tmp_path / "venv"
    made = make(f"{venv}/bin/python", f"VENV={venv}", PATH=f"{tmp_path}:/usr/bin:/bin", PYTHON="python3 python3.11")
    assert made.returncode == 0, made.stderr
    assert (venv / "bin" / "python").exists()


def test_the_whole_check_runs_lint_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert ".ci/run" in files()
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert re.findall(r"^make (\w+) </dev/null", text, re.MULTILINE) == ["lint", "test"]


@pytest.mark.parametrize(("lint", "test", "code"), [(0, 0, 0), (3, 0, 3), (0, 2, 2), (1, 1, 1)])
def test_the_whole_check_fails_when_any_part_fails(tmp_path: Path, lint: int, test: int, code: int) -> None:
    """Both parts always run, and the summary of the tests comes last."""
    (tmp_path / "make").write_text(
        f"#!/bin/sh\necho ran $1\n[ $1 = lint ] && exit {lint}\n"
        f'echo "== 5 passed =="\n[ {test} = 0 ] || echo "make: *** [Makefile:61: test] Error {test}" >&2\nexit {test}\n'
    )
    (tmp_path / "make").chmod(0o755)
    search = f"{tmp_path}:{os.environ['PATH']}"
    command = [ROOT / ".ci" / "run"]
    checked = subprocess.run(command, env={"PATH": search, "CI": "true"}, capture_output=True, text=True, check=False)
    assert checked.returncode == code
    assert checked.stdout.splitlines() == ["ran lint", "ran test", "== 5 passed =="]
