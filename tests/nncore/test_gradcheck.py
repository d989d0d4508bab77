"""The gradient check itself: right gradients pass, wrong ones do not."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.gradcheck import central_differences, network_error, relative_error
from nncore.network import Network
from nncore.split import make_split


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


def test_a_wrong_gradient_is_found_out() -> None:
    config = Config.from_json({"layers": [{"units": 3}], "data": {"name": "xor", "count": 8}})
    network = Network(config, dtype=np.float64)
    network.initialize([np.random.default_rng(0)])
    split = make_split(config, network.head, np.float64)
    assert network_error(network, split.inputs, split.targets) < 1e-8

    def backward(tape: object) -> None:
        Network.backward(network, tape)
        network.grad[0] *= 1.01

    network.backward = backward
    assert network_error(network, split.inputs, split.targets) > 1e-5
