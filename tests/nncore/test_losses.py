"""Losses know which tasks they can measure and which output units that takes; their heads measure as PyTorch does."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.errors import UnknownName
from nncore.heads import Task
from nncore.losses import LOSSES
from nncore.tape import Tape

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "losses.json").read_text(encoding="utf-8"))["records"]


@pytest.mark.parametrize("name", LOSSES.names())
def test_two_classes_take_one_unit_and_more_take_one_each(name: str) -> None:
    loss = LOSSES.build(name)
    if "classification" in loss.tasks:
        assert [loss.head("classification", classes).units for classes in (2, 3, 5)] == [1, 3, 5]
    if "regression" in loss.tasks:
        assert loss.head("regression", 0).units == 1


def test_a_loss_that_cannot_measure_a_task_names_those_that_can() -> None:
    with pytest.raises(
        UnknownName, match="'cross_entropy' cannot be used for regression; available: mse, huber"
    ) as caught:
        LOSSES.build("cross_entropy").require_task("regression", "loss")
    assert caught.value.known == ("mse", "huber")


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden['name']}-{golden['classes']}")
def test_values_and_gradients_are_those_that_pytorch_gave(golden: dict[str, Any]) -> None:
    task: Task = "classification" if golden["classes"] else "regression"
    head = LOSSES.build(golden["name"], golden["knobs"]).head(task, golden["classes"])
    z, target = np.array(golden["z"]), head.encode(np.array(golden["target"]))
    dz, tape = np.empty_like(z), Tape(z.shape[-1], 0, head.units, dtype=z.dtype)
    assert head.measure(z, target, dz, tape) == pytest.approx(golden["loss"], rel=1e-12)
    np.testing.assert_allclose(dz, golden["dz"], rtol=1e-10, atol=1e-15)


def test_every_loss_is_held_against_pytorchs() -> None:
    assert {golden["name"] for golden in GOLDEN} == set(LOSSES.names())
