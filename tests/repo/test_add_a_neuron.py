"""The page on adding a neuron tells the truth: its one file, saved as it says, passes the contract and trains."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.repo.sources import ROOT

PAGE = (ROOT / "docs" / "howto" / "add-a-neuron.md").read_text(encoding="utf-8")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")


def test_the_one_new_file_of_the_page_is_all_it_takes(tmp_path: Path) -> None:
    """In a copy, so that the registry of this run stays as it is."""
    saved_as = re.search(r"Save this as `(nncore/neurons/(\w+)\.py)`", PAGE)
    files = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert saved_as is not None
    assert len(files) == 1
    for folder in ("nncore", "tests/nncore"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / saved_as[1]).write_text(files[0], encoding="utf-8")
    contract = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/nncore/test_neuron.py"]
    name = saved_as[2].capitalize()
    done = subprocess.run(
        [sys.executable, *contract, "-k", name], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 10
