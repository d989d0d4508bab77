"""A Ray cluster gives the rows that this process gives. Where Ray is not installed, that is told in a sentence.

`make test-ray` installs it.
"""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.engines.engine import ATTEMPTS, engine_named, work
from app.errors import UsageError
from nncore.study.tasks import Done, Task
from tests.app.engines.small import rows_in_order, study, unmeasured

INSTALLED = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed here: make test-ray")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(600)]


def test_rows_are_the_same_or_the_extra_is_named() -> None:
    if find_spec("ray") is None:
        with pytest.raises(UsageError, match=r"neuron-playground\[ray\]"):
            engine_named("ray")
        return
    engine = engine_named("ray", 2)
    assert engine.workers == 2
    assert rows_in_order(engine.map(study().tasks())) == unmeasured(study().run())


def test_a_cluster_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(UsageError) as caught:
        engine_named("ray", address="127.0.0.1:1")
    assert ("no Ray cluster answers at 127.0.0.1:1" if find_spec("ray") else "neuron-playground[ray]") in str(
        caught.value
    )
    assert "\n" not in str(caught.value)


@INSTALLED
def test_a_task_whose_worker_dies_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = engine_named("ray", 1)
    monkeypatch.setattr("app.engines.ray.work", _deadly(tmp_path, times=1))
    assert rows_in_order(engine.map(study().tasks())) == unmeasured(study().run())


@INSTALLED
def test_a_task_that_kills_every_worker_is_rows_with_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine = engine_named("ray", 1)
    monkeypatch.setattr("app.engines.ray.work", _deadly(tmp_path, times=99))
    found = rows_in_order(engine.map(study().tasks()))
    errors = [row["error"] for row in found]
    assert errors == [f"the process that did it died, {ATTEMPTS} times" if 3 <= at < 6 else None for at in range(12)]
    assert len(list(tmp_path.iterdir())) == ATTEMPTS


def _deadly(folder: Path, times: int) -> Callable[[Task], Done]:
    """Does tasks, but for the second one, under which its process dies so many times."""

    def work_or_die(task: Task) -> Done:
        deaths = len(list(folder.iterdir()))
        if task.index == 1 and deaths < times:
            (folder / str(deaths)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return work(task)

    return work_or_die


@INSTALLED
def test_a_cluster_of_two_nodes_gives_the_same_rows() -> None:
    cluster = import_module("ray.cluster_utils").Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    try:
        cluster.add_node(num_cpus=1)
        engine = engine_named("ray", address=cluster.address)
        assert engine.workers == 2
        assert rows_in_order(engine.map(study(values=8).tasks())) == unmeasured(study(values=8).run())
    finally:
        cluster.shutdown()
