"""An update is the gradient's step, penalties in their order, bounds last; one product tells whether all is finite."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.network import Network
from nncore.optimizers import Step
from nncore.tape import Constants
from nncore.update import Update


def made(**fields: object) -> tuple[Update, Network, np.ndarray]:
    """After one step of a network, in float64; and its weights before."""
    config = Config.from_json({"layers": [{"units": 3}], "optimizer": {"name": "sgd", "learning_rate": 0.5}} | fields)
    network = Network(config, dtype=np.float64)
    network.initialize([np.random.default_rng(1)])
    before = network.theta.copy()
    update = Update(network, Step(np.empty_like(before), Constants(np.float64), 1, 0.5))
    update.tune(config)
    update.forget()
    rng, tape = np.random.default_rng(2), network.tape(10)
    inputs, target = np.vstack([rng.normal(size=(2, 10)), np.ones(10)]), np.where(rng.random((1, 10)) < 0.5, 1.0, -1.0)
    z = network.forward(inputs, tape)
    update.learn(network.head.losses(z, target, tape.head), z, target, tape)
    return update, network, before


def test_it_goes_down_the_gradient() -> None:
    update, network, before = made()
    np.testing.assert_allclose(network.theta, before - 0.5 * network.grad, rtol=1e-14)
    assert np.abs(network.grad).max() > 0
    assert update.is_finite()


def test_penalties_pull_on_weights_and_clipping_comes_after_them() -> None:
    _, plain, before = made()
    _, network, _ = made(l1=0.01, l2=0.1, clip=0.05)
    pulled = plain.grad + plain.penalized * (0.1 * before + 0.01 * np.sign(before))
    np.testing.assert_allclose(network.grad, pulled * 0.05 / np.linalg.norm(pulled), rtol=1e-4)


def test_pruning_comes_after_the_optimisers_step() -> None:
    _, plain, before = made()
    _, network, _ = made(l1=0.01, prune=True)
    pulled = plain.theta - 0.5 * 0.01 * plain.penalized * np.sign(before)
    np.testing.assert_allclose(network.theta, np.where(plain.theta * pulled < 0, 0.0, pulled), rtol=1e-12)


@pytest.mark.parametrize("where", ["weights", "memory"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_told(where: str, value: float) -> None:
    update, network, _ = made(optimizer="adam")
    (network.theta if where == "weights" else update.memory["square"])[3] = value
    assert not update.is_finite()
