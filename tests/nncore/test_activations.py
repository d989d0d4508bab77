"""The contract of every activation, over the registry, and pinned values for what is special."""

import math

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS, Activation
from nncore.gradcheck import central_differences, relative_error
from nncore.tape import Array, Tape
from tests.nncore.variants import every_variant

STRAIGHT_THROUGH = {"step"}
"""Their gradient is not the derivative, but a definition of its own with a test of its own."""


EVERY_VARIANT = pytest.mark.parametrize("activation", every_variant(ACTIVATIONS), ids=str)
EVERY_SMOOTH_VARIANT = pytest.mark.parametrize(
    "activation", [a for a in every_variant(ACTIVATIONS) if a.spec.name not in STRAIGHT_THROUGH], ids=str
)


def apply(activation: Activation, z: Array) -> Array:
    a, tape = np.empty_like(z), Tape(z.shape[-1], 1, z.shape[-2], lead=z.shape[:-2], dtype=z.dtype)
    activation.forward({}, z, a, tape)
    return a


def slope(activation: Activation, z: Array, direction: Array) -> Array:
    a, tape = np.empty_like(z), Tape(z.shape[-1], 1, z.shape[-2], lead=z.shape[:-2], dtype=z.dtype)
    activation.forward({}, z, a, tape)
    return activation.backward({}, {}, z, a, direction.copy(), tape)


@EVERY_SMOOTH_VARIANT
@pytest.mark.parametrize("lead", [(), (3,)])
def test_gradients_agree_with_central_differences(activation: Activation, lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    z, direction = rng.normal(0, 2, (*lead, 4, 5)), rng.normal(size=(*lead, 4, 5))
    numeric = central_differences(lambda: float(np.sum(direction * apply(activation, z))), z)
    assert relative_error(slope(activation, z, direction), numeric) < 1e-6


@EVERY_VARIANT
def test_large_inputs_stay_finite(activation: Activation) -> None:
    z = np.array([[-1e30, -1e4, -50.0, 0.0, 50.0, 1e4, 1e30]], np.float32)
    with np.errstate(over="ignore"):
        assert np.isfinite(apply(activation, z)).all()
        assert np.isfinite(slope(activation, z, np.ones_like(z))).all()


@EVERY_VARIANT
def test_the_input_is_left_alone(activation: Activation) -> None:
    z = np.linspace(-3, 3, 7)[None, :]
    kept = z.copy()
    slope(activation, z, np.ones_like(z))
    np.testing.assert_array_equal(z, kept)


@pytest.mark.parametrize(
    ("name", "knobs", "at", "value"),
    [
        ("identity", {}, -2.5, -2.5),
        ("step", {}, 0.0, 1.0),
        ("step", {}, -1e-9, 0.0),
        ("sigmoid", {}, 1.0, 1 / (1 + math.exp(-1))),
        ("tanh", {}, 1.0, math.tanh(1)),
        ("relu", {}, -1.0, 0.0),
        ("relu", {}, 2.0, 2.0),
        ("leaky_relu", {"slope": 0.2}, -2.0, -0.4),
        ("leaky_relu", {"slope": 0.2}, 2.0, 2.0),
    ],
)
def test_known_values(name: str, knobs: dict[str, object], at: float, value: float) -> None:
    assert apply(ACTIVATIONS.build(name, knobs), np.array([[at]]))[0, 0] == pytest.approx(value, abs=1e-15)


def test_the_step_learns_straight_through_where_z_is_at_most_one() -> None:
    z = np.array([[-1.5, -1.0, 0.0, 0.5, 1.0, 1.5]])
    np.testing.assert_array_equal(slope(ACTIVATIONS.build("step"), z, np.full_like(z, 3.0)), [[0, 3, 3, 3, 3, 0]])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_family_is_he_for_rectifiers_only(name: str) -> None:
    assert ACTIVATIONS[name].family == ("he" if "relu" in name else "glorot")
