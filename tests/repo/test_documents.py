"""What the documents show is true: Python blocks run, links lead somewhere, commands and settings exist."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli.main import cli
from app.settings import Settings
from nncore.neurons import NEURONS
from tests.repo.sources import ROOT, files

pytestmark = pytest.mark.slow

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^(`{3,})([^`\n]*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
LANGUAGES = {"caddy", "html", "js", "json", "markdown", "mermaid", "apache", "nginx", "python", "sh", "text", "yaml"}
NEEDS = {
    "make": "sets up or checks the whole project, as .ci/run does",
    "docker": "needs a container engine",
    "registry": "downloads packages",
    "cluster": "needs a Kubernetes cluster",
    "systemd": "changes what the machine starts",
    "server": "starts a server, or needs one of the reader's own at the address shown",
}
"""What a shell block that is not run here says it needs, behind `sh`."""
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
COMMAND = re.compile(r"^[^#\n]*?\bneuron-playground ((?:serve|train|race|study|export)\b[^\n#`|>]*)", re.MULTILINE)
SETTING = re.compile(r"\bNEURON_PLAYGROUND_([A-Z_]+)\b")
PAGES = [path for path in files() if path.endswith(".md")]
RUNNING = [path for path in PAGES if path in ("README.md", "CONTRIBUTING.md") or path.startswith("docs/tutorial/")]


@pytest.mark.parametrize("document", RUNNING)
def test_every_python_block_runs(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = BLOCK.findall((ROOT / document).read_text(encoding="utf-8"))
    assert blocks
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, document, "exec"), names)


def blocks() -> list[tuple[str, str, str]]:
    """Every fenced block: the document, what stands behind the fence, and the text."""
    return [
        (page, info.strip(), text)
        for page in PAGES
        for _, info, text in FENCE.findall((ROOT / page).read_text(encoding="utf-8"))
    ]


def test_every_block_says_what_it_is() -> None:
    unknown = []
    for page, info, text in blocks():
        language, *needs = info.split() or [""]
        if language not in LANGUAGES or (needs and (language != "sh" or not set(needs) <= set(NEEDS))):
            unknown.append(f"{page}: {info!r} before {text[:40]!r}")
    assert unknown == []


@pytest.mark.parametrize("script", dict.fromkeys(text for _, info, text in blocks() if info == "sh"))
def test_every_command_that_needs_nothing_else_runs(script: str, tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["sh", "-e"],
        input=script,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def found(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What `pattern` finds in all documents, each with the document it stands in."""
    return [(page, text) for page in PAGES for text in pattern.findall((ROOT / page).read_text(encoding="utf-8"))]


def test_every_link_to_a_file_leads_somewhere() -> None:
    assert [
        f"{page}: {target}" for page, target in found(LINK) if not (ROOT / page).parent.joinpath(target).exists()
    ] == []


def test_every_command_has_the_options_that_are_shown() -> None:
    commands: dict[str, Any] = vars(typer.main.get_command(cli))["commands"]
    shown, unknown = found(COMMAND), []
    assert len(shown) > 5
    for page, text in shown:
        name, *words = shlex.split(text)
        known = {option for parameter in commands[name].params for option in parameter.opts}
        unknown += [
            f"{page}: {word} in {text}" for word in words if word[:2] == "--" and word.split("=")[0] not in known
        ]
    assert unknown == []


def test_every_setting_that_is_named_exists() -> None:
    named = found(SETTING)
    assert len(named) > 5
    assert [f"{page}: {name}" for page, name in named if name.lower() not in Settings.model_fields] == []


def test_the_readmes_count_the_kinds_of_neurons() -> None:
    for page, words in (("README.md", f"{len(NEURONS)} types"), ("README.zh.md", f"{len(NEURONS)} 种")):
        assert words in (ROOT / page).read_text(encoding="utf-8"), page
