"""What just happened in a run is said while it lasts, in the same words, and whoever looked."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.diagnosis import Remark, Remarks
from nncore.history import History, Metrics
from nncore.trainer import Trainer

NONE: list[Any] = []


def run(config: dict[str, Any], epochs: int) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs=epochs)


def made(records: list[tuple[float, float, float, float]], config: dict[str, Any] | None = None) -> Any:
    """A trainer as far as a remark looks at it, with these losses and accuracies, one for each epoch."""
    history = History()
    for epoch, (train, test, right, test_right) in enumerate(records):
        history.add(epoch, Metrics(train, test, right, test_right))
    return SimpleNamespace(history=history, epoch=len(records) - 1, config=Config.from_json(config or {}))


def said(remark: Remark | None) -> tuple[str, dict[str, Any]] | None:
    return (remark.sentence.key, dict(remark.values)) if remark else None


FALLING = [(0.7 * 0.97**e, 0.7 * 0.97**e, 0.9, 0.9) for e in range(200)]


def test_nothing_is_said_of_a_run_that_goes_well() -> None:
    assert Remarks().look(made(FALLING), NONE) is None


def test_a_real_run_that_gets_every_point_right_says_since_when() -> None:
    trainer = run({"data": {"name": "gaussians"}, "features": ["x", "y"]}, 80)
    rows = trainer.history.since(0)
    key, values = said(Remarks().look(trainer, NONE)) or ("", {})
    assert (rows[values["epoch"] :, 3] == 1).all()
    assert (key, rows[values["epoch"] - 1, 3] < 1) == ("say.right", True)


def test_a_real_network_of_straight_lines_is_stuck_on_spirals() -> None:
    remark = Remarks().look(run({"layers": [], "data": {"name": "spirals"}}, 300), NONE)
    assert said(remark) == ("say.stuck", {"epoch": 128})


def test_a_real_run_on_wrong_labels_overfits() -> None:
    config = {
        "data": {"name": "circles", "label_noise": 0.3, "count": 80, "noise": 0.3},
        "layers": [{"units": 16}, {"units": 16}],
        "optimizer": {"name": "adam", "learning_rate": 0.03},
    }
    key, values = said(Remarks().look(run(config, 400), NONE)) or ("", {})
    assert key == "say.overfits"
    assert values["epoch"] < 400


def test_units_of_one_value_are_dead() -> None:
    ends = [np.array([[0, 1], [0, 0], [2, 2]], np.float32), np.array([[0, 1]] * 4, np.float32)]
    remark = Remarks().look(made(FALLING), ends)
    assert said(remark) == ("say.dead", {"count": 2, "units": 3, "layer": 1})


def test_the_same_is_said_in_the_same_words_while_it_lasts_and_whoever_looked_before() -> None:
    stuck = [(0.69, 0.7, 0.5, 0.5)] * 500
    often, early = Remarks(), made(stuck[:260])
    first = often.look(early, NONE)
    for row in stuck[260:]:
        early.history.add(early.epoch + 1, Metrics(*row))
        early.epoch += 1
        assert often.look(early, NONE) == first
    assert Remarks().look(made(stuck), NONE) == first


def test_a_new_run_is_read_afresh() -> None:
    remarks = Remarks()
    assert said(remarks.look(made([(0.1, 0.1, 1.0, 1.0)] * 100), NONE)) == ("say.right", {"epoch": 0})
    assert remarks.look(made(FALLING), NONE) is None
    assert remarks.look(made(FALLING[:50]), NONE) is None


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_losses_that_are_no_numbers_break_nothing(value: float) -> None:
    Remarks().look(made([(value, value, 0.5, 0.5)] * 100), NONE)
    Remarks().look(made([(0.3, 0.3, np.nan, np.nan)] * 100), NONE)


def test_as_json_it_has_what_an_error_has() -> None:
    remark = Remarks().look(made([(0.69, 0.7, 0.5, 0.5)] * 220), NONE)
    assert remark is not None
    told = remark.to_json()
    assert told["message"] == "Plateau: the loss has hardly moved since epoch 64."
    assert told["remedies"][0]["path"] == "optimizer.learning_rate"
