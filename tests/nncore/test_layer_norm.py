"""Layer normalisation: mean 0 and variance 1 over the units, then gain and shift; and its gradient."""

import numpy as np
import pytest

from nncore.export.dialect import Dialect
from nncore.gradcheck import central_differences, relative_error
from nncore.layer_norm import EPSILON, LayerNorm
from nncore.tape import Tape
from tests.nncore.taken_home import EVERY_LIBRARY, run


@pytest.mark.parametrize("lead", [(), (3,)])
def test_each_column_is_standardised_then_scaled_and_shifted(lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(3, 2, (*lead, 5, 4))
    params = {"gain": rng.normal(size=(*lead, 5, 1)), "shift": rng.normal(size=(*lead, 5, 1))}
    found = LayerNorm().forward(params, z, Tape(4, 2, 5, lead=lead, dtype=np.float64))
    standard = (z - z.mean(axis=-2, keepdims=True)) / np.sqrt(z.var(axis=-2, keepdims=True) + EPSILON)
    np.testing.assert_allclose(found, params["gain"] * standard + params["shift"])


@pytest.mark.parametrize("lead", [(), (3,)])
def test_gradients_agree_with_central_differences(lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(1)
    norm, tape = LayerNorm(), Tape(4, 2, 5, lead=lead, dtype=np.float64)
    z, direction = rng.normal(size=(*lead, 5, 4)), rng.normal(size=(*lead, 5, 4))
    params = {"gain": rng.normal(size=(*lead, 5, 1)), "shift": rng.normal(size=(*lead, 5, 1))}
    grads = {name: np.empty_like(array) for name, array in params.items()}

    def value() -> float:
        return float(np.sum(direction * norm.forward(params, z, tape)))

    value()
    dz = norm.backward(params, grads, direction.copy(), tape)
    for name, array in params.items():
        assert relative_error(grads[name], central_differences(value, array)) < 1e-6, name
    assert relative_error(dz, central_differences(value, z)) < 1e-6


def test_it_starts_as_plain_standardising() -> None:
    params = {name: np.full(p.shape, np.nan) for name, p in LayerNorm().parameters(3).items()}
    LayerNorm().initialize(params)
    assert (params["gain"] == 1).all()
    assert (params["shift"] == 0).all()


def test_without_biases_there_is_no_shift() -> None:
    """Of a layer without biases; the rest is as if the shift were 0."""
    rng = np.random.default_rng(2)
    z, dn, gain = rng.normal(size=(5, 4)), rng.normal(size=(5, 4)), rng.normal(size=(5, 1))
    full = {"gain": gain, "shift": np.zeros((5, 1))}
    tapes = [Tape(4, 2, 5, dtype=np.float64) for _ in range(2)]
    assert list(LayerNorm(False).parameters(5)) == ["gain"]
    np.testing.assert_array_equal(
        LayerNorm(False).forward({"gain": gain}, z, tapes[0]), LayerNorm().forward(full, z, tapes[1])
    )
    grads = [{"gain": np.empty((5, 1))}, {"gain": np.empty((5, 1)), "shift": np.empty((5, 1))}]
    bare = LayerNorm(False).backward({"gain": gain}, grads[0], dn.copy(), tapes[0])
    np.testing.assert_array_equal(bare, LayerNorm().backward(full, grads[1], dn.copy(), tapes[1]))
    np.testing.assert_array_equal(grads[0]["gain"], grads[1]["gain"])


def test_equal_units_stay_finite() -> None:
    params = {"gain": np.ones((3, 1)), "shift": np.zeros((3, 1))}
    assert not LayerNorm().forward(params, np.full((3, 2), 7.0), Tape(2, 1, 3, dtype=np.float64)).any()


@EVERY_LIBRARY
@pytest.mark.parametrize("units", [1, 5])
def test_the_code_to_take_home_gives_the_same(library: Dialect, units: int) -> None:
    rng = np.random.default_rng(4)
    z, params = rng.normal(size=(units, 4)), {name: rng.normal(size=(units, 1)) for name in ("gain", "shift")}
    expected = LayerNorm().forward(params, z, Tape(4, 2, units, dtype=np.float64))
    found = run(library, LayerNorm().code(), "z", z=z.T.copy(), **params)
    np.testing.assert_allclose(found, expected.T, rtol=1e-9, atol=1e-12)
    bare = run(library, LayerNorm(False).code(), "z", z=z.T.copy(), gain=params["gain"])
    np.testing.assert_allclose(bare, expected.T - params["shift"][:, 0], rtol=1e-9, atol=1e-12)
