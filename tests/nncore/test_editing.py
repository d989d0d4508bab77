"""A number set by hand: only it changes, within its bounds, and the run goes on from there."""

from typing import Any

import numpy as np
import pytest

from nncore import snapshot
from nncore.config import Config
from nncore.editing import edit
from nncore.errors import InputError
from nncore.trainer import Trainer

SMALL: dict[str, Any] = {"layers": [{"units": 3, "neuron": "quadratic"}], "data": {"name": "xor", "count": 40}}


def trainer_of(config: dict[str, Any] = SMALL, **options: Any) -> Trainer:
    return Trainer(Config.from_json(config), **options)


def test_only_the_edited_number_changes() -> None:
    trainer = trainer_of().run(2)
    before, memory = trainer.network.theta.copy(), {name: array.copy() for name, array in trainer.memory.items()}
    assert edit(trainer, 0, "AB", (4, 1), 2.5) == 2.5
    assert dict(trainer.network.parameters())["layers.0.AB"][4, 1] == 2.5
    assert (trainer.network.theta != before).sum() == 1
    assert trainer.edits == 1
    assert all((trainer.memory[name] == array).all() for name, array in memory.items())
    assert len(trainer.history) == 3


def test_all_replicas_are_edited_alike() -> None:
    trainer = trainer_of(replicas=3)
    edit(trainer, 1, "W", (0, 0), -1.0)
    assert (dict(trainer.network.parameters())["output.W"][:, 0, 0] == -1.0).all()


@pytest.mark.parametrize(
    ("neuron", "param", "index", "high"), [("binary", "W", (0, 0), 1.0), ("rbf", "log_gamma", (1, 0), 20.0)]
)
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("replicas", [None, 2])
def test_an_edit_beyond_the_bounds_of_its_kind_is_refused_by_name(
    neuron: str, param: str, index: tuple[int, int], high: float, sign: float, replicas: int | None
) -> None:
    trainer = trainer_of(SMALL | {"layers": [{"units": 2, "neuron": neuron}]}, replicas=replicas)
    before = trainer.network.theta.copy()
    for beyond in (1.01 * high, 1e6, 1e39):
        with pytest.raises(InputError, match=rf"^value: must be a number from -{high:g} to {high:g}, not "):
            edit(trainer, 0, param, index, sign * beyond)
    assert (trainer.network.theta == before).all()
    assert edit(trainer, 0, param, index, sign * high) == sign * high
    assert trainer.edits == 1


def test_an_edit_moves_no_other_number_into_its_bounds() -> None:
    trainer = trainer_of(SMALL | {"layers": [{"units": 2, "neuron": "binary"}], "init": "he"})
    W = dict(trainer.network.parameters())["layers.0.W"]
    W[1, 1] = 3.0
    assert edit(trainer, 0, "W", (0, 0), 0.5) == 0.5
    assert W[1, 1] == 3.0


@pytest.mark.parametrize(
    ("layer", "param", "index", "value", "code", "path"),
    [
        (2, "W", (0, 0), 1.0, "range", "layer"),
        (-1, "W", (0, 0), 1.0, "range", "layer"),
        (0, "W", (0, 0), 1.0, "unknown", "param"),
        (0, "AB", (0,), 1.0, "range", "index"),
        (0, "AB", (6, 0), 1.0, "range", "index"),
        (0, "AB", (0, -1), 1.0, "range", "index"),
        (0, "AB", (0, 0), float("nan"), "range", "value"),
        (0, "AB", (0, 0), 1e7, "range", "value"),
    ],
)
def test_what_cannot_be_edited_is_refused_and_changes_nothing(
    layer: int, param: str, index: tuple[int, ...], value: float, code: str, path: str
) -> None:
    trainer = trainer_of()
    before = trainer.network.theta.copy()
    with pytest.raises(InputError) as caught:
        edit(trainer, layer, param, index, value)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert (trainer.network.theta == before).all()
    assert trainer.edits == 0


def test_an_edited_run_goes_on_from_its_snapshot_to_the_bit_and_says_that_it_was_edited() -> None:
    trainer = trainer_of().run(2)
    edit(trainer, 0, "C", (1, 2), 0.75)
    resumed = snapshot.load(snapshot.save(trainer))
    assert resumed.edits == 1
    assert (resumed.run(3).network.theta == trainer.run(3).network.theta).all()
    assert (resumed.history.since(0) == trainer.history.since(0)).all()


def test_a_reset_forgets_the_edits() -> None:
    trainer = trainer_of()
    first = trainer.network.theta.copy()
    edit(trainer, 0, "C", (1, 2), 0.75)
    trainer.reset()
    assert trainer.edits == 0
    assert np.array_equal(trainer.network.theta, first)
