"""A study that is complete is taken in whole; one that is not, or another one, is refused in a sentence."""

import json
import lzma
import os
from pathlib import Path

import pytest

from app.atlas.store import STUDY, atlas_study
from app.atlas.table import table_of
from app.engines import engine_named
from app.errors import UsageError
from app.studies.folder import create
from app.studies.journal import Journal
from app.studies.running import Standing, run
from app.studies.study_file import read_study
from docs.make_atlas import begin, pack, small, table_text
from docs.make_atlas import run as make
from nncore.study import Study
from tests.app.atlas.small import rows, study


def trained(path: Path, state: str = "complete") -> Path:
    folder = create(path, study())
    journal = Journal(path, study())
    for _ in run(journal, engine_named("serial"), Standing(0, study().runs)):
        pass
    folder.mark(state=state, ended="2026-01-01T00:00:00+00:00")
    folder.close()
    return path


def test_rows_manifest_and_table_are_taken_in(tmp_path: Path) -> None:
    folder, here = trained(tmp_path / "study"), tmp_path / "here"
    here.mkdir()
    pack(folder, study(), here)
    assert lzma.decompress((here / "rows.csv.xz").read_bytes()) == (folder / "runs.csv").read_bytes()
    assert json.loads((here / "table.json").read_text()) == json.loads(json.dumps(table_of(study(), rows())))
    made = json.loads((here / "manifest.json").read_text())
    assert made["runs"] == study().runs
    assert made["seconds"] >= 0


def test_what_is_not_complete_or_another_study_is_refused(tmp_path: Path) -> None:
    stopped = trained(tmp_path / "stopped", "stopped")
    with pytest.raises(UsageError, match="is stopped, not complete"):
        pack(stopped, study(), tmp_path)
    with pytest.raises(UsageError, match="holds another study"):
        pack(stopped, Study({}, vary={"batch": [10]}), tmp_path)


def test_a_study_is_begun_or_gone_on_with_but_no_other_one(tmp_path: Path) -> None:
    assert begin(tmp_path / "new", study()) == ["study", os.path.relpath(STUDY), "--out", str(tmp_path / "new")]
    stopped = trained(tmp_path / "stopped", "stopped")
    assert begin(stopped, study()) == ["study", "--resume", str(stopped)]
    with pytest.raises(UsageError, match="holds another study"):
        begin(stopped, Study({}, vary={"batch": [10]}))


def test_each_cell_has_a_line_of_its_own() -> None:
    lines = table_text(study(), rows()).splitlines()
    assert sum(line.startswith("[") for line in lines) == study().cells


def test_a_small_atlas_stays_in_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As `make atlas SMALL=1` makes it: the question beside the folder, what comes of it inside."""
    folder = tmp_path / "atlas-small"
    make(folder, is_begun=True, is_small=True)
    command, file, *rest = capsys.readouterr().out.split()
    assert (command, rest) == ("study", ["--out", str(folder)])
    asked = read_study(Path(file))
    assert asked.to_json() == small(atlas_study()).to_json()
    assert asked.runs < 100
    assert asked.paths == atlas_study().paths
