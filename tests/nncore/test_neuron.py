"""The contract of every neuron type, over the registry: a new file in nncore/neurons is tested by being there."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.gradcheck import central_differences, relative_error
from nncore.initializers import Initializer
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Array, Tape
from tests.nncore.variants import every_variant

EVERY_VARIANT = pytest.mark.parametrize("neuron", every_variant(NEURONS), ids=str)


def parameters(
    neuron: NeuronType,
    fan_in: int,
    units: int,
    rng: np.random.Generator,
    lead: tuple[int, ...] = (),
    dtype: type = np.float64,
) -> dict[str, Array]:
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(fan_in, units).items()}
    return {name: rng.normal(0, 0.7, (*lead, *shape)).astype(dtype) for name, shape in shapes.items()}


def with_ones(x: Array) -> Array:
    return np.concatenate([x, np.ones((*x.shape[:-2], 1, x.shape[-1]), x.dtype)], axis=-2)


def check_gradients(neuron: NeuronType, fan_in: int, units: int, batch: int, lead: tuple[int, ...], seed: int) -> None:
    rng = np.random.default_rng(seed)
    params = parameters(neuron, fan_in, units, rng, lead)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    x = rng.normal(size=(*lead, fan_in, batch))
    direction = rng.normal(size=(*lead, units, batch))
    tape = Tape(batch, fan_in, units, lead=lead, dtype=np.float64)

    def value() -> float:
        return float(np.sum(direction * neuron.forward(params, with_ones(x), tape)))

    value()
    dx = neuron.backward(params, grads, tape, direction.copy(), True)
    assert dx is not None
    analytic_dx = dx.copy()
    for name, array in params.items():
        assert relative_error(grads[name], central_differences(value, array)) < 1e-6, name
    assert relative_error(analytic_dx, central_differences(value, x)) < 1e-6


@EVERY_VARIANT
@settings(max_examples=8, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 6), st.sampled_from([(), (3,)]), st.integers(0, 10**6))
def test_gradients_agree_with_central_differences(
    neuron: NeuronType, fan_in: int, units: int, batch: int, lead: tuple[int, ...], seed: int
) -> None:
    check_gradients(neuron, fan_in, units, batch, lead, seed)


@EVERY_VARIANT
def test_replicas_compute_what_each_would_alone(neuron: NeuronType) -> None:
    rng = np.random.default_rng(1)
    params = parameters(neuron, 3, 4, rng, (5,))
    shared = with_ones(rng.normal(size=(3, 7)))
    dz = rng.normal(size=(5, 4, 7))
    tape = Tape(7, 3, 4, lead=(5,), dtype=np.float64)
    grads = {name: np.empty_like(array) for name, array in params.items()}
    z = neuron.forward(params, shared, tape).copy()
    neuron.backward(params, grads, tape, dz, False)
    for replica in range(5):
        alone = {name: array[replica] for name, array in params.items()}
        alone_grads = {name: np.empty_like(array) for name, array in alone.items()}
        single = Tape(7, 3, 4, dtype=np.float64)
        np.testing.assert_allclose(z[replica], neuron.forward(alone, shared, single), rtol=1e-12, atol=1e-12)
        assert neuron.backward(alone, alone_grads, single, dz[replica], False) is None
        for name, gradient in alone_grads.items():
            np.testing.assert_allclose(grads[name][replica], gradient, rtol=1e-12, atol=1e-12)


@EVERY_VARIANT
def test_one_pass_leaves_nothing_behind_for_the_next(neuron: NeuronType) -> None:
    rng = np.random.default_rng(2)
    params, tape = parameters(neuron, 2, 3, rng), Tape(4, 2, 3, dtype=np.float64)
    x, other, dz = with_ones(rng.normal(size=(2, 4))), with_ones(rng.normal(size=(2, 4))), rng.normal(size=(3, 4))
    grads = {name: np.empty_like(array) for name, array in params.items()}

    def once() -> list[Array]:
        z = neuron.forward(params, x, tape).copy()
        dx = neuron.backward(params, grads, tape, dz, True)
        assert dx is not None
        return [z, dx.copy(), *(gradient.copy() for gradient in grads.values())]

    first = once()
    neuron.forward(params, other, tape)
    for before, after in zip(first, once(), strict=True):
        np.testing.assert_array_equal(before, after)


@EVERY_VARIANT
def test_forward_and_backward_leave_their_inputs_alone(neuron: NeuronType) -> None:
    rng = np.random.default_rng(3)
    params, tape = parameters(neuron, 2, 3, rng), Tape(4, 2, 3, dtype=np.float64)
    x, dz = with_ones(rng.normal(size=(2, 4))), rng.normal(size=(3, 4))
    kept = [x.copy(), dz.copy(), *(array.copy() for array in params.values())]
    neuron.forward(params, x, tape)
    neuron.backward(params, {name: np.empty_like(array) for name, array in params.items()}, tape, dz, True)
    for before, after in zip(kept, [x, dz, *params.values()], strict=True):
        np.testing.assert_array_equal(before, after)


@EVERY_VARIANT
def test_large_inputs_stay_finite(neuron: NeuronType) -> None:
    rng = np.random.default_rng(4)
    params = parameters(neuron, 4, 3, rng, dtype=np.float32)
    x = with_ones(rng.normal(0, 1e5, (4, 50)).astype(np.float32))
    assert np.isfinite(neuron.forward(params, x, Tape(50, 4, 3))).all()


@EVERY_VARIANT
def test_mean_slope_is_the_mean_derivative(neuron: NeuronType) -> None:
    rng = np.random.default_rng(5)
    params, x, tape = parameters(neuron, 3, 4, rng), rng.normal(size=(3, 6)), Tape(6, 3, 4, dtype=np.float64)
    slopes = np.zeros((4, 3))
    for unit in range(4):

        def value(unit: int = unit) -> float:
            return float(neuron.forward(params, with_ones(x), tape)[unit].sum())

        slopes[unit] = central_differences(value, x).mean(axis=1)
    for found in (
        neuron.mean_slope(params, with_ones(x), 4),
        NeuronType.mean_slope(neuron, params, with_ones(x), 4),
    ):
        assert found.shape == (4, 3)
        np.testing.assert_allclose(found, slopes, rtol=1e-6, atol=1e-7)


@EVERY_VARIANT
@pytest.mark.parametrize("rule", ["glorot", "he"])
def test_first_weights_give_z_about_unit_variance(neuron: NeuronType, rule: str) -> None:
    rng = np.random.default_rng(6)
    x, variances = with_ones(rng.standard_normal((32, 2000))), []
    for _ in range(20):
        params = {name: np.full(p.shape, np.nan) for name, p in neuron.parameters(32, 32).items()}
        neuron.initialize(params, Initializer(rule, rng))
        variances.append(neuron.forward(params, x, Tape(2000, 32, 32, dtype=np.float64)).var())
    # He's rule doubles the variance on purpose: a rectifier throws half of it away. A product of two sums doubles it
    # once more.
    assert 0.5 < np.mean(variances) < (1.7 if rule == "glorot" else 4.5)


@EVERY_VARIANT
def test_same_generator_same_first_weights(neuron: NeuronType) -> None:
    def first_weights(seed: int) -> list[Array]:
        params = {name: np.full(p.shape, np.nan) for name, p in neuron.parameters(3, 4).items()}
        neuron.initialize(params, Initializer("glorot", np.random.default_rng(seed)))
        return list(params.values())

    for a, b in zip(first_weights(1), first_weights(1), strict=True):
        np.testing.assert_array_equal(a, b)
    assert any((a != b).any() for a, b in zip(first_weights(1), first_weights(2), strict=True))


@pytest.mark.parametrize("name", NEURONS)
def test_fields_are_the_knobs_with_the_same_defaults(name: str) -> None:
    entry = NEURONS[name]
    assert {f.name: f.default for f in fields(entry)} == {knob.name: knob.default for knob in entry.spec.knobs}


@pytest.mark.parametrize(
    ("name", "knobs", "count"),
    [
        ("linear", {}, 4 * 8),
        ("square", {}, 4 * 8),
        ("quadratic", {}, 10 * 8),
        ("polynomial", {"degree": 3}, 10 * 8),
        ("polynomial", {"degree": 5, "lower": False}, 4 * 8),
    ],
)
def test_parameter_counts_are_the_published_ones(name: str, knobs: dict[str, object], count: int) -> None:
    shapes = [parameter.shape for parameter in NEURONS.build(name, knobs).parameters(3, 8).values()]
    assert sum(int(np.prod(shape)) for shape in shapes) == count


def plain_formula(neuron: NeuronType, params: dict[str, Array], x: list[float], unit: int) -> float:
    """z of one unit at one point, in plain loops from the published formula alone."""
    n = len(x)
    match neuron.spec.name:
        case "linear":
            W = params["W"][unit]
            return sum(W[i] * x[i] for i in range(n)) + W[n]
        case "square":
            W = params["W"][unit]
            return sum(W[i] * x[i] ** 2 for i in range(n)) + W[n]
        case "quadratic":
            units = params["C"].shape[0]
            A, B, C = params["AB"][unit], params["AB"][units + unit], params["C"][unit]
            left, right = sum(A[i] * x[i] for i in range(n)), sum(B[i] * x[i] for i in range(n))
            return left * right + sum(C[i] * x[i] for i in range(n)) + C[n]
        case "polynomial":
            W, powers = params["W"][unit], neuron.powers
            return sum(W[j * n + i] * x[i] ** k for j, k in enumerate(powers) for i in range(n)) + W[-1]
        case unknown:
            raise AssertionError(f"no plain formula for {unknown}")


@EVERY_VARIANT
def test_forward_agrees_with_the_formula_in_plain_loops(neuron: NeuronType) -> None:
    rng = np.random.default_rng(7)
    params, x = parameters(neuron, 3, 4, rng), rng.normal(size=(3, 5))
    z = neuron.forward(params, with_ones(x), Tape(5, 3, 4, dtype=np.float64))
    expected = [[plain_formula(neuron, params, list(x[:, row]), unit) for row in range(5)] for unit in range(4)]
    np.testing.assert_allclose(z, expected, rtol=1e-10, atol=1e-12)
