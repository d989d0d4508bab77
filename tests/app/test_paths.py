"""The version of the static files changes with their contents, and with nothing else."""

import os
from pathlib import Path

import pytest

from app.paths import ASSETS, COLOURS, STATIC, TEMPLATES, static_version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text("one")
    (tmp_path / "page.css").write_text("two")
    return tmp_path


def test_the_assets_are_where_the_page_is() -> None:
    assert STATIC.parent == TEMPLATES.parent == ASSETS
    assert (STATIC / "js").is_dir()
    assert {"tokens.css", "dark.css"} <= {path.name for path in COLOURS.iterdir()}


def test_the_same_contents_have_the_same_version(folder: Path) -> None:
    before = static_version(folder)
    os.utime(folder / "page.css", (1, 1))
    assert static_version(folder) == before


def test_an_edit_of_the_same_length_changes_the_version(folder: Path) -> None:
    before = static_version(folder)
    (folder / "page.css").write_text("TWO")
    os.utime(folder / "page.css", (1, 1))
    assert static_version(folder) != before


def test_a_renamed_file_changes_the_version(folder: Path) -> None:
    before = static_version(folder)
    (folder / "page.css").rename(folder / "pages.css")
    assert static_version(folder) != before
