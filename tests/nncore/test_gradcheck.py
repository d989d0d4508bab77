"""The gradient check itself: right gradients pass, wrong ones do not."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.gradcheck import GradientCheck, central_differences, network_error, relative_error
from nncore.network import Network, NetworkTape
from nncore.split import make_split
from nncore.trainer import Trainer


def test_central_differences_of_a_cubic() -> None:
    theta = np.array([0.5, -2.0])
    kept = theta.copy()
    np.testing.assert_allclose(central_differences(lambda: float(np.sum(theta**3)), theta), 3 * kept**2, rtol=1e-8)
    np.testing.assert_array_equal(theta, kept)


def test_relative_error_is_a_share_of_the_lengths() -> None:
    a = np.array([3.0, 4.0])
    assert relative_error(a, a) == 0
    assert relative_error(a, -a) == 1
    assert relative_error(a, 1.1 * a) == pytest.approx(0.5 / 10.5)
    assert relative_error(np.zeros(2), np.zeros(2)) == 0


def test_a_wrong_gradient_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config.from_json({"layers": [{"units": 3}], "data": {"name": "xor", "count": 8}})
    network = Network(config, dtype=np.float64)
    network.initialize([np.random.default_rng(0)])
    split = make_split(config, network.head, np.float64)
    assert network_error(network, split.inputs, split.targets) < 1e-8

    def backward(tape: NetworkTape) -> None:
        Network.backward(network, tape)
        network.grad[0] *= 1.01

    monkeypatch.setattr(network, "backward", backward)
    assert network_error(network, split.inputs, split.targets) > 1e-5


def run_of(**layer: object) -> Trainer:
    config = {"layers": [{"units": 3, **layer}, {"units": 2}], "data": {"name": "xor", "count": 80}}
    return Trainer(Config.from_json(config)).run(2)


def test_a_runs_gradient_is_checked_in_pieces_and_the_run_stays_as_it_was() -> None:
    trainer = run_of(neuron="quadratic")
    theta, grad = trainer.network.theta.copy(), trainer.network.grad.copy()
    check = GradientCheck(trainer)
    pieces = 1
    while not check.advance(5):
        pieces += 1
    assert pieces == -(-trainer.network.parameter_count // 5)
    errors = check.errors()
    assert list(errors.values()) == sorted(errors.values(), reverse=True)
    assert set(errors) == {name for name, _ in trainer.network.parameters()}
    assert max(errors.values()) < 1e-6
    assert (trainer.network.theta == theta).all()
    assert (trainer.network.grad == grad).all()


def test_a_gradient_of_its_own_is_found_to_differ() -> None:
    check = GradientCheck(run_of(neuron="adder"))
    assert check.advance(1000)
    assert max(check.errors().values()) > 1e-2
