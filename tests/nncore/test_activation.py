"""The contract of every activation, over the registry, and pinned values for what is special."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS, Activation
from nncore.activations.rectifiers import RRelu
from nncore.export.dialect import Dialect
from nncore.gradcheck import central_differences, relative_error
from nncore.tape import Array, Shape, Tape
from tests.nncore.taken_home import EVERY_LIBRARY, run
from tests.nncore.variants import every_variant

STRAIGHT_THROUGH = {"step"}
"""Their gradient is not the derivative, but a definition of its own with a test of its own."""

LARGEST = {"square": 1e19}
"""The largest size of z whose a is finite in float32, where that is less than any: z² leaves the format beyond."""

RECTIFIERS = {"relu", "leaky_relu", "prelu", "rrelu", "elu", "gelu", "silu", "mish", "softplus"}
"""Those that lose about half of the variance, which He's rule makes up for. SELU asks for another rule."""

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "activations.json").read_text(encoding="utf-8"))["records"]

EVERY_VARIANT = pytest.mark.parametrize("activation", every_variant(ACTIVATIONS), ids=str)
EVERY_SMOOTH_VARIANT = pytest.mark.parametrize(
    "activation", [a for a in every_variant(ACTIVATIONS) if a.spec.name not in STRAIGHT_THROUGH], ids=str
)


def make_params(activation: Activation, units: int, lead: Shape = (), rng: np.random.Generator | None = None) -> Any:
    """First parameters, or normal ones from `rng`."""
    parameters = activation.parameters(units)
    params = {name: np.empty((*lead, *parameter.shape)) for name, parameter in parameters.items()}
    activation.initialize(params)
    return params if rng is None else {name: rng.normal(size=array.shape) for name, array in params.items()}


def make_tape(z: Array, rng: np.random.Generator | None = None) -> Tape:
    return Tape(z.shape[-1], 1, z.shape[-2], lead=z.shape[:-2], dtype=z.dtype, rng=rng)


def apply(activation: Activation, z: Array, params: Any = None, tape: Tape | None = None) -> Array:
    a = np.empty_like(z)
    activation.forward(params or make_params(activation, z.shape[-2]), z, a, tape or make_tape(z))
    return a


def gradients(
    activation: Activation, z: Array, direction: Array, params: Any = None, tape: Tape | None = None
) -> tuple[Array, dict[str, Array]]:
    """dz and the gradients of the parameters, for da = `direction`."""
    params, tape = params or make_params(activation, z.shape[-2]), tape or make_tape(z)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    a = apply(activation, z, params, tape)
    return activation.backward(params, grads, z, a, direction.copy(), tape), grads


def slope(activation: Activation, z: Array, direction: Array) -> Array:
    return gradients(activation, z, direction)[0]


@EVERY_SMOOTH_VARIANT
@pytest.mark.parametrize("lead", [(), (3,)])
def test_gradients_agree_with_central_differences(activation: Activation, lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    z, direction = rng.normal(0, 2, (*lead, 4, 5)), rng.normal(size=(*lead, 4, 5))
    params = make_params(activation, 4, lead, rng)

    def total() -> float:
        return float(np.sum(direction * apply(activation, z, params)))

    dz, grads = gradients(activation, z, direction, params)
    assert relative_error(dz, central_differences(total, z)) < 1e-6
    for name, grad in grads.items():
        assert relative_error(grad, central_differences(total, params[name])) < 1e-6, name


@EVERY_VARIANT
def test_replicas_do_as_each_would_alone(activation: Activation) -> None:
    rng = np.random.default_rng(1)
    z, direction = rng.normal(0, 2, (3, 4, 5)), rng.normal(size=(3, 4, 5))
    params = make_params(activation, 4, (3,), rng)
    dz, grads = gradients(activation, z, direction, params)
    for replica in range(3):
        alone = {name: array[replica] for name, array in params.items()}
        dz_alone, grads_alone = gradients(activation, z[replica].copy(), direction[replica], alone)
        np.testing.assert_allclose(dz[replica], dz_alone, rtol=1e-12)
        for name, grad in grads_alone.items():
            np.testing.assert_allclose(grads[name][replica], grad, rtol=1e-12)


@EVERY_VARIANT
def test_large_inputs_stay_finite(activation: Activation) -> None:
    largest = LARGEST.get(activation.spec.name, 1e37)
    z = np.array([[-largest, -1e4, -50.0, 0.0, 50.0, 1e4, largest]], np.float32)
    with np.errstate(over="ignore", under="ignore"):
        assert np.isfinite(apply(activation, z)).all()
        assert np.isfinite(slope(activation, z, np.ones_like(z))).all()


@EVERY_VARIANT
def test_single_precision_is_double_precision_rounded(activation: Activation) -> None:
    z = np.linspace(-12, 12, 4003)[None, :]
    np.testing.assert_allclose(apply(activation, z.astype(np.float32)), apply(activation, z), rtol=1e-5, atol=1e-5)


@EVERY_VARIANT
@pytest.mark.parametrize("step", [2, 4])
def test_steps_in_memory_make_no_difference(activation: Activation, step: int) -> None:
    """NumPy 2.4's negative, for one, is wrong for float32 in steps of four."""
    rng = np.random.default_rng(2)
    z, da, params = rng.normal(size=(2, 12)), rng.normal(size=(2, 12)), make_params(activation, 2)
    expected = apply(activation, z.astype(np.float32)), slope(activation, z.astype(np.float32), da.astype(np.float32))
    spread_z, spread_a, spread_da = (np.empty((2, 12 * step), np.float32)[:, ::step] for _ in range(3))
    spread_z[...], spread_da[...] = z, da
    tape, grads = make_tape(spread_z), {name: np.empty_like(array) for name, array in params.items()}
    activation.forward(params, spread_z, spread_a, tape)
    dz = activation.backward(params, grads, spread_z, spread_a, spread_da, tape)
    np.testing.assert_allclose(spread_a, expected[0], rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(dz, expected[1], rtol=1e-6, atol=1e-6)


@EVERY_VARIANT
def test_only_da_is_overwritten(activation: Activation) -> None:
    z, params = np.linspace(-3, 3, 8).reshape(2, 4), make_params(activation, 2)
    tape, da = make_tape(z), np.ones_like(z)
    a = apply(activation, z, params, tape)
    kept = z.copy(), a.copy(), {name: array.copy() for name, array in params.items()}
    grads = {name: np.empty_like(array) for name, array in params.items()}
    assert activation.backward(params, grads, z, a, da, tape) is da
    for now, before in zip((z, a, *params.values()), (*kept[:2], *kept[2].values()), strict=True):
        np.testing.assert_array_equal(now, before)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["name"])
def test_values_and_gradients_are_those_that_pytorch_gave(golden: dict[str, Any]) -> None:
    activation, z = ACTIVATIONS.build(golden["name"], golden["knobs"]), np.array(golden["z"])
    params = {name: np.array(values) for name, values in golden.get("params", {}).items()}
    dz, grads = gradients(activation, z, np.ones_like(z), params)
    np.testing.assert_allclose(apply(activation, z, params), golden["a"], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(dz, golden["dz"], rtol=1e-12, atol=1e-14)
    assert grads.keys() == golden.get("grads", {}).keys()
    for name, grad in grads.items():
        np.testing.assert_allclose(grad, golden["grads"][name], rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "knobs", "at", "value"),
    [
        ("identity", {}, -2.5, -2.5),
        ("step", {}, 0.0, 1.0),
        ("step", {}, -1e-9, 0.0),
        ("sigmoid", {}, 1.0, 1 / (1 + math.exp(-1))),
        ("hard_sigmoid", {}, 1.5, 0.75),
        ("hard_sigmoid", {}, -3.5, 0.0),
        ("tanh", {}, 1.0, math.tanh(1)),
        ("hard_tanh", {}, 0.75, 0.75),
        ("hard_tanh", {}, -7.0, -1.0),
        ("softsign", {}, -3.0, -0.75),
        ("relu", {}, -1.0, 0.0),
        ("relu", {}, 2.0, 2.0),
        ("leaky_relu", {"slope": 0.2}, -2.0, -0.4),
        ("leaky_relu", {"slope": 0.2}, 2.0, 2.0),
        ("prelu", {}, -2.0, -0.5),
        ("prelu", {}, 2.0, 2.0),
        ("rrelu", {}, -5.0, -math.log(8 / 3)),
        ("rrelu", {}, 2.0, 2.0),
        ("elu", {"alpha": 2.0}, -1.0, 2 * (math.exp(-1) - 1)),
        ("elu", {"alpha": 2.0}, 3.0, 3.0),
        ("selu", {}, 1.0, 1.0507009873554805),
        ("selu", {}, -1e4, -1.7580993408473766),
        ("gelu", {}, 1.0, 0.5 * (1 + math.erf(math.sqrt(0.5)))),
        ("silu", {}, 1.0, 1 / (1 + math.exp(-1))),
        ("mish", {}, 1.0, math.tanh(math.log(1 + math.e))),
        ("softplus", {}, 0.0, math.log(2)),
        ("sin", {"frequency": 3.0}, 0.5, math.sin(1.5)),
        ("gaussian", {}, 1.0, math.exp(-1)),
        ("sinc", {}, 0.0, 1.0),
        ("sinc", {}, -2.0, 0.45464871341284085),
        ("square", {}, -3.0, 9.0),
        ("signed_sqrt", {}, -4.0, -2.0),
        ("signed_sqrt", {}, 0.0, 0.0),
    ],
)
def test_known_values(name: str, knobs: dict[str, object], at: float, value: float) -> None:
    assert apply(ACTIVATIONS.build(name, knobs), np.array([[at]]))[0, 0] == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [
        ("mish", 0.0, 0.6),
        ("mish", 1.0, 1.0490362200997922),
        ("gelu", 0.0, 0.5),
        ("silu", 0.0, 0.5),
        ("softplus", 0.0, 0.5),
        ("hard_sigmoid", 0.0, 1 / 6),
        ("softsign", -1.0, 0.25),
        ("gaussian", 0.5, -math.exp(-0.25)),
        ("sinc", 0.0, 0.0),
        ("sinc", 1e-9, -1e-9 / 3),
        ("sinc", math.pi, -1 / math.pi),
        ("square", -3.0, -6.0),
        ("signed_sqrt", -4.0, 0.25),
    ],
)
def test_known_slopes(name: str, at: float, value: float) -> None:
    assert slope(ACTIVATIONS.build(name), np.array([[at]]), np.ones((1, 1)))[0, 0] == pytest.approx(value, rel=1e-14)


def test_the_step_learns_straight_through_where_z_is_at_most_one() -> None:
    z = np.array([[-1.5, -1.0, 0.0, 0.5, 1.0, 1.5]])
    np.testing.assert_array_equal(slope(ACTIVATIONS.build("step"), z, np.full_like(z, 3.0)), [[0, 3, 3, 3, 3, 0]])


def test_the_signed_root_is_nowhere_steeper_than_fifty() -> None:
    z = np.array([[-1e-4, -1e-5, 0.0, 1e-30, 1e-4, 2.5e-3]])
    np.testing.assert_allclose(
        slope(ACTIVATIONS.build("signed_sqrt"), z, np.ones_like(z)), [[50, 50, 50, 50, 50, 10]], rtol=1e-12
    )


@pytest.mark.parametrize("at", [0.29999, 0.30001, 0.1, 1e-3])
def test_the_slope_of_sinc_loses_no_digits_near_zero(at: float) -> None:
    """Against the series with more terms than it uses: z Σ (-1)^k 2k z^(2k-2) / (2k+1)!."""
    series = sum((-1) ** k * 2 * k * at ** (2 * k - 1) / math.factorial(2 * k + 1) for k in range(1, 15))
    for sign in (-1.0, 1.0):
        told = slope(ACTIVATIONS.build("sinc"), np.array([[sign * at]]), np.ones((1, 1)))[0, 0]
        assert told == pytest.approx(sign * series, rel=1e-12)


def test_prelu_has_a_slope_for_each_unit_that_starts_at_a_quarter() -> None:
    prelu = ACTIVATIONS.build("prelu")
    params = make_params(prelu, 3, (2,))
    np.testing.assert_array_equal(params["slope"], np.full((2, 3), 0.25))
    assert not prelu.parameters(3)["slope"].penalized


@pytest.mark.parametrize("lead", [(), (2,)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rrelu_draws_a_slope_for_every_value_while_training(lead: Shape, dtype: type) -> None:
    z: Array = np.full((*lead, 20, 500), -1.0, dtype)
    z[..., 0, :] = 2.0
    tape, rrelu = make_tape(z, np.random.default_rng(0)), ACTIVATIONS.build("rrelu")
    first, second = apply(rrelu, z, {}, tape), apply(rrelu, z, {}, tape)
    np.testing.assert_array_equal(first[..., 0, :], 2.0)
    slopes = -first[..., 1:, :].astype(np.float64)
    assert (slopes >= 1 / 8).all()
    assert (slopes <= 1 / 3).all()
    assert abs((1 / slopes).mean() - 5.5) < 0.1
    assert abs(slopes.mean() - RRelu.mean_slope) < 2e-3
    assert abs(np.corrcoef(slopes.ravel(), -second[..., 1:, :].ravel())[0, 1]) < 0.05
    assert len(np.unique(slopes)) > 0.9 * slopes.size


def test_rrelu_learns_with_the_slopes_that_it_drew() -> None:
    z = np.random.default_rng(1).normal(size=(4, 50))
    tape, rrelu = make_tape(z, np.random.default_rng(2)), ACTIVATIONS.build("rrelu")
    a = apply(rrelu, z, {}, tape)
    np.testing.assert_allclose(rrelu.backward({}, {}, z, a, np.full_like(z, 3.0), tape), 3 * a / z, rtol=1e-14)


def test_the_mean_slope_of_rrelu_is_the_mean_of_one_over_r() -> None:
    middles = 3 + 5 * (np.arange(100_000) + 0.5) / 100_000
    assert pytest.approx(np.mean(1 / middles), rel=1e-9) == RRelu.mean_slope


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_family_is_he_for_rectifiers_only(name: str) -> None:
    assert ACTIVATIONS[name].family == ("he" if name in RECTIFIERS else "glorot")


def test_activations_say_whether_their_gradient_is_a_definition_of_its_own() -> None:
    assert {name for name in ACTIVATIONS if ACTIVATIONS[name].own_gradient} == STRAIGHT_THROUGH


@EVERY_VARIANT
@EVERY_LIBRARY
def test_the_code_to_take_home_gives_the_same_a(activation: Activation, library: Dialect) -> None:
    rng = np.random.default_rng(7)
    z = np.concatenate([rng.normal(0, 3, (4, 9)), np.full((4, 1), 0.0), np.full((4, 1), -900.0)], axis=1)
    z[:, -2:] *= np.array([[1.0], [-1.0], [1.0], [-1.0]])
    params = make_params(activation, 4, rng=rng)
    found = run(library, [f"a = {activation.code()}"], "a", z=z.T.copy(), **params)
    np.testing.assert_allclose(found, apply(activation, z, params).T, rtol=1e-9, atol=1e-9)
