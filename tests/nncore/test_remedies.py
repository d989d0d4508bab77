"""Advice names what this very run could do differently, each as a change that a Config takes."""

from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.remedies import (
    BOUNDED,
    MOST_REMEDIES,
    Remedy,
    advice,
    bending,
    calming,
    is_far_above,
    livelier,
    regularising,
    slower,
    steadier,
)
from nncore.tape import Tape

HOT: dict[str, Any] = {
    "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 3,
    "optimizer": {"name": "sgd", "learning_rate": 0.03},
}

RATE_OF_1: dict[str, Any] = {"optimizer": {"name": "adam", "learning_rate": 1.0}}


def keys(config: dict[str, Any]) -> list[str]:
    return [remedy.sentence.key for remedy in calming(Config.from_json(config))]


def applied(config: dict[str, Any] | Config, remedy: Remedy) -> Config:
    """As the page does: the value put at its path, and the whole read anew."""
    data = (config if isinstance(config, Config) else Config.from_json(config)).to_json()
    *folders, name = remedy.path.split(".")
    place = data
    for folder in folders:
        place = place[folder]
    place[name] = remedy.value
    return Config.from_json(data)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({}, "advice.learning_rate"),
        ({}, "advice.tanh"),
        ({}, "advice.fewer_layers"),
        ({"layers": [{"neuron": "linear", "activation": "relu"}]}, "advice.adam"),
        ({"layers": [], "optimizer": "adam"}, "advice.seed"),
    ],
)
def test_advice_fits_the_run(change: dict[str, Any], key: str) -> None:
    assert key in keys(HOT | change)


def test_advice_does_not_name_what_the_run_already_does() -> None:
    said = keys({"layers": [{"neuron": "quadratic", "activation": "tanh"}], "optimizer": "adam"})
    assert not {"advice.tanh", "advice.fewer_layers", "advice.adam"} & set(said)


def test_a_rate_far_too_high_goes_back_to_the_usual_one_and_any_other_to_a_third() -> None:
    rates = {
        given: calming(Config.from_json(HOT | {"optimizer": {"name": "sgd", "learning_rate": given}}))[0].value
        for given in (10.0, 0.1, 0.03, 0.01)
    }
    assert rates == {10.0: 0.1, 0.1: 0.03, 0.03: 0.01, 0.01: 0.003}


def test_every_remedy_makes_another_config_that_can_be_run() -> None:
    for change in ({}, {"layers": [{"activation": "relu"}]}, {"layers": [], "optimizer": "adam"}):
        for remedy in calming(Config.from_json(HOT | change)):
            assert applied(HOT | change, remedy) != Config.from_json(HOT | change), remedy.path


def test_advice_is_one_sentence_of_at_most_three_remedies() -> None:
    remedies = calming(Config.from_json(HOT))
    assert len(remedies) == MOST_REMEDIES
    assert advice(remedies) == (
        "Try one of these, then reset and play: Set learning rate to 0.01; Use Tanh; Remove a hidden layer."
    )


@pytest.mark.parametrize("advise", [calming, livelier, regularising, slower, steadier])
@pytest.mark.parametrize(
    "config",
    [
        {},
        HOT,
        {"layers": []},
        {"layers": [{"activation": "relu", "units": 3}, {"neuron": "kan"}]},
        {"data": {"name": "own", "points": [[0, 0, 0], [1, 1, 1], [0, 1, 1], [1, 0, 0]]}},
        {"data": {"name": "xor", "count": 2000}, "l2": 1.0, "layers": [{}] * 6},
    ],
)
def test_all_advice_changes_the_run_and_can_be_followed(advise: Any, config: dict[str, Any]) -> None:
    for remedy in advise(Config.from_json(config)):
        assert applied(config, remedy) != Config.from_json(config)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, ["advice.more_layers", "advice.quadratic", "advice.learning_rate"]),
        ({"layers": [{}] * 3}, ["advice.quadratic", "advice.more_layers", "advice.learning_rate"]),
        ({"layers": [{"units": 7}] * 2}, ["advice.larger", "advice.quadratic", "advice.learning_rate"]),
        ({"layers": []}, ["advice.more_layers"]),
        ({"optimizer": {"name": "adam", "learning_rate": 0.0001}}, ["advice.learning_rate", "advice.more_layers"]),
        ({"optimizer": {"name": "adam", "learning_rate": 1.0}}, ["advice.learning_rate", "advice.more_layers"]),
    ],
)
def test_what_a_network_that_is_stuck_tries_first(config: dict[str, Any], expected: list[str]) -> None:
    found = livelier(Config.from_json(config))
    assert [remedy.sentence.key for remedy in found][: len(expected)] == expected
    if expected[0] == "advice.learning_rate":
        assert found[0].value == 0.01


def test_a_narrow_network_is_made_wide_with_its_other_layer() -> None:
    (first, *_) = livelier(Config.from_json({"layers": [{"units": 3}, {"units": 10, "activation": "relu"}]}))
    assert [(layer["units"], layer["activation"]["name"]) for layer in first.value] == [
        (10, "tanh"),
        (10, "relu"),
        (10, "relu"),
    ]
    assert first.to_json()["message"] == "Use 3 hidden layers of 10 units"


def test_a_rate_that_is_far_too_high_is_set_to_the_highest_that_is_not() -> None:
    high = Config.from_json(RATE_OF_1)
    first = slower(high)[0]
    assert (first.value, is_far_above(high), is_far_above(applied(high, first))) == (0.03, True, False)


def test_units_that_died_of_a_high_rate_get_a_lower_one_first() -> None:
    relu = {"layers": [{"activation": "relu"}]}
    assert [remedy.sentence.key for remedy in steadier(Config.from_json(relu))] == ["advice.leaky_relu", "advice.seed"]
    high = steadier(Config.from_json(relu | RATE_OF_1))
    assert (high[0].sentence.key, high[0].value) == ("advice.learning_rate", 0.03)


def test_a_straight_network_may_bend() -> None:
    assert [remedy.path for remedy in bending(Config.from_json({"layers": []}))] == ["output.neuron", "layers"]
    flat = bending(Config.from_json({"layers": [{"activation": "identity"}]}))
    assert [remedy.sentence.key for remedy in flat] == ["advice.quadratic", "advice.tanh"]


def test_activations_that_are_bounded_are_known() -> None:
    far, bounded = np.array([[-1e6, -1e3, 1e3, 1e6]]), set()
    for name in ACTIVATIONS:
        activation, a = ACTIVATIONS.build(name), np.empty_like(far)
        params = {key: np.empty(one.shape) for key, one in activation.parameters(1).items()}
        activation.initialize(params)
        activation.forward(params, far, a, Tape(4, 1, 1, dtype=np.float64))
        if np.abs(a).max() < 10:
            bounded.add(name)
    assert bounded == set(BOUNDED)
