"""Optimisers: every rule against PyTorch's recorded steps, and some against their formula, number by number."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.optimizers import OPTIMIZERS, Step
from nncore.tape import Array, Constants

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "optimizers.json").read_text(encoding="utf-8"))
STEPS = 100


def train(name: str, theta: Array, rate: float | None = None, factor: float = 1.0) -> Array:
    """A hundred steps down the slope of sum(scale * theta^4) / 4, as the trainer makes them; the last is a bias.

    The rate is multiplied by `factor` before every step but the first.
    """
    optimizer, theta = OPTIMIZERS.build(name, {} if rate is None else {"learning_rate": rate}), theta.copy()
    memory, step = optimizer.memory(theta), Step(np.empty_like(theta), Constants(theta.dtype))
    penalized = np.ones(theta.shape[-1])
    penalized[-1] = 0.0
    for count in range(1, STEPS + 1):
        gradient, step.count, step.rate = slope(theta), count, optimizer.learning_rate * factor ** (count - 1)
        if optimizer.weight_decay:
            optimizer.decay(theta, penalized, step)
        optimizer.update(theta, gradient, memory, step)
    return theta


def slope(theta: Array) -> Array:
    cubes: Array = np.arange(1, theta.shape[-1] + 1) * theta**3
    return cubes


def sgd(g: float, state: dict[str, float], count: int) -> float:
    return 0.1 * g


def momentum(g: float, state: dict[str, float], count: int) -> float:
    state["v"] = 0.9 * state.get("v", 0.0) + g
    return 0.03 * state["v"]


def adam(g: float, state: dict[str, float], count: int) -> float:
    state["m"] = 0.9 * state.get("m", 0.0) + 0.1 * g
    state["v"] = 0.999 * state.get("v", 0.0) + 0.001 * g * g
    m, v = state["m"] / (1 - 0.9**count), state["v"] / (1 - 0.999**count)
    return 0.01 * m / (math.sqrt(v) + 1e-8)


RULES: dict[str, Callable[[float, dict[str, float], int], float]] = {"sgd": sgd, "momentum": momentum, "adam": adam}


@pytest.mark.parametrize("golden", GOLDEN["records"], ids=lambda golden: f"{golden['name']}-{golden['factor']}")
def test_a_hundred_steps_equal_pytorchs(golden: dict[str, Any]) -> None:
    end = train(golden["name"], np.array(GOLDEN["start"]), golden["rate"], golden["factor"])
    np.testing.assert_allclose(end, golden["end"], rtol=0, atol=1e-10)


def test_every_rule_is_held_against_pytorchs() -> None:
    assert {golden["name"] for golden in GOLDEN["records"]} == set(OPTIMIZERS.names())


@pytest.mark.parametrize("name", RULES)
def test_a_hundred_steps_follow_the_published_rule(name: str) -> None:
    start, expected = np.array([0.7, -0.4, 0.1]), []
    for index, value in enumerate(start):
        state: dict[str, float] = {}
        for count in range(1, STEPS + 1):
            value -= RULES[name]((index + 1) * value**3, state, count)
        expected.append(value)
    np.testing.assert_allclose(train(name, start), expected, rtol=1e-10)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_replicas_step_as_each_would_alone(name: str) -> None:
    start = np.random.default_rng(0).normal(0, 0.3, (4, 3))
    np.testing.assert_allclose(train(name, start), [train(name, row) for row in start], rtol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_memory_starts_at_zero_with_one_array_a_slot(name: str) -> None:
    optimizer = OPTIMIZERS.build(name)
    memory = optimizer.memory(np.ones(3, np.float32))
    assert tuple(memory) == optimizer.slots
    assert all(array.dtype == np.float32 and not array.any() for array in memory.values())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_learning_rate_is_the_first_knob_everywhere(name: str) -> None:
    assert OPTIMIZERS[name].spec.knobs[0].name == "learning_rate"


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("replicas", [None, 3])
def test_the_gradient_is_only_read(name: str, replicas: int | None) -> None:
    """Whoever asks for the last step's gradient is shown the one that the step was made of."""
    rng = np.random.default_rng(1)
    theta, gradient = rng.normal(size=(2, *((replicas,) if replicas else ()), 5)).astype(np.float32)
    optimizer, given = OPTIMIZERS.build(name), gradient.copy()
    memory, step = optimizer.memory(theta), Step(np.empty_like(theta), Constants(theta.dtype), 0, 0.1)
    for step.count in (1, 2, 3):
        optimizer.update(theta, gradient, memory, step)
    np.testing.assert_array_equal(gradient, given)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("size", [1e10, 1e19, 1e25, 3e38, np.inf, -np.inf, np.nan])
def test_the_last_array_of_the_memory_or_theta_tells_of_all_that_is_no_longer_finite(name: str, size: float) -> None:
    optimizer, theta = OPTIMIZERS.build(name, {"learning_rate": 10.0}), np.ones(3, np.float32)
    memory, step = optimizer.memory(theta), Step(np.empty_like(theta), Constants(theta.dtype), 0, 10.0)
    with np.errstate(all="ignore"):
        for step.count in range(1, 40):
            optimizer.update(theta, np.array([size, 1.0, -size], np.float32), memory, step)
            told = [np.isfinite(array).all() for array in (theta, *memory.values())]
            if not all(told):
                assert not (told[0] and told[-1])
                return
    assert size <= 1e25
