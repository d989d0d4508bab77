"""What the benchmarks measure against is right itself, and covers every neuron type."""

import numpy as np
import pytest

from nncore.gradcheck import central_differences, relative_error
from nncore.neurons import NEURONS
from tests.bench.textbook_neurons import LAYERS

OWN_GRADIENT = {"adder", "binary", "spiking"}
"""Their gradient is a definition of their papers, not the derivative."""


def test_every_neuron_type_has_its_textbook_version() -> None:
    assert set(LAYERS) == set(NEURONS)


@pytest.mark.parametrize("name", sorted(set(LAYERS) - OWN_GRADIENT))
def test_textbook_gradients_agree_with_central_differences(name: str) -> None:
    rng = np.random.default_rng(0)
    layer = LAYERS[name](3, 4, rng)
    layer.p = {key: rng.normal(0, 0.5, value.shape) for key, value in layer.p.items()}
    x, direction = rng.uniform(-0.9, 0.9, (5, 3)), rng.normal(size=(5, 4))

    def value() -> float:
        return float(np.sum(direction * layer.forward(x)))

    value()
    dx = layer.backward(direction)
    assert relative_error(dx, central_differences(value, x)) < 1e-6
    for key, array in layer.p.items():
        assert relative_error(len(x) * layer.g[key], central_differences(value, array)) < 1e-6, key
