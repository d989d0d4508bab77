"""Processes on this machine give the rows that this one gives, also where some of them die."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.engines import local
from app.engines.engine import work
from app.engines.local import Local
from nncore.study.tasks import Done, Task
from tests.app.engines.small import rows_in_order, study, unmeasured

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Deadly:
    """Kills the process that does task `index`, `times` times; counted in a folder, for processes share nothing."""

    index: int
    times: int
    folder: str

    def __call__(self, task: Task) -> Done:
        if task.index == self.index:
            died = len(os.listdir(self.folder))
            if died < self.times:
                (Path(self.folder) / str(died)).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return work(task)


@dataclass(frozen=True)
class Threads:
    """Tells how its process was started."""

    def __call__(self, task: Task) -> Done:
        return Done(task.index, ({"threads": os.environ["OPENBLAS_NUM_THREADS"], "process": os.getpid()},))


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_are_the_same_for_any_number_of_workers(workers: int) -> None:
    assert rows_in_order(Local(workers).map(study().tasks())) == unmeasured(study().run())


def test_workers_are_other_processes_of_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "work", Threads())
    told = [done.rows[0] for done in Local(1).map(study().tasks())]
    assert {row["threads"] for row in told} == {"1"}
    assert os.getpid() not in {row["process"] for row in told}


def test_no_more_than_a_few_tasks_are_under_way() -> None:
    taken = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in study(seeds=1, values=12).tasks():
            taken += 1
            yield task

    results = Local(1).map(counted())
    next(results)
    assert taken <= 3
    results.close()  # type: ignore[attr-defined]  # a generator


def test_a_task_whose_worker_dies_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(local, "work", Deadly(1, 2, str(tmp_path)))
    assert rows_in_order(Local(2).map(study().tasks())) == unmeasured(study().run())


def test_a_task_that_kills_every_worker_is_rows_with_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(local, "work", Deadly(1, 99, str(tmp_path)))
    rows = rows_in_order(Local(2).map(study().tasks()))
    assert [row["error"] for row in rows] == [None] * 3 + ["the process that did it died, 3 times"] * 3 + [None] * 6
    assert [row["hash"] for row in rows] == [row["hash"] for row in study().run()]
    assert len(list(tmp_path.iterdir())) == 3
