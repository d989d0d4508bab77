"""Splines on a fine grid: while one looks, only those near a point are worked out."""

from typing import Any

import numpy as np
import pytest

from nncore.neurons import NEURONS
from nncore.tape import Array, Tape

FINE = [(20, 1), (20, 2), (20, 3), (20, 5), (10, 2), (8, 1), (17, 4)]


def inputs(lead: tuple[int, ...], grid: int) -> Array:
    """Points anywhere, on the ends of pieces and a rounding beside them, and far out; a last row of ones."""
    rng = np.random.default_rng(0)
    x = rng.normal(0, 2, (*lead, 4, 200)).astype(np.float32)
    ends = (np.arange(-2 * grid, 2 * grid + 1) / grid).astype(np.float32)
    for row, beside in enumerate((ends, np.nextafter(ends, np.float32(9)), np.nextafter(ends, np.float32(-9)))):
        x[..., row, : len(ends)] = beside
    x[..., 3, :6] = [3, -3, 1e30, -1e30, np.inf, -np.inf]
    return np.concatenate([x, np.ones((*lead, 1, 200), np.float32)], axis=-2)


@pytest.mark.parametrize("lead", [(), (3,)], ids=str)
@pytest.mark.parametrize(("grid", "order"), FINE)
def test_the_splines_near_a_point_are_all_that_there_are_to_the_bit(
    grid: int, order: int, lead: tuple[int, ...]
) -> None:
    neuron, x = NEURONS.build("kan", {"grid": grid, "order": order}), inputs(lead, grid)
    rng = np.random.default_rng(1)
    columns = neuron.parameters(4, 5)["W"].shape[1]
    params = {"W": rng.normal(size=(*lead, 5, columns)).astype(np.float32)}

    def passed(**noise: Any) -> tuple[Array, Array, Array, int]:
        tape, grads = Tape(200, 4, 5, lead=lead, **noise), {"W": np.empty_like(params["W"])}
        with np.errstate(all="ignore"):
            z = neuron.forward(params, x, tape).copy()
            dx = neuron.backward(params, grads, tape, np.ones_like(z), True)
        assert dx is not None
        return z, dx, grads["W"], tape.nbytes

    *trained, all_bytes = passed(rng=rng)
    *looked, near_bytes = passed()
    assert near_bytes < all_bytes, "both have worked out all splines"
    for one, other in zip(trained, looked, strict=True):
        np.testing.assert_array_equal(one, other)
