"""What the documents show really runs: every Python block of the README and the tutorials, in the order of the page."""

import re
from pathlib import Path

import pytest

from tests.repo.sources import ROOT, files

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
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
