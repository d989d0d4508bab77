"""A folder of results is made once, never written over, held by one program, and opened again."""

import json
from pathlib import Path

import pytest

from app.errors import UsageError
from app.studies.folder import MANIFEST, create, resume
from tests.app.engines.small import study


def test_the_study_comes_back_from_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "results"
    folder = create(path, study())
    folder.mark(state="stopped")
    folder.close()
    again = resume(path)
    assert again.study.to_json() == study().to_json()
    assert again.manifest["state"] == "stopped"
    assert again.notes == ()
    again.close()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    create(tmp_path / "one", study()).close()
    with pytest.raises(UsageError, match="holds a study already: go on with --resume"):
        create(tmp_path / "one", study())
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not empty"):
        create(tmp_path / "two", study())
    assert [path.name for path in (tmp_path / "two").iterdir()] == ["thesis.txt"]


def test_two_programs_do_not_work_on_one_study(tmp_path: Path) -> None:
    folder = create(tmp_path, study())
    with pytest.raises(UsageError, match="another neuron-playground is at work"):
        resume(tmp_path)
    folder.close()
    resume(tmp_path).close()


def test_another_version_is_told(tmp_path: Path) -> None:
    create(tmp_path, study()).close()
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**manifest, "numpy": "1.0", "python": "3.0"}))
    folder = resume(tmp_path)
    folder.close()
    assert len(folder.notes) == 1
    assert folder.notes[0].startswith("begun with numpy 1.0, going on with ")


def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no study here to go on with"):
        resume(tmp_path)
    (tmp_path / MANIFEST).write_text('{"study": {"seeds": 0}}')
    with pytest.raises(UsageError, match=r"manifest.json: seeds: must be"):
        resume(tmp_path)
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(UsageError, match="JSON"):
        resume(tmp_path)
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(UsageError, match=f"^{path}: "):
            create(path, study())
