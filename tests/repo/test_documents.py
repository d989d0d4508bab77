"""What the documents show is true: Python blocks run, links lead somewhere, commands and settings exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli.main import cli
from app.settings import Settings
from tests.repo.sources import ROOT, files

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
COMMAND = re.compile(r"^[^#\n]*?\bneuron-playground ((?:serve|train|export)\b[^\n#`|>]*)", re.MULTILINE)
SETTING = re.compile(r"\bNEURON_PLAYGROUND_([A-Z_]+)\b")
PAGES = [path for path in files() if path.endswith(".md")]
RUNNING = [path for path in PAGES if path == "README.md" or path.startswith("docs/tutorial/")]


@pytest.mark.parametrize("document", RUNNING)
def test_every_python_block_runs(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = BLOCK.findall((ROOT / document).read_text(encoding="utf-8"))
    assert blocks
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, document, "exec"), names)


@pytest.mark.parametrize("document", PAGES)
def test_every_link_to_a_file_leads_somewhere(document: str) -> None:
    targets = LINK.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / document).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("document", PAGES)
def test_every_command_has_the_options_that_are_shown(document: str) -> None:
    commands: dict[str, Any] = vars(typer.main.get_command(cli))["commands"]
    for text in COMMAND.findall((ROOT / document).read_text(encoding="utf-8")):
        name, *words = shlex.split(text)
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= known, text


@pytest.mark.parametrize("document", PAGES)
def test_every_setting_that_is_named_exists(document: str) -> None:
    named = set(SETTING.findall((ROOT / document).read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_commands_and_settings_are_found_in_the_documents() -> None:
    texts = [(ROOT / document).read_text(encoding="utf-8") for document in PAGES]
    assert sum(len(COMMAND.findall(text)) for text in texts) > 5
    assert sum(len(SETTING.findall(text)) for text in texts) > 5
