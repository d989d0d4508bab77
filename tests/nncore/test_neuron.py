"""The contract of every neuron type, over the registry: a new file in nncore/neurons is tested by being there."""

import math
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from latex2mathml.converter import convert

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.export.dialect import Dialect
from nncore.gradcheck import STEP, central_differences, relative_error
from nncore.initializers import Initializer, Rule
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.spec import ZERO_SETS
from nncore.tape import Array, Tape
from nncore.trainer import Trainer
from tests.nncore.plain_neurons import FORMULAS, plain
from tests.nncore.taken_home import EVERY_LIBRARY, run
from tests.nncore.variants import every_kind_without_bias, every_variant

EVERY_VARIANT = pytest.mark.parametrize("neuron", [*every_variant(NEURONS), *every_kind_without_bias()], ids=str)
DIRECTIONS = 4
"""One at random finds any wrong slope; z hardly changes along one now and then, but not along all of a few."""
GROUPS = {
    "first order",
    "second order",
    "higher order",
    "gated",
    "by distance",
    "quantised",
    "on the edges",
}

# Parameters (and "x") whose gradient is not the plain derivative of z, so that differences of z say nothing about it.
# They are held against their definitions: the plain loops below, and for `binary` a function with that derivative.
DEFINED_GRADIENTS: dict[str, tuple[set[str], str]] = {
    "adder": ({"W", "x"}, "AdderNet, equations 5 to 7: the difference for its sign, a clipped difference for x"),
    "binary": ({"W"}, "straight-through: sign(W) is flat, and learns as if it were not"),
}

# Kinds whose z starts with a variance of their own, and those that have a linear neuron's only for many inputs: between
# which multiples of it theirs lies.
OWN_VARIANCE = {
    "rbf": "z lies between 0 and 1 whatever the weights",
    "adder": "its authors leave the scale to batch normalisation: z starts with unit variance whatever the rule",
}
NEARLY_VARIANCE = {
    "attention": (0.8, 1.4, "it starts near equal attention, and what is left of the difference adds to the variance"),
    "binary": (0.8, 1.5, "α² is that of a unit with many weights, drawn uniformly"),
    "maxout": (0.8, 3.3, "the pieces of a unit with few inputs are large together: ‖x‖ is theirs in common"),
}


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


def slopes_along(value: Callable[[], float], array: Array, directions: Array) -> Array:
    """The derivative of `value` along each of `directions` (many, *array.shape) at `array`, by central differences."""
    kept, slopes = array.copy(), []
    for direction in directions:
        array[...] = kept + STEP * direction
        above = value()
        array[...] = kept - STEP * direction
        slopes.append((above - value()) / (2 * STEP))
    array[...] = kept
    return np.array(slopes)


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
def test_slopes_are_the_same_to_the_bit_however_many_units_go_together(
    neuron: NeuronType, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    params = parameters(neuron, 3, 7, rng, dtype=np.float32)
    x = with_ones(rng.normal(size=(3, 33)).astype(np.float32))
    found = []
    for together in (7, 1, 3):
        monkeypatch.setattr("nncore.neuron.COLUMNS_TOGETHER", together * 33)
        slopes = NeuronType.slopes(neuron, params, x, 7)
        found.append(np.stack([slopes.mean, slopes.size]))
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])


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
    for found in (
        neuron.slopes(params, with_ones(x), 4),
        NeuronType.slopes(neuron, params, with_ones(x), 4),
    ):
        assert found.mean.shape == found.size.shape == (4, 3)
        np.testing.assert_allclose(found.mean, points.mean(axis=-1), rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(found.size, np.sqrt((points**2).mean(axis=-1)), rtol=1e-6, atol=1e-7)


def first_variance(
    neuron: NeuronType, rule: Rule, fan_in: int, units: int, draws: int = 250, *, biased: bool = True
) -> float:
    """Of z over many first weights, units and standard normal points: more of these where a unit has few weights."""
    rng, points = np.random.default_rng(6), 20 + 400 // fan_in
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(fan_in, units).items()}
    params = {name: np.full((draws, *shape), np.nan) for name, shape in shapes.items()}
    for draw in range(draws):
        neuron.initialize({name: array[draw] for name, array in params.items()}, Initializer(rule, rng, biased=biased))
    x = with_ones(rng.standard_normal((draws, fan_in, points)))
    x[..., -1, :] = float(biased)
    return float(neuron.forward(params, x, Tape(points, fan_in, units, lead=(draws,), dtype=np.float64)).var())


@pytest.mark.parametrize("neuron", [n for n in every_variant(NEURONS) if n.spec.name not in OWN_VARIANCE], ids=str)
@pytest.mark.parametrize(("rule", "fan_in", "units"), [("glorot", 1, 4), ("he", 2, 8), ("glorot", 8, 4)])
def test_z_starts_with_the_variance_of_a_linear_neuron(neuron: NeuronType, rule: Rule, fan_in: int, units: int) -> None:
    """He's rule gives 2, since a rectifier throws half away, Glorot's 2 n / (n + m): whatever multiplies in a kind."""
    linear = 2.0 if rule == "he" else 2 * fan_in / (fan_in + units)
    low, high, _ = NEARLY_VARIANCE.get(neuron.spec.name, (0.8, 1.25, ""))
    assert low < first_variance(neuron, rule, fan_in, units) / linear < high


@pytest.mark.parametrize("rule", ["glorot", "he"])
@pytest.mark.parametrize(("fan_in", "units"), [(2, 8), (8, 4)])
def test_a_fan_neuron_without_biases_starts_with_it_too(rule: Rule, fan_in: int, units: int) -> None:
    linear = 2.0 if rule == "he" else 2 * fan_in / (fan_in + units)
    assert 0.8 < first_variance(NEURONS.build("fan"), rule, fan_in, units, biased=False) / linear < 1.25


def test_a_kind_whose_variance_is_only_near_a_linear_neurons_has_it_for_many_inputs() -> None:
    for name in NEARLY_VARIANCE:
        assert 0.8 < first_variance(NEURONS.build(name), "glorot", 40, 40, 30) < 1.25, name


@pytest.mark.parametrize("rule", ["glorot", "he"])
@pytest.mark.parametrize("fan_in", [1, 2, 8, 16])
def test_an_adder_starts_with_unit_variance_whatever_the_rule(rule: Rule, fan_in: int) -> None:
    assert 0.9 < first_variance(NEURONS.build("adder"), rule, fan_in, 8) < 1.1


def test_the_rule_auto_is_one_of_those_whose_variances_are_known() -> None:
    assert {ACTIVATIONS[name].family for name in ACTIVATIONS} == {"glorot", "he"}


def test_six_layers_of_squared_sums_do_not_start_with_a_loss_beyond_all_measure() -> None:
    """Each layer squares how far off the one before was, so a few starts stay wild; with He's 2 squared, most were."""
    layer = {"units": 8, "neuron": "squared_sum", "activation": "relu"}
    trainer = Trainer(Config.from_json({"layers": [layer] * 6}), replicas=60, record=False)
    losses = np.asarray(trainer.evaluate().train_loss)
    assert np.median(losses) < 1.0
    assert (losses > 1.0).sum() <= 12
    assert losses.max() < 3.5e8


@EVERY_VARIANT
@pytest.mark.parametrize(("fan_in", "units"), [(1, 1), (2, 8), (5, 3)])
def test_the_declared_cost_grows_with_the_layer_and_no_input_is_free(
    neuron: NeuronType, fan_in: int, units: int
) -> None:
    """Whether it is right to the operation, test_cost counts where there are plain loops."""

    def cost(fan_in: int, units: int) -> list[int]:
        return list(neuron.cost(fan_in, units).to_json().values())

    here, unit = cost(fan_in, units), np.subtract(cost(fan_in, units + 1), cost(fan_in, units))
    assert min(here) >= 0
    assert sum(here[:2]) >= fan_in * units
    assert np.subtract(cost(fan_in, units + 2), cost(fan_in, units + 1)).tolist() == unit.tolist()
    assert np.subtract(cost(fan_in + 1, units), here).min() >= 0


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
        # Zeros are there to show broken symmetry: all units alike, and with any other rule they are not.
        assert (z == z[:1]).all() == (rule == "zeros"), rule


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


# For 3 inputs and 8 units, as NEURONS' sources count them.
COUNTS: list[tuple[str, dict[str, object], int]] = [
    ("linear", {}, (3 + 1) * 8),
    ("square", {}, (3 + 1) * 8),
    ("squared_sum", {}, (3 + 1) * 8),
    ("product", {}, 2 * (3 + 1) * 8),
    ("bilinear_form", {}, (9 + 3 + 1) * 8),
    ("bilinear_form", {"linear": False}, (9 + 1) * 8),
    ("form_square", {}, (9 + 3 + 1) * 8),
    ("fan", {}, 3 * (3 + 1) * 8),
    ("quadratic", {}, (3 * 3 + 1) * 8),
    ("low_rank", {"rank": 1}, (3 * 3 + 1) * 8),
    ("low_rank", {"rank": 4}, (2 * 4 * 3 + 3 + 1) * 8),
    ("polynomial", {"degree": 3}, (3 * 3 + 1) * 8),
    ("polynomial", {"degree": 5, "lower": False}, (3 + 1) * 8),
    ("pi_net", {"degree": 4}, (4 * 3 + 1) * 8),
    ("glu", {}, 2 * (3 + 1) * 8),
    ("attention", {}, (3 * 3 + 1) * 8),
    ("rbf", {}, (3 + 1) * 8),
    ("adder", {}, (3 + 2) * 8),
    ("binary", {}, (3 + 1) * 8),
    ("kan", {}, (3 * (5 + 3 + 1) + 1) * 8),
    ("kan", {"grid": 2, "order": 4}, (3 * (2 + 4 + 1) + 1) * 8),
    ("maxout", {"pieces": 5}, 5 * (3 + 1) * 8),
]


@pytest.mark.parametrize(("name", "knobs", "count"), COUNTS)
def test_parameter_counts_are_the_published_ones(name: str, knobs: dict[str, object], count: int) -> None:
    shapes = [parameter.shape for parameter in NEURONS.build(name, knobs).parameters(3, 8).values()]
    assert sum(math.prod(shape) for shape in shapes) == count


def test_every_plain_formula_has_its_kind_and_its_count() -> None:
    assert {name for name, _, _ in COUNTS} == set(FORMULAS) <= set(NEURONS)


@pytest.mark.parametrize("name", NEURONS)
def test_every_kind_says_what_it_is(name: str) -> None:
    spec = NEURONS[name].spec
    assert spec.group in GROUPS
    assert spec.zero_set in ZERO_SETS
    assert spec.sentence.endswith(".")
    assert spec.sentence.count(".") == 1
    assert "merror" not in convert(spec.formula) + convert(spec.formula_without_bias or "z")


# A new kind is held to the contract above by being there; its second implementation joins when somebody writes it.
@pytest.mark.parametrize("neuron", [n for n in every_variant(NEURONS) if n.spec.name in FORMULAS], ids=str)
@settings(max_examples=6, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 4), st.sampled_from([0.3, 1.0, 3.0]), st.integers(0, 10**6))
def test_both_passes_agree_with_the_plain_loops(
    neuron: NeuronType, fan_in: int, units: int, batch: int, size: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    params, x = parameters(neuron, fan_in, units, rng), rng.normal(0, size, (fan_in, batch))
    dz, tape = rng.normal(size=(units, batch)), Tape(batch, fan_in, units, dtype=np.float64)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    z = neuron.forward(params, with_ones(x), tape).copy()
    dx = neuron.backward(params, grads, tape, dz, True)
    plain_z, plain_dx = np.zeros_like(z), np.zeros_like(x)
    plain_grads = {name: np.zeros_like(array) for name, array in params.items()}
    for unit in range(units):
        for column in range(batch):
            found = plain(neuron, params, [float(value) for value in x[:, column]], unit, units)
            plain_z[unit, column] = found.z
            for (name, row, place), slope in found.d.items():
                plain_grads[name][row, place] += dz[unit, column] * slope
            for i in range(fan_in):
                plain_dx[i, column] += dz[unit, column] * found.dx[i]
    agrees(z, plain_z)
    agrees(dx, plain_dx)
    for name, gradient in grads.items():
        agrees(gradient, plain_grads[name])


def agrees(found: Array | None, expected: Array) -> None:
    """To 1e-10, of each number or, where terms cancel, of the largest."""
    assert found is not None
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-10 * max(1.0, float(np.abs(expected).max())))


def test_the_mean_slope_of_an_adder_is_the_mean_of_its_own_gradient() -> None:
    """|x - w| has slope 1 or -1 everywhere; an adder passes back the clipped difference, and links show that."""
    rng = np.random.default_rng(8)
    neuron = NEURONS.build("adder")
    params, x = parameters(neuron, 3, 4, rng), rng.normal(size=(3, 6))
    points = [[plain(neuron, params, list(x[:, column]), unit, 4).dx for column in range(6)] for unit in range(4)]
    np.testing.assert_allclose(neuron.slopes(params, with_ones(x), 4).mean, np.mean(points, axis=1), rtol=1e-10)


@pytest.mark.parametrize("lead", [(), (3,)])
def test_binary_learns_as_if_its_signs_were_slopes(lead: tuple[int, ...]) -> None:
    """With sign(W0) + HT(W) - HT(W0) for sign(W), near W0 the plain derivative is the straight-through one."""
    rng = np.random.default_rng(9)
    neuron = NEURONS.build("binary")
    params, x, dz = parameters(neuron, 3, 4, rng, lead), rng.normal(size=(3, 6)), rng.normal(size=(*lead, 4, 6))
    assert (np.abs(params["W"]) > 1).any()
    grads = {name: np.empty_like(array) for name, array in params.items()}
    tape = Tape(6, 3, 4, lead=lead, dtype=np.float64)
    neuron.forward(params, with_ones(x), tape)
    neuron.backward(params, grads, tape, dz, False)
    W, start = params["W"].copy(), params["W"].copy()

    def value() -> float:
        alpha = np.abs(W).mean(axis=-1, keepdims=True)
        sign = np.sign(start) + np.clip(W, -1, 1) - np.clip(start, -1, 1)
        return float(np.sum(dz * ((alpha * sign) @ x)))

    assert relative_error(grads["W"], central_differences(value, W)) < 1e-6


ZEROS_OF_BINARY = [
    ([0.0, 0.5], [1.0, 1.0], 0.25),
    ([-0.0, 0.5], [0.0, 1.0], 0.5),
    ([-0.5, -0.0], [-1.0, 0.0], 0.5),
    ([-0.0, -0.0], [0.0, 0.0], 0.0),
    ([-0.0, 0.0], [0.0, 1.0], 0.0),
]


@pytest.mark.parametrize(("W", "signs", "alpha"), ZEROS_OF_BINARY)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("lead", [(), (3,)])
def test_a_zero_has_the_sign_one_and_a_pruned_weight_is_gone(
    W: list[float], signs: list[float], alpha: float, dtype: type, lead: tuple[int, ...]
) -> None:
    """By hand; pruned is minus zero, and the mean of sizes is of those that are left."""
    neuron = NEURONS.build("binary")
    x: Array = np.array([[3.0, -1.0], [5.0, 2.0], [1.0, 1.0]], dtype)
    params: dict[str, Array] = {
        "W": np.broadcast_to(np.array([W], dtype), (*lead, 1, 2)).copy(),
        "b": np.full((*lead, 1, 1), 0.5, dtype),
    }
    tape = Tape(2, 2, 1, lead=lead, dtype=dtype)
    z = neuron.forward(params, x, tape)
    expected = [alpha * (signs[0] * a + signs[1] * b) + 0.5 for a, b in x[:2].T.tolist()]
    np.testing.assert_allclose(z, np.broadcast_to(expected, (*lead, 1, 2)), rtol=1e-6)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    neuron.backward(params, grads, tape, np.ones((*lead, 1, 2), dtype), False)
    slopes = [plain(neuron, {"W": [W], "b": [[0.5]]}, list(column), 0, 1).d for column in x[:2].T.tolist()]
    for i in range(2):
        np.testing.assert_allclose(grads["W"][..., 0, i], slopes[0]["W", 0, i] + slopes[1]["W", 0, i], rtol=1e-6)
    if not lead:
        np.testing.assert_allclose(neuron.slopes(params, x, 1).mean, [[alpha * sign for sign in signs]], rtol=1e-6)


@pytest.mark.parametrize(("W", "signs", "alpha"), ZEROS_OF_BINARY)
@EVERY_LIBRARY
def test_the_binary_code_to_take_home_knows_what_is_pruned(
    W: list[float], signs: list[float], alpha: float, library: Dialect
) -> None:
    x = np.array([[3.0, 5.0], [-1.0, 2.0]])
    found = run(library, NEURONS.build("binary").code(), "z", x=x, W=np.array([W]), b=np.array([[0.5]]))
    np.testing.assert_allclose(found, x @ np.array([signs]).T * alpha + 0.5, rtol=1e-12)


def test_what_training_prunes_from_a_binary_unit_no_longer_moves_its_output() -> None:
    """Through a whole run: an input all of whose weights L1 has taken out can be anything."""
    data = {"name": "gaussians", "count": 80}
    layers = [{"units": 2, "neuron": "binary"}]
    config = {"data": data, "layers": layers, "output": {"neuron": "binary"}, "l1": 0.05, "prune": True}
    trainer = Trainer(Config.from_json(config | {"optimizer": "sgd"})).run(60)
    W = dict(trainer.network.parameters())["layers.0.W"]
    gone = (W == 0) & np.signbit(W)
    assert gone.any()
    unit, column = np.argwhere(gone)[0]
    x = with_ones(np.random.default_rng(19).normal(size=(2, 5)).astype(np.float32))
    moved = x.copy()
    moved[column] += 1.0
    tape = trainer.network.tape(5)
    trainer.network.forward(x, tape)
    before = tape.passes[0].z[unit].copy()
    trainer.network.forward(moved, tape)
    np.testing.assert_array_equal(tape.passes[0].z[unit], before)


@pytest.mark.parametrize("name", ["adder", "binary"])
@pytest.mark.parametrize("lead", [(), (3,)])
def test_hooks_hold_for_every_replica(name: str, lead: tuple[int, ...]) -> None:
    """AdderNet: the gradient of a layer's W gets the length η √k. Binary weights are brought back to [-1, 1]."""
    rng = np.random.default_rng(10)
    neuron = NEURONS.build(name)
    params = {key: 3 * array for key, array in parameters(neuron, 5, 4, rng, lead).items()}
    kept = {key: array.copy() for key, array in params.items()}
    grads = {key: np.random.default_rng(11).normal(size=array.shape) for key, array in params.items()}
    before = {key: array.copy() for key, array in grads.items()}
    neuron.rescale(params, grads)
    neuron.constrain(params)
    for key in set(params) - {"W"}:
        np.testing.assert_array_equal(params[key], kept[key])
        np.testing.assert_array_equal(grads[key], before[key])
    if name == "binary":
        np.testing.assert_array_equal(params["W"], np.clip(kept["W"], -1, 1))
        np.testing.assert_array_equal(grads["W"], before["W"])
    else:
        np.testing.assert_array_equal(params["W"], kept["W"])
        for found, given in zip(grads["W"].reshape(-1, 20), before["W"].reshape(-1, 20), strict=True):
            np.testing.assert_allclose(found, 0.1 * math.sqrt(20) * given / np.linalg.norm(given), rtol=1e-12)


@pytest.mark.parametrize("size", [1e-12, 1.0, 1e37])
def test_an_adders_gradient_is_rescaled_however_small_or_large(size: float) -> None:
    neuron = NEURONS.build("adder", {"eta": 0.5})
    grads = {"W": np.full((4, 5), size, np.float32)}
    neuron.rescale({}, grads)
    np.testing.assert_allclose(grads["W"], 0.5, rtol=1e-6)


@pytest.mark.parametrize("size", [0.0, 1e-37, 1e-20, 1e-14])
def test_an_adders_gradient_of_nothing_but_rounding_is_no_step(size: float) -> None:
    """Its authors divide by a length of at least 1e-12."""
    neuron = NEURONS.build("adder", {"eta": 0.5})
    grads = {"W": np.full((4, 5), size, np.float32)}
    neuron.rescale({}, grads)
    np.testing.assert_allclose(grads["W"], 0.5 * math.sqrt(20) * size / 1e-12, rtol=1e-6)


@pytest.mark.parametrize(("fan_in", "gamma"), [(1, 1.0), (2, 1.0), (8, 1.0), (16, 1.0), (64, 0.25)])
@pytest.mark.parametrize("rule", ["glorot", "he", "small"])
def test_radial_units_start_with_a_gamma_of_one_and_are_never_all_silent(fan_in: int, gamma: float, rule: Rule) -> None:
    rng = np.random.default_rng(12)
    neuron = NEURONS.build("rbf")
    params = {name: np.empty(p.shape) for name, p in neuron.parameters(fan_in, 50).items()}
    neuron.initialize(params, Initializer(rule, rng))
    np.testing.assert_allclose(np.exp(params["log_gamma"]), gamma, rtol=1e-12)
    z = neuron.forward(params, with_ones(rng.uniform(-1, 1, (fan_in, 200))), Tape(200, fan_in, 50, dtype=np.float64))
    assert z.max() > 1e-3


@pytest.mark.parametrize("log_gamma", [-1e6, -88.0, 0.0, 20.0, 88.0, 1e6])
@pytest.mark.parametrize("size", [0.0, 1.0, 1e10, 1e30])
@pytest.mark.parametrize("lead", [(), (3,)])
def test_a_radial_unit_never_overflows_however_narrow_it_has_become(
    log_gamma: float, size: float, lead: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(18)
    neuron, tape = NEURONS.build("rbf"), Tape(6, 2, 4, lead=lead)
    params = parameters(neuron, 2, 4, rng, lead, np.float32)
    params["log_gamma"][...] = log_gamma
    neuron.constrain(params)
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    x = with_ones((size * rng.normal(size=(2, 6))).astype(np.float32))
    with np.errstate(over="ignore"):
        z = neuron.forward(params, x, tape)
        dx = neuron.backward(params, grads, tape, np.ones((*lead, 4, 6), np.float32), True)
    assert dx is not None
    for array in (z, dx, *grads.values()):
        assert np.isfinite(array).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_log_gamma_is_brought_back_into_its_bounds_after_each_step(dtype: type) -> None:
    trainer = Trainer(Config.from_json({"layers": [{"units": 3, "neuron": "rbf"}]}), dtype=dtype)
    log_gamma = dict(trainer.network.parameters())["layers.0.log_gamma"]
    log_gamma[:, 0] = [-60.0, 0.5, 60.0]
    trainer.advance(1)
    assert log_gamma[[0, 2], 0].tolist() == [-20.0, 20.0]
    assert 0.3 < log_gamma[1, 0] < 0.7


def test_of_equal_pieces_the_first_learns() -> None:
    """So that weights that are all zero do not learn the same thing once for every piece."""
    neuron = NEURONS.build("maxout", {"pieces": 3})
    params, grads = {"W": np.zeros((6, 3))}, {"W": np.full((6, 3), np.nan)}
    tape = Tape(4, 2, 2, dtype=np.float64)
    neuron.forward(params, np.ones((3, 4)), tape)
    neuron.backward(params, grads, tape, np.ones((2, 4)), False)
    np.testing.assert_array_equal(grads["W"], np.repeat([4.0, 0.0, 0.0], 2)[:, None] * np.ones(3))


def test_outside_the_extended_grid_only_the_base_function_acts() -> None:
    neuron = NEURONS.build("kan", {"grid": 4, "order": 2})
    params = parameters(neuron, 1, 1, np.random.default_rng(13))
    edge = 1 + 2 * 2 / 4
    x = np.array([[-edge - 1e-6, edge + 1e-6, -50.0, 50.0]])
    z = neuron.forward(params, with_ones(x), Tape(4, 1, 1, dtype=np.float64))
    np.testing.assert_allclose(z, params["W"][0, 0] * x / (1 + np.exp(-x)) + params["W"][0, -1], rtol=1e-12)


def test_splines_add_up_to_one_on_the_square() -> None:
    """Any knobs: with every coefficient 1 and no base function, a curve is the constant 1 from -1 to 1."""
    for neuron in every_variant(NEURONS):
        if neuron.spec.name == "kan":
            params = {"W": np.ones((1, neuron.functions + 1))}
            params["W"][0, [0, -1]] = 0.0
            x = np.linspace(-1, 1, 101)[None]
            z = neuron.forward(params, with_ones(x), Tape(101, 1, 1, dtype=np.float64))
            np.testing.assert_allclose(z, 1.0, rtol=1e-12)


def test_relatives_are_each_other() -> None:
    """A square of a sum is a form of rank 1, a form of rank 1 the quadratic neuron, a bilinear gate the product."""
    rng = np.random.default_rng(14)
    x = with_ones(rng.normal(size=(3, 6)))

    def z(name: str, params: dict[str, Array], knobs: dict[str, object] | None = None) -> Array:
        return NEURONS.build(name, knobs).forward(params, x, Tape(6, 3, 2, dtype=np.float64)).copy()

    AB, C, W = rng.normal(size=(4, 4)), rng.normal(size=(2, 4)), rng.normal(size=(2, 3))
    b = rng.normal(size=(2, 1))
    same = np.testing.assert_allclose
    same(z("product", {"AB": AB}), z("glu", {"AB": AB}, {"gate": "identity"}), rtol=1e-12)
    quadratic = {"AB": AB[:, :-1].copy(), "C": C}
    same(z("quadratic", quadratic), z("low_rank", quadratic, {"rank": 1}), rtol=1e-12)
    form = {"A": (W[:, :, None] * W[:, None, :]).reshape(2, 9), "W": b}
    same(z("squared_sum", {"W": W, "b": b}), z("bilinear_form", form, {"linear": False}), rtol=1e-12)


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
