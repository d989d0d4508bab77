"""However a journal was left, what is opened again holds whole tasks, and ends as the same file."""

import os
from pathlib import Path
from random import Random

import pytest

from app.errors import UsageError
from app.studies.journal import PARTS, RUNS, Journal
from app.studies.lines import header_of
from nncore.study.tasks import Done, perform
from tests.app.engines.small import study

STUDY = study(seeds=2, values=5)
DONE: list[Done] = [perform(task, lambda: 0.0) for task in STUDY.tasks()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("whole")
    journal = Journal(folder, STUDY)
    for done in DONE:
        journal.add(done)
    journal.close()
    assert not (folder / PARTS).exists()
    return (folder / RUNS).read_text()


@pytest.mark.parametrize("seed", range(6))
def test_any_order_gives_the_same_file_and_at_any_moment_all_is_kept(tmp_path: Path, whole: str, seed: int) -> None:
    order = list(DONE)
    Random(seed).shuffle(order)
    journal = Journal(tmp_path, STUDY)
    for count, done in enumerate(order, start=1):
        journal.add(done)
        assert journal.rows == 2 * count
        assert whole.startswith((tmp_path / RUNS).read_text())
        # As after a kill: what was kept is found again, and only the rest is left.
        journal = Journal(tmp_path, STUDY)
        assert journal.rows == 2 * count
        assert {task.index for task in journal.left()} == {one.index for one in order[count:]}
    assert (tmp_path / RUNS).read_text() == whole


def test_a_file_cut_at_any_byte_is_mended(tmp_path: Path, whole: str) -> None:
    header = header_of(STUDY)
    for length in range(len(header), len(whole), 97):
        (tmp_path / RUNS).write_text(whole[:length])
        journal = Journal(tmp_path, STUDY)
        kept = whole[len(header) : length].count("\n") // 2 * 2
        assert journal.rows == kept
        for task in list(journal.left()):
            journal.add(DONE[task.index])
        assert (tmp_path / RUNS).read_text() == whole


def test_a_part_that_is_not_whole_is_done_again(tmp_path: Path, whole: str) -> None:
    journal = Journal(tmp_path, STUDY)
    journal.add(DONE[3])
    (part,) = (tmp_path / PARTS).iterdir()
    part.write_text(part.read_text().partition("\n")[0])
    (tmp_path / PARTS / "4-2.new").write_text("half")
    again = Journal(tmp_path, STUDY)
    assert again.rows == 0
    assert list((tmp_path / PARTS).iterdir()) == []
    for task in list(again.left()):
        again.add(DONE[task.index])
    assert (tmp_path / RUNS).read_text() == whole


def test_a_full_disk_is_one_sentence_and_loses_nothing(
    tmp_path: Path, whole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path, STUDY)
    journal.add(DONE[0])

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("app.studies.journal.os.fsync", full)
        for done in (DONE[1], DONE[3]):
            with pytest.raises(UsageError, match="no space left on device; what was kept before is whole"):
                journal.add(done)
    again = Journal(tmp_path, STUDY)
    for task in list(again.left()):
        again.add(DONE[task.index])
    assert (tmp_path / RUNS).read_text() == whole


def test_rows_of_another_study_are_left_alone(tmp_path: Path, whole: str) -> None:
    (tmp_path / RUNS).write_text("some,thing\n1,2\n")
    with pytest.raises(UsageError, match="not the rows of this study"):
        Journal(tmp_path, STUDY)
    (tmp_path / RUNS).write_text(whole + whole.splitlines(keepends=True)[-1])
    with pytest.raises(UsageError, match="more rows than this study"):
        Journal(tmp_path, STUDY)
    assert os.path.getsize(tmp_path / RUNS) > len(whole)
