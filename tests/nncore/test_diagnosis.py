"""What just happened in a run is said while it lasts, in the same words, and whoever looked."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.diagnosis import Remark, Remarks, median
from nncore.history import History, Metrics
from nncore.probes.unit_maps import UnitMaps
from nncore.trainer import Trainer
from tests.nncore.test_remedies import applied

NONE: list[Any] = []


def run(config: dict[str, Any], epochs: int) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs=epochs)


def made(records: list[tuple[float, float, float, float]], config: dict[str, Any] | None = None) -> Any:
    """A trainer as far as a remark looks at it, with these losses and accuracies, one for each epoch."""
    history = History()
    for epoch, (train, test, right, test_right) in enumerate(records):
        history.add(epoch, Metrics(train, test, right, test_right))
    trainer = Trainer(Config.from_json(config or {}))
    seen = {"config": trainer.config, "network": trainer.network, "split": trainer.split}
    return SimpleNamespace(history=history, epoch=len(records) - 1, **seen)


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


def test_dead_units_in_a_network_that_gets_its_points_right_are_no_remark() -> None:
    well = [(loss, test, 0.98, 0.98) for loss, test, _, _ in FALLING]
    assert Remarks().look(made(well), [np.zeros((2, 2), np.float32)]) is None


def test_a_high_rate_is_said_before_anything_else_and_early() -> None:
    high = {"optimizer": {"name": "adam", "learning_rate": 1.0}, "layers": []}
    leaping = [(0.7 + (epoch % 2), 0.9, 0.5, 0.5) for epoch in range(40)]
    assert said(Remarks().look(made(leaping, high), [np.zeros((2, 2))])) == ("say.too_fast", {"rate": 1.0})
    assert Remarks().look(made(leaping), NONE) is None
    falling_well = [(0.7 * 0.97**epoch, 0.7, 0.8, 0.8) for epoch in range(40)]
    assert Remarks().look(made(falling_well, high), NONE) is None


def test_what_a_network_cannot_do_is_said_only_while_it_does_badly() -> None:
    straight = {"layers": [], "data": {"name": "circles"}}
    assert said(Remarks().look(made(FALLING, straight), NONE)) == ("say.straight_output", {})
    assert Remarks().look(made([(*row[:2], 0.98, 0.98) for row in FALLING], straight), NONE) is None


def layers(count: int, units: int, activation: str = "tanh", neuron: str = "linear") -> dict[str, Any]:
    return {"layers": [{"units": units, "activation": activation, "neuron": neuron}] * count}


def rate(value: float, name: str = "adam") -> dict[str, Any]:
    return {"optimizer": {"name": name, "learning_rate": value}}


def data(name: str, count: int = 200, **more: float) -> dict[str, Any]:
    return {"data": {"name": name, "count": count, **more}, "batch": 50}


SITUATIONS: dict[str, tuple[dict[str, Any], int, set[str]]] = {
    "a rate of 10, quadratic": (data("circles") | layers(2, 4, neuron="quadratic") | rate(10), 60, {"say.too_fast"}),
    "a rate of 10": (data("circles") | layers(2, 4) | rate(10), 60, {"say.too_fast"}),
    "a rate of 1": (data("circles") | layers(2, 4) | rate(1), 60, {"say.too_fast", "say.dead"}),
    "linear on linear": (data("circles") | layers(2, 4, "identity"), 80, {"say.straight_layers"}),
    "no hidden layer": (data("circles") | layers(0, 1), 80, {"say.straight_output"}),
    "squares of XOR": (data("xor") | layers(1, 4, neuron="square"), 80, {"say.mirrored"}),
    "squared sums of moons": (data("moons") | layers(1, 4, neuron="squared_sum"), 80, {"say.opposite"}),
    "dead units": (data("circles") | layers(3, 2, "relu") | rate(0.03), 60, {"say.dead"}),
    "a rate too low": (data("circles") | layers(1, 4) | rate(1e-5), 210, {"say.stuck"}),
    "too small": (data("spirals", 400) | layers(1, 3), 300, {"say.stuck"}),
    "deep and dull": (data("spirals", 400) | layers(3, 3, "hard_tanh") | rate(0.03), 210, {"say.stuck"}),
    "wrong labels": (
        data("circles", 80, label_noise=0.25, noise=0.2) | layers(2, 12) | rate(0.03),
        150,
        {"say.overfits"},
    ),
}
"""A run, so many epochs of it, and what should be said of it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SITUATIONS)
def test_following_the_first_advice_ends_better_than_doing_nothing(name: str) -> None:
    """Over twenty seeds in which it is given: a lower test loss in most of them."""
    config, epochs, sentences = SITUATIONS[name]
    gains = []
    for seed in range(80):
        before = run(config | {"seeds": {"run": seed, "data": seed}}, epochs)
        remark = Remarks().look(before, ends_of(before))
        if remark is None or remark.sentence.key not in sentences:
            continue
        after = Trainer(applied(before.config, remark.remedies[0])).run(epochs=epochs)
        gains.append(float(before.evaluate().test_loss) - float(after.evaluate().test_loss))
        if len(gains) == 20:
            break
    assert len(gains) == 20
    # It helps nearly all of many more seeds but with dead units, where it helps three of four.
    assert sum(gain > 0 for gain in gains) > 10, gains


def ends_of(trainer: Trainer) -> list[Any]:
    """The two ends of every unit's surface."""
    maps = UnitMaps(12, 12).compute(trainer)
    hidden = [surfaces for name, surfaces in maps.items() if name.startswith("units.")]
    return [np.stack([layer.min((1, 2)), layer.max((1, 2))], axis=1) for layer in hidden]


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
    assert told["message"] == "Plateau: the loss has hardly changed in the last half of the run."
    assert told["remedies"][0]["path"] == "layers"


def test_the_median_is_numpy_s() -> None:
    rng = np.random.default_rng(0)
    odd = [[3.0], [math.nan, 1.0, 2.0], [math.inf, 1.0], [-math.inf, math.inf], [0.0, math.inf, math.inf]]
    for values in [*odd, *(rng.standard_normal(count).tolist() for count in range(1, 14))]:
        with np.errstate(invalid="ignore"):
            expected = np.median(values)
        np.testing.assert_array_equal(median(values), expected)
