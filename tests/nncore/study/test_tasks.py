"""A study is cut the same way for whoever does it: by shape, neither too small nor too long, nothing lost."""

from itertools import count
from typing import Any

import pytest

from nncore.config import Config, Seeds
from nncore.study import tasks
from nncore.study.tasks import FEWEST, MOST, Piece, Task, lost, perform, tasks_of

SMALL: dict[str, Any] = {"data": {"name": "circles", "count": 40}, "layers": [{"units": 3}]}


def piece(seeds: int, **changes: Any) -> Piece:
    config = Config.from_json({**SMALL, **changes})
    return Piece(config, (("layers", changes.get("layers")),), tuple(Seeds(0, seed) for seed in range(seeds)))


def cut(*pieces: Piece, epochs: int = 2) -> list[Task]:
    return list(tasks_of(pieces, epochs, "epochs", 0.95))


def runs_of(found: list[Task]) -> list[tuple[Config, Seeds]]:
    return [(one.config, seeds) for task in found for one in task.pieces for seeds in one.seeds]


def test_no_run_is_lost_and_the_order_stays() -> None:
    pieces = [piece(5), piece(700), piece(40, layers=[{"units": 4}]), piece(3, l1=0.1), piece(2, layers=[])]
    found = cut(*pieces)
    assert runs_of(found) == [(one.config, seeds) for one in pieces for seeds in one.seeds]
    assert [task.index for task in found] == list(range(len(found)))
    assert [task.first for task in found] == [sum(one.runs for one in found[:index]) for index in range(len(found))]


def test_a_task_is_of_one_shape_and_of_32_to_256_runs_where_there_are_so_many() -> None:
    found = cut(piece(20), piece(20, l1=0.1), piece(20, layers=[{"units": 4}]), piece(600))
    assert [task.runs for task in found] == [40, 20, 256, 256, 88]
    assert FEWEST == 32
    assert MOST == 256


def test_long_runs_are_fewer_to_a_task() -> None:
    long = piece(40, layers=[{"units": 16, "neuron": "quadratic"}] * 2, data={"name": "circles", "count": 2000})
    assert [task.runs for task in cut(long, epochs=200)] == [32, 8]
    assert {task.runs for task in cut(long, epochs=10**6)} == {1}


def test_what_fails_is_a_row_with_its_error_and_the_rest_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    (task,) = cut(piece(2), piece(3, l1=0.1))
    trained = tasks._trained

    def failing(one: Piece, task: Task) -> Any:
        if one.config.l1:
            raise MemoryError("no\nroom")
        return trained(one, task)

    monkeypatch.setattr(tasks, "_trained", failing)
    clock = count()
    rows = perform(task, lambda: float(next(clock))).rows
    assert [row["error"] for row in rows] == [None, None, *["MemoryError: no room"] * 3]
    assert [row["seconds"] for row in rows] == [0.5, 0.5, None, None, None]


def test_a_lost_task_has_all_its_rows() -> None:
    (task,) = cut(piece(4))
    rows = lost(task, "gone").rows
    assert [(row["run_seed"], row["error"], row["train_loss"]) for row in rows] == [(n, "gone", None) for n in range(4)]
