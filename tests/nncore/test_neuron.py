"""The contract of every neuron type, over the registry: a new file in nncore/neurons is tested by being there."""

import math
from dataclasses import fields
from functools import partial
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from latex2mathml.converter import convert

from nncore.export.dialect import Dialect
from nncore.gradcheck import central_differences, relative_error
from nncore.initializers import Initializer, Rule
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.pieces import Pieces, whole
from nncore.slopes import Slopes
from nncore.spec import ZERO_SETS
from nncore.tape import Array, Tape
from tests.nncore.neuron_cases import DEFINED_GRADIENTS, DIRECTIONS, EVERY_VARIANT, parameters, slopes_along, with_ones
from tests.nncore.taken_home import EVERY_LIBRARY, run
from tests.nncore.variants import WithoutBias

GROUPS = {
    "first order",
    "second order",
    "higher order",
    "gated",
    "by distance",
    "quantised",
    "on the edges",
}


# The same examples every time: at the kinks of maxout, a ReLU gate or straight splines a difference means nothing, and
# among ever new examples one would land on a kink some day.
@EVERY_VARIANT
@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 6), st.sampled_from([(), (3,)]), st.integers(0, 10**6))
def test_gradients_agree_with_central_differences(
    neuron: NeuronType, fan_in: int, units: int, batch: int, lead: tuple[int, ...], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    params = parameters(neuron, fan_in, units, rng, lead)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    x = rng.normal(size=(*lead, fan_in, batch))
    weight = rng.normal(size=(*lead, units, batch))
    tape = Tape(batch, fan_in, units, lead=lead, dtype=np.float64)

    def value() -> float:
        return float(np.sum(weight * neuron.forward(params, with_ones(x), tape)))

    value()
    dx = neuron.backward(params, grads, tape, weight.copy(), True)
    assert dx is not None
    excluded = DEFINED_GRADIENTS.get(neuron.spec.name, (set(), ""))[0]
    for name, array, gradient in [("x", x, dx.copy()), *((name, params[name], grads[name]) for name in params)]:
        if name not in excluded:
            directions = rng.normal(size=(DIRECTIONS, *array.shape))
            expected = slopes_along(value, array, directions)
            assert relative_error((directions * gradient).reshape(DIRECTIONS, -1).sum(axis=1), expected) < 1e-6, name


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
def test_replicas_agree_where_they_are_views_of_one_vector(neuron: NeuronType) -> None:
    """As a network keeps them, in float32: arrays with steps between their numbers, which take other ways in NumPy."""
    for fan_in, units in ((1, 1), (2, 1), (2, 3)):
        agree_as_views(neuron, fan_in, units)


def agree_as_views(neuron: NeuronType, fan_in: int, units: int) -> None:
    rng = np.random.default_rng(15)
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(fan_in, units).items()}
    ends = np.cumsum([math.prod(shape) for shape in shapes.values()])

    def views(flat: Array) -> dict[str, Array]:
        parts = np.split(flat, ends[:-1], axis=-1)
        return {
            name: part.reshape(*flat.shape[:-1], *shape)
            for (name, shape), part in zip(shapes.items(), parts, strict=True)
        }

    theta = rng.normal(0, 0.7, (10, ends[-1])).astype(np.float32)
    grad = np.full_like(theta, np.nan)
    x, dz = with_ones(rng.normal(size=(fan_in, 7)).astype(np.float32)), rng.normal(size=(10, units, 7))
    dz = dz.astype(np.float32)
    together = Tape(7, fan_in, units, lead=(10,))
    z = neuron.forward(views(theta), x, together)
    dx = neuron.backward(views(theta), views(grad), together, dz, True)
    assert dx is not None
    for replica in range(10):
        tape, alone = Tape(7, fan_in, units), np.full(ends[-1], np.nan, np.float32)
        np.testing.assert_allclose(z[replica], neuron.forward(views(theta[replica]), x, tape), rtol=1e-4, atol=1e-4)
        dx_alone = neuron.backward(views(theta[replica]), views(alone), tape, dz[replica], True)
        assert dx_alone is not None
        np.testing.assert_allclose(dx[replica], dx_alone, rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(grad[replica], alone, rtol=1e-4, atol=1e-4)


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
    # A gate may overflow on the way to its limit, as training lets it.
    with np.errstate(over="ignore"):
        assert np.isfinite(neuron.forward(params, x, Tape(50, 4, 3))).all()


@EVERY_VARIANT
def test_slopes_are_those_of_a_pass_through_the_whole_layer_for_each_unit(neuron: NeuronType) -> None:
    rng = np.random.default_rng(5)
    params, x, tape = (
        parameters(neuron, 3, 7, rng),
        with_ones(rng.normal(size=(3, 33))),
        Tape(33, 3, 7, dtype=np.float64),
    )
    unused, found = {name: np.empty_like(array) for name, array in params.items()}, neuron.slopes(params, x, 7)
    for unit in range(7):
        dz = np.zeros((7, 33))
        dz[unit] = 1.0
        neuron.forward(params, x, tape)
        dx = neuron.backward(params, unused, tape, dz, True)
        assert dx is not None
        np.testing.assert_allclose(found.mean[unit], dx.mean(axis=1), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.size[unit], np.sqrt((dx**2).mean(axis=1)), rtol=1e-9, atol=1e-12)


@EVERY_VARIANT
def test_slopes_in_pieces_are_those_at_once(neuron: NeuronType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncore.neuron.FEWEST_SLOPE_POINTS", 10)
    monkeypatch.setattr("nncore.neuron.SLOPE_NUMBERS", 10)
    rng = np.random.default_rng(5)
    params, x = parameters(neuron, 3, 4, rng), with_ones(rng.normal(size=(3, 33)))
    found: list[Slopes] = []

    def kept() -> Pieces[None]:
        found.append((yield from neuron.slopes_pieces(params, x, 4)))

    assert sum(1 for _ in kept()) == (4 if neuron.slope_points(3, 4) else 1)
    expected = neuron.slopes(params, x, 4)
    np.testing.assert_allclose(found[0].mean, expected.mean, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[0].size, expected.size, rtol=1e-9)


def test_a_wide_layer_s_slopes_are_those_of_points_evenly_spread() -> None:
    neuron, rng = NEURONS.build("rbf"), np.random.default_rng(6)
    params, x = parameters(neuron, 16, 16, rng), with_ones(rng.normal(size=(16, 4000)))
    found = whole(neuron.slopes_pieces(params, x, 16))
    np.testing.assert_allclose(found.mean, neuron.slopes(params, x[:, ::3], 16).mean, rtol=1e-9, atol=1e-12)
    exact = neuron.slopes(params, x, 16)
    assert np.abs(found.mean - exact.mean).max() < 0.2 * exact.size.max()


@EVERY_VARIANT
def test_slopes_are_the_mean_and_the_root_mean_square_of_the_derivative(neuron: NeuronType) -> None:
    rng = np.random.default_rng(5)
    if "x" in DEFINED_GRADIENTS.get(neuron.spec.name, (set(), ""))[0]:
        return  # By its own backward pass: the test below holds that one against its definition.
    params, x, tape = parameters(neuron, 3, 4, rng), rng.normal(size=(3, 6)), Tape(6, 3, 4, dtype=np.float64)
    points = np.zeros((4, 3, 6))
    for unit in range(4):

        def value(unit: int = unit) -> float:
            return float(neuron.forward(params, with_ones(x), tape)[unit].sum())

        points[unit] = central_differences(value, x)
    ways = [neuron.slopes]
    if not isinstance(neuron, WithoutBias):  # which never goes the general way: its kind is asked
        ways.append(partial(NeuronType.slopes, neuron))
    for way in ways:
        found = way(params, with_ones(x), 4)
        assert found.mean.shape == found.size.shape == (4, 3)
        np.testing.assert_allclose(found.mean, points.mean(axis=-1), rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(found.size, np.sqrt((points**2).mean(axis=-1)), rtol=1e-6, atol=1e-7)


@EVERY_VARIANT
def test_same_generator_same_first_weights(neuron: NeuronType) -> None:
    def first_weights(seed: int) -> list[Array]:
        params = {name: np.full(p.shape, np.nan) for name, p in neuron.parameters(3, 4).items()}
        neuron.initialize(params, Initializer("glorot", np.random.default_rng(seed)))
        return list(params.values())

    for a, b in zip(first_weights(1), first_weights(1), strict=True):
        np.testing.assert_array_equal(a, b)
    assert any((a != b).any() for a, b in zip(first_weights(1), first_weights(2), strict=True))


@EVERY_VARIANT
def test_every_rule_fills_every_parameter(neuron: NeuronType) -> None:
    for rule in get_args(Rule):
        params = {name: np.full(p.shape, np.nan) for name, p in neuron.parameters(3, 4).items()}
        rng = np.random.default_rng(16)
        neuron.initialize(params, Initializer(rule, rng))
        z = neuron.forward(params, with_ones(rng.normal(size=(3, 5))), Tape(5, 3, 4, dtype=np.float64))
        assert np.isfinite(z).all(), rule
        # On a staircase, small weights stand on one stair: there, the weights tell units apart.
        seen = params["W"] if neuron.spec.name == "spiking" else z
        # Zeros are there to show broken symmetry: all units alike, and with any other rule they are not.
        assert (seen == seen[:1]).all() == (rule == "zeros"), rule


@EVERY_VARIANT
def test_float32_is_enough(neuron: NeuronType) -> None:
    """No formula loses what it computes in the difference of large numbers."""
    rng = np.random.default_rng(17)
    params, x = parameters(neuron, 3, 4, rng), with_ones(rng.normal(size=(3, 200)))
    short = {name: array.astype(np.float32) for name, array in params.items()}
    params = {name: array.astype(np.float64) for name, array in short.items()}
    x32 = x.astype(np.float32)
    z = neuron.forward(params, x32.astype(np.float64), Tape(200, 3, 4, dtype=np.float64))
    z32 = neuron.forward(short, x32, Tape(200, 3, 4))
    np.testing.assert_allclose(z32, z, rtol=1e-5, atol=3e-6 * float(np.abs(z).max()))


@pytest.mark.parametrize("name", NEURONS)
def test_fields_are_the_knobs_with_the_same_defaults(name: str) -> None:
    entry: Any = NEURONS[name]
    assert {f.name: f.default for f in fields(entry)} == {knob.name: knob.default for knob in entry.spec.knobs}


@pytest.mark.parametrize("name", NEURONS)
def test_every_kind_says_what_it_is(name: str) -> None:
    spec = NEURONS[name].spec
    assert spec.group in GROUPS
    assert spec.zero_set in ZERO_SETS
    assert spec.sentence.endswith(".")
    assert spec.sentence.count(".") == 1
    assert "merror" not in convert(spec.formula) + convert(spec.formula_without_bias or "z")


def test_kinds_say_whether_their_gradient_is_a_definition_of_its_own() -> None:
    assert {name for name in NEURONS if NEURONS[name].own_gradient} == set(DEFINED_GRADIENTS)


@EVERY_VARIANT
@EVERY_LIBRARY
def test_the_code_to_take_home_gives_the_same_z(neuron: NeuronType, library: Dialect) -> None:
    rng = np.random.default_rng(16)
    for fan_in, units, points in ((1, 1, 1), (2, 3, 5), (3, 1, 4), (4, 5, 0)):
        params, x = parameters(neuron, fan_in, units, rng), rng.normal(size=(fan_in, points))
        z = neuron.forward(params, with_ones(x), Tape(points, fan_in, units, dtype=np.float64))
        found = run(library, neuron.code(), "z", x=x.T.copy(), **params)
        np.testing.assert_allclose(found, z.T, rtol=1e-9, atol=1e-9, err_msg=f"{fan_in}, {units}, {points}")


@EVERY_VARIANT
def test_no_parameter_has_a_name_that_the_code_to_take_home_gives_away(neuron: NeuronType) -> None:
    assert not {"x", "z", "a", "p", "points", "np", "torch"} & set(neuron.parameters(2, 3))
