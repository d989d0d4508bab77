"""Every kind of neuron has a portrait, always the same, and it shows what the kind says that it draws."""

import numpy as np
import pytest

from nncore.neurons import NEURONS
from nncore.portrait import portrait
from nncore.tape import Array

PIXELS = 32


@pytest.mark.parametrize("name", NEURONS)
def test_it_is_finite_has_two_sides_and_is_always_the_same(name: str) -> None:
    z = portrait(NEURONS.build(name), PIXELS)
    assert z.shape == (PIXELS, PIXELS)
    assert np.isfinite(z).all()
    assert 0.1 < np.mean(z > 0) < 0.6
    np.testing.assert_array_equal(z, portrait(NEURONS.build(name), PIXELS))


def test_another_seed_is_another_unit() -> None:
    linear = NEURONS.build("linear")
    assert not np.array_equal(portrait(linear, PIXELS), portrait(linear, PIXELS, seed=1))


def line_share(z: Array) -> float:
    """The share of places that the best straight line puts on their side."""
    ends = np.linspace(-1, 1, PIXELS)
    x = np.column_stack([np.ones(PIXELS**2), *(axis.ravel() for axis in np.meshgrid(ends, ends))])
    sides = np.sign(z.ravel())
    weights = np.linalg.lstsq(x, sides)[0]
    return float(np.mean(np.sign(x @ weights) == sides))


@pytest.mark.parametrize("name", NEURONS)
def test_a_line_is_a_line_and_nothing_else_is(name: str) -> None:
    z = portrait(NEURONS.build(name), PIXELS)
    if NEURONS[name].spec.zero_set == "line":
        assert line_share(z) > 0.95
    else:
        assert line_share(z) < 0.95


def test_a_ring_and_a_diamond_are_closed() -> None:
    for name in ("rbf", "adder"):
        inside = portrait(NEURONS.build(name), PIXELS) > 0
        border = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
        assert inside.any()
        assert not border.any()
