"""A run's shape is what it must share to train with others, and nothing of what is its own."""

from typing import Any

import pytest

from nncore.config import Config
from nncore.shape import shape_of
from nncore.trainer import Trainer

BASE: dict[str, Any] = {"data": {"name": "spirals", "count": 60}, "layers": [{"units": 4}]}


def shape(**fields: Any) -> str | None:
    return shape_of(Trainer(Config.from_json(BASE | fields)))


@pytest.mark.parametrize(
    "own",
    [
        {"seeds": {"run": 5, "data": 6}},
        {"data": {"name": "moons", "count": 60, "noise": 0.3}},
        {"features": ["x_squared", "y"]},
        {"optimizer": {"name": "adam", "learning_rate": 0.5}},
        {"schedule": "cosine"},
        {"init": "zeros"},
        {"shuffle": False},
    ],
    ids=str,
)
def test_what_is_its_own_does_not_change_it(own: dict[str, Any]) -> None:
    assert shape(**own) == shape() is not None


@pytest.mark.parametrize(
    "shared",
    [
        {"layers": [{"units": 5}]},
        {"layers": [{"units": 4, "activation": "relu"}]},
        {"layers": [{"units": 4, "neuron": "kan"}]},
        {"output": {"neuron": "quadratic"}},
        {"features": ["x", "y", "xy"]},
        {"data": {"name": "spirals", "count": 80}},
        {"data": {"name": "spirals", "count": 60, "arms": 3}},
        {"loss": "mse"},
        {"loss": {"name": "huber", "delta": 0.3}},
        {"optimizer": "sgd"},
        {"optimizer": {"name": "adam", "beta1": 0.8}},
        {"batch": 11},
        {"l1": 0.1},
        {"l2": 0.1},
        {"clip": 1.0},
        {"prune": True},
    ],
    ids=str,
)
def test_what_is_shared_does(shared: dict[str, Any]) -> None:
    assert shape(**shared) not in (shape(), None)


@pytest.mark.parametrize(
    "alone",
    [{"batch": 9}, {"layers": []}, {"layers": [{"units": 1}, {"units": 4}]}, {"batch": 31}],
    ids=str,
)
def test_what_would_round_otherwise_has_none(alone: dict[str, Any]) -> None:
    assert shape(**alone) is None
