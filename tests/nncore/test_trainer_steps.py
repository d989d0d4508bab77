"""What one step does beside the gradient's: penalties, pruning, schedules, clipping, first weights."""

from typing import Any

import numpy as np
import pytest

from nncore.neurons import NEURONS
from nncore.neurons.adder import Adder
from tests.nncore import plain_adder
from tests.nncore.training import trainer_of


def test_pruning_takes_weights_that_l1_takes_across_zero_out_for_good() -> None:
    data = {"layers": [{"units": 6}], "l1": 0.02, "prune": True, "optimizer": {"name": "sgd", "learning_rate": 0.3}}
    trainer, free = trainer_of(data, dtype=np.float64), trainer_of({**data, "prune": False}, dtype=np.float64)
    trainer.run(20)
    gone = trainer.network.theta == 0
    assert 0 < gone.sum() < gone.size
    assert not gone[trainer.network.penalized == 0].any()
    trainer.change("l1", 0.0)
    trainer.run(20)
    assert (trainer.network.theta[gone] == 0).all()
    free.run(20)
    assert (free.network.theta != 0).all()


def test_pruning_spares_weights_that_begin_at_zero() -> None:
    trainer = trainer_of({"layers": [], "init": "zeros", "l1": 1e-6, "prune": True, "data": {"name": "gaussians"}})
    trainer.run(1)
    assert (trainer.network.theta[:2] != 0).all()


def test_one_step_of_l1_with_pruning_is_the_truncated_step() -> None:
    data = {"layers": [], "batch": 250, "prune": True, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    plain, pulled = (trainer_of({**data, "l1": rate}, dtype=np.float64) for rate in (0.0, 0.4))
    before = plain.network.theta.copy()
    plain.advance(1)
    pulled.advance(1)
    after = plain.network.theta - 0.4 * np.sign(before) * [1, 1, 0]
    expected = np.where(plain.network.theta * after < 0, 0, after)
    np.testing.assert_allclose(pulled.network.theta, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("path", "power"), [("l1", 0), ("l2", 1)])
def test_penalties_add_their_slope_to_the_weights_but_not_to_biases(path: str, power: int) -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    plain, pulled = (trainer_of({**data, path: rate}, dtype=np.float64) for rate in (0.0, 0.01))
    before = plain.network.theta.copy()
    plain.advance(1)
    pulled.advance(1)
    pull = 0.01 * np.sign(before) * np.abs(before) ** power * [1, 1, 0]
    np.testing.assert_allclose(pulled.network.theta, plain.network.theta - pull, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.0, 0.01), (0.02, 0.0), (0.01, 0.05)])
def test_penalties_of_an_adder_are_not_rescaled_with_its_gradient(l1: float, l2: float) -> None:
    """Its authors rescale the gradient of the loss alone and let their optimiser decay afterwards."""
    data: dict[str, Any] = {
        "data": {"name": "circles", "count": 40},
        "layers": [],
        "output": {"neuron": "adder"},
        "batch": 20,
    }
    trainer = trainer_of(data | {"shuffle": False, "optimizer": "sgd", "l1": l1, "l2": l2}, dtype=np.float64)
    params = dict(trainer.network.parameters())
    unit = {name: params[f"output.{name}"].ravel().tolist() for name in ("W", "s", "b")}
    points, targets = trainer.split.inputs[:2, :20].T.tolist(), trainer.split.train_y.tolist()
    kind, rate = trainer.config.output.neuron.build(NEURONS), trainer.optimizer.learning_rate
    assert isinstance(kind, Adder)
    for _ in range(60):
        plain_adder.train_batch(unit, points, targets, rate, kind.eta, (l1, l2))
    trainer.advance(60)
    for name, numbers in unit.items():
        np.testing.assert_allclose(params[f"output.{name}"].ravel(), numbers, rtol=1e-9)


def test_the_schedule_sets_the_rate_of_each_epoch() -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 0.5}}
    stepped = trainer_of({**data, "schedule": {"name": "step", "epochs": 2, "gamma": 0.1}}, dtype=np.float64)
    by_hand = trainer_of(data, dtype=np.float64)
    for epoch in range(6):
        by_hand.change("optimizer.learning_rate", 0.5 * 0.1 ** (epoch // 2))
        by_hand.run(1)
    np.testing.assert_allclose(stepped.run(6).network.theta, by_hand.network.theta, rtol=1e-12)
    stepped.change("schedule", "constant")
    assert stepped.config.schedule.name == "constant"


@pytest.mark.parametrize("replicas", [None, 2])
def test_clipping_shortens_the_gradient_to_the_length_allowed(replicas: int | None) -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    free, clipped = (trainer_of({**data, "clip": c}, dtype=np.float64, replicas=replicas) for c in (0.0, 0.01))
    before = free.network.theta.copy()
    free.advance(1)
    clipped.advance(1)
    step = free.network.theta - before
    length = np.linalg.norm(step, axis=-1, keepdims=True)
    assert (length > 0.01).all()
    np.testing.assert_allclose(clipped.network.theta, before + 0.01 * step / length, rtol=1e-4)


@pytest.mark.parametrize("init", ["glorot", "he", "uniform", "small", "zeros"])
def test_first_weights_follow_the_rule_asked_for(init: str) -> None:
    theta = trainer_of({"init": init}).network.theta
    assert (theta != trainer_of({}).network.theta).any() or init == "glorot"
    assert theta.any() == (init != "zeros")
