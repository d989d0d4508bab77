"""Advice names what this very run could do differently."""

from typing import Any

import pytest

from app.advice import advice
from nncore.config import Config

HOT: dict[str, Any] = {
    "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 3,
    "optimizer": {"name": "sgd", "learning_rate": 0.03},
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "a learning rate of 0.01 instead of 0.03"),
        ({}, "tanh as the activation"),
        ({}, "fewer layers"),
        ({"layers": [{"neuron": "linear", "activation": "relu"}]}, "the adam optimizer"),
    ],
)
def test_advice_fits_the_run(change: dict[str, Any], words: str) -> None:
    assert words in advice(Config.from_json(HOT | change))


def test_advice_does_not_name_what_the_run_already_does() -> None:
    config = {"layers": [{"neuron": "quadratic", "activation": "tanh"}], "optimizer": "adam"}
    said = advice(Config.from_json(config))
    assert "tanh" not in said
    assert "fewer layers" not in said
    assert "adam" not in said


def test_advice_is_one_sentence_of_at_most_three_remedies() -> None:
    assert advice(Config.from_json(HOT)) == (
        "Try a learning rate of 0.01 instead of 0.03, tanh as the activation (these neurons multiply their inputs) "
        "or fewer layers; then play on, or reset and play."
    )
