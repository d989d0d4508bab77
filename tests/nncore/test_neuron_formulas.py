"""Each kind against its own definition: plain loops, and what is known of some kinds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.config import Config
from nncore.export.dialect import Dialect
from nncore.gradcheck import central_differences, relative_error
from nncore.initializers import Initializer, Rule
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Array, Tape
from nncore.trainer import Trainer
from tests.nncore.neuron_cases import parameters, with_ones
from tests.nncore.plain_neurons import FORMULAS, plain
from tests.nncore.taken_home import EVERY_LIBRARY, run
from tests.nncore.variants import every_variant


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
