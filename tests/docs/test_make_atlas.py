"""A study that is complete is taken in whole; one that is not, or another one, is refused in a sentence."""

import json
import lzma
import os
from pathlib import Path

import pytest

from app import __version__
from app.atlas.store import STUDY, atlas_study
from app.atlas.table import table_of
from app.engines import engine_named
from app.errors import UsageError
from app.studies.folder import create
from app.studies.journal import Journal
from app.studies.lines import columns_on_disk, rows_from
from app.studies.running import Standing, run
from app.studies.study_file import read_study
from docs.make_atlas import begin, pack, small, table_text
from docs.make_atlas import run as make
from nncore.study import Study
from nncore.study.rows import Row
from tests.app.atlas.small import rows, study

pytestmark = pytest.mark.slow


def rows_of(folder: Path, asked: Study) -> list[Row]:
    with (folder / "runs.csv").open(encoding="utf-8", newline="") as file:
        next(file)
        return list(rows_from(file, columns_on_disk(asked)))


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
    pack(folder, study(), here, table_text)
    assert lzma.decompress((here / "rows.csv.xz").read_bytes()) == (folder / "runs.csv").read_bytes()
    assert json.loads((here / "table.json").read_text()) == json.loads(json.dumps(table_of(study(), rows())))
    made = json.loads((here / "manifest.json").read_text())
    assert made["runs"] == study().runs
    assert made["seconds"] >= 0


def test_what_is_not_complete_or_another_study_is_refused(tmp_path: Path) -> None:
    stopped = trained(tmp_path / "stopped", "stopped")
    with pytest.raises(UsageError, match="is stopped, not complete"):
        pack(stopped, study(), tmp_path, table_text)
    with pytest.raises(UsageError, match="holds another study"):
        pack(stopped, Study({}, vary={"batch": [10]}), tmp_path, table_text)


def test_a_study_is_begun_or_gone_on_with_but_no_other_one(tmp_path: Path) -> None:
    assert begin(tmp_path / "new", study()) == ["study", os.path.relpath(STUDY), "--out", str(tmp_path / "new")]
    stopped = trained(tmp_path / "stopped", "stopped")
    assert begin(stopped, study()) == ["study", "--resume", str(stopped)]
    with pytest.raises(UsageError, match="holds another study"):
        begin(stopped, Study({}, vary={"batch": [10]}))


def test_what_is_shipped_is_not_trained_again(tmp_path: Path) -> None:
    """Of a study with a kind more, the rows that are there already are where `--resume` finds them, and no others."""
    pack(trained(tmp_path / "study"), study(), tmp_path, table_text)
    asked = study().to_json()
    asked["vary"]["layers.neuron"].append("product")
    wider = Study.from_json(asked)
    folder = tmp_path / "wider"
    assert begin(folder, wider, shipped=tmp_path / "rows.csv.xz") == ["study", "--resume", str(folder)]
    left = [piece for task in Journal(folder, wider).left() for piece in task.pieces]
    assert {dict(piece.values)["layers.neuron"] for piece in left} == {"product"}
    journal = Journal(folder, wider)
    for _ in run(journal, engine_named("serial"), Standing(0, wider.runs)):
        pass
    kept = [row for row in rows_of(folder, wider) if row["layers.neuron"] != "product"]
    assert len(kept) == study().runs
    assert [{**row, "seconds": 0} for row in kept] == [{**row, "seconds": 0} for row in rows()]


def test_rows_of_another_version_or_of_another_question_are_trained_again(tmp_path: Path) -> None:
    pack(trained(tmp_path / "study"), study(), tmp_path, table_text)
    shipped = tmp_path / "rows.csv.xz"
    fewer = Study.from_json(study().to_json() | {"epochs": 3})
    begin(tmp_path / "fewer", fewer, shipped=shipped)
    assert len(list(Journal(tmp_path / "fewer", fewer).left())) == len(list(fewer.tasks()))
    old = lzma.decompress(shipped.read_bytes()).replace(f",{__version__},".encode(), b",0.0.1,")
    shipped.write_bytes(lzma.compress(old))
    begin(tmp_path / "old", study(), shipped=shipped)
    assert len(list(Journal(tmp_path / "old", study()).left())) == len(list(study().tasks()))


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
