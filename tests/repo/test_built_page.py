"""What the browser's tests are served is what is in the sources now, whether it was built now or before."""

from pathlib import Path

import pytest

import hatch_build
from tests import built_page


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small one, in which building is counted, and writes down the style sheet."""
    root = tmp_path / "checkout"
    for path in ("static/page.css", "docs/page.md", "package-lock.json"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)

    def build(folder: str) -> None:
        with (tmp_path / "built").open("a") as lines:
            lines.write("once\n")
        (Path(folder) / "page.css").write_text((root / "static" / "page.css").read_text())

    def files() -> list[str]:
        paths = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file())
        return [path for path in paths if not path.startswith("build/")]

    monkeypatch.setattr(built_page, "ROOT", root)
    monkeypatch.setattr(built_page, "KEPT", root / "build" / "tested")
    monkeypatch.setattr(built_page, "files", files)
    monkeypatch.setattr(hatch_build, "build", build)
    return root


def made(folder: Path) -> str:
    folder.mkdir()
    built_page.make_page(folder)
    (page,) = folder.iterdir()
    return page.read_text()


@pytest.mark.parametrize("path", ["static/page.css", "static/new.css", "package-lock.json"])
def test_it_is_built_again_once_something_in_it_has_changed(checkout: Path, tmp_path: Path, path: str) -> None:
    assert [made(tmp_path / name) for name in "ab"] == ["static/page.css"] * 2
    assert (tmp_path / "built").read_text() == "once\n"
    (checkout / path).write_text("changed")
    assert made(tmp_path / "c") == (checkout / "static" / "page.css").read_text()
    assert (tmp_path / "built").read_text() == "once\nonce\n"
    assert len(list((checkout / "build" / "tested").iterdir())) == 1


def test_what_is_not_in_it_is_no_reason(checkout: Path, tmp_path: Path) -> None:
    made(tmp_path / "a")
    (checkout / "docs" / "page.md").write_text("changed")
    made(tmp_path / "b")
    assert (tmp_path / "built").read_text() == "once\n"


def test_another_run_of_tests_that_was_first_is_no_trouble(checkout: Path, tmp_path: Path) -> None:
    made(tmp_path / "a")
    (kept,) = (checkout / "build" / "tested").iterdir()
    built_page._keep(tmp_path / "a", kept)
    assert [path.name for path in (checkout / "build" / "tested").iterdir()] == [kept.name]
