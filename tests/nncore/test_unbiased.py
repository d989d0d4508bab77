"""A layer without biases: fewer parameters, the formula with a zero for each bias, and everything a run is asked for.

The contract of `test_neuron` holds for every kind without biases, too; here is what is special about them.
"""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import snapshot
from nncore.config import Config
from nncore.editing import edit
from nncore.errors import InputError
from nncore.gradcheck import network_error
from nncore.initializers import Initializer
from nncore.network import Network
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.split import make_split
from nncore.tape import Array, Tape
from nncore.trainer import Trainer
from nncore.unbiased import has_bias, without_bias
from tests.nncore.plain_neurons import FORMULAS, plain
from tests.nncore.variants import every_variant

# How many biases each unit with three inputs has, as the formulas say.
BIASES: list[tuple[str, dict[str, object], int]] = [
    ("linear", {}, 1),
    ("square", {}, 1),
    ("squared_sum", {}, 1),
    ("product", {}, 2),
    ("bilinear_form", {}, 1),
    ("bilinear_form", {"linear": False}, 1),
    ("form_square", {}, 1),
    ("fan", {}, 3),
    ("quadratic", {}, 1),
    ("low_rank", {"rank": 4}, 1),
    ("polynomial", {}, 1),
    ("polynomial", {"degree": 5, "lower": False}, 1),
    ("pi_net", {"degree": 4}, 1),
    ("glu", {}, 2),
    ("attention", {}, 1 + 3),
    ("rbf", {}, 0),
    ("adder", {}, 1),
    ("binary", {}, 1),
    ("spiking", {}, 1),
    ("kan", {}, 1),
    ("maxout", {"pieces": 5}, 5),
]
EVERY_BIASED = [neuron for neuron in every_variant(NEURONS) if has_bias(neuron)]


def count(neuron: NeuronType) -> int:
    return sum(math.prod(parameter.shape) for parameter in neuron.parameters(3, 8).values())


@pytest.mark.parametrize(("name", "knobs", "biases"), BIASES)
def test_a_layer_without_biases_has_fewer_parameters_by_just_these(
    name: str, knobs: dict[str, object], biases: int
) -> None:
    kind = NEURONS.build(name, knobs)
    assert count(kind) - count(without_bias(kind, 3, 8)) == 8 * biases
    assert has_bias(kind) == (biases > 0)


def test_every_plain_formula_has_its_biases_counted() -> None:
    assert {name for name, _, _ in BIASES} == set(FORMULAS)


@pytest.mark.parametrize("name", NEURONS)
def test_a_kind_that_has_biases_says_what_is_left_of_its_formula_without_them(name: str) -> None:
    spec = NEURONS[name].spec
    assert bool(spec.formula_without_bias) == has_bias(NEURONS.build(name))
    assert len(spec.formula_without_bias) < len(spec.formula)


def with_zeros(kind: NeuronType, params: dict[str, Array], fan_in: int, units: int) -> dict[str, Array]:
    """`params` with the kind's biases put back, all of them 0."""
    whole = {}
    for name, parameter in kind.parameters(fan_in, units).items():
        whole[name] = np.zeros(parameter.shape)
        if name in params:
            whole[name][:, : params[name].shape[1]] = params[name]
    return whole


@pytest.mark.parametrize("kind", [kind for kind in EVERY_BIASED if kind.spec.name in FORMULAS], ids=str)
@settings(max_examples=4, deadline=None)
@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 10**6))
def test_both_passes_are_the_plain_loops_with_every_bias_zero(
    kind: NeuronType, fan_in: int, units: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    neuron = without_bias(kind, fan_in, units)
    params = {name: rng.normal(0, 0.7, p.shape) for name, p in neuron.parameters(fan_in, units).items()}
    x, dz = rng.normal(size=(fan_in, 3)), rng.normal(size=(units, 3))
    grads = {name: np.full_like(array, np.nan) for name, array in params.items()}
    tape = Tape(3, fan_in, units, dtype=np.float64)
    z = neuron.forward(params, np.vstack([x, np.ones(3)]), tape).copy()
    dx = neuron.backward(params, grads, tape, dz, True)
    assert dx is not None
    whole = with_zeros(kind, params, fan_in, units)
    plain_z, plain_dx = np.zeros_like(z), np.zeros_like(x)
    plain_grads = {name: np.zeros_like(array) for name, array in whole.items()}
    for unit in range(units):
        for column in range(3):
            found = plain(kind, whole, [float(value) for value in x[:, column]], unit, units)
            plain_z[unit, column] = found.z
            plain_dx[:, column] += dz[unit, column] * np.array(found.dx)
            for (name, row, place), slope in found.d.items():
                plain_grads[name][row, place] += dz[unit, column] * slope
    agrees(z, plain_z)
    agrees(dx, plain_dx)
    for name, gradient in grads.items():
        agrees(gradient, plain_grads[name][:, : gradient.shape[1]])


def agrees(found: Array, expected: Array) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-10 * max(1.0, float(np.abs(expected).max())))


# Whose first weights are others without biases: as drawn for a layer with biases, they would be of no use.
START_OTHERWISE = {
    "fan": "z would be 0 everywhere, and with some activations stay so",
    "adder": "z would not be centred",
}


@pytest.mark.parametrize("name", [name for name in NEURONS if name not in START_OTHERWISE])
def test_first_weights_are_those_of_the_layer_with_biases(name: str) -> None:
    config: dict[str, Any] = {"layers": [{"units": 3, "neuron": name}] * 2, "output": {"neuron": name}}
    unbiased = {
        "layers": [{**layer, "bias": False} for layer in config["layers"]],
        "output": {"neuron": name, "bias": False},
    }
    full, bare = (dict(Trainer(Config.from_json(one)).network.parameters()) for one in (config, unbiased))
    for param, array in bare.items():
        np.testing.assert_array_equal(array, full[param][:, : array.shape[1]])


@pytest.mark.parametrize("name", START_OTHERWISE)
@pytest.mark.parametrize("size", [2, 32])
def test_kinds_that_start_otherwise_start_with_z_of_unit_size(name: str, size: int) -> None:
    rng, squares = np.random.default_rng(6), []
    x, neuron = (
        np.vstack([rng.standard_normal((size, 500)), np.ones(500)]),
        without_bias(NEURONS.build(name), size, size),
    )
    for _ in range(100):
        params = {name: np.full(p.shape, np.nan) for name, p in neuron.parameters(size, size).items()}
        neuron.initialize(params, Initializer("glorot", rng))
        squares.append(np.mean(neuron.forward(params, x, Tape(500, size, size, dtype=np.float64)) ** 2))
    assert 0.6 < np.mean(squares) < 1.7


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_fans_neuron_gets_going_without_biases(activation: str) -> None:
    """As its authors start it, b = 1 makes it linear; without b its z would be 0, and a relu silent for good."""
    layers = [{"units": 4, "neuron": "fan", "activation": activation, "bias": False}]
    trainer = Trainer(Config.from_json({"data": {"name": "circles"}, "layers": layers}), replicas=20, record=False)
    assert (np.asarray(trainer.run(40).evaluate().train_loss) < 0.1).sum() >= 16


def bare(name: str, **layer: Any) -> dict[str, Any]:
    return {
        "data": {"name": "circles", "count": 44},
        "layers": [{"units": 3, "neuron": name, "bias": False, **layer}] * 2,
        "output": {"neuron": name, "bias": False},
    }


@pytest.mark.parametrize("name", [name for name in NEURONS if not NEURONS[name].own_gradient])
def test_a_network_without_biases_has_the_gradient_of_its_loss(name: str) -> None:
    config = Config.from_json(bare(name, norm="layer_norm"))
    network = Network(config, dtype=np.float64)
    network.initialize([np.random.default_rng(3)])
    assert not [param for param, _ in network.parameters() if param.endswith((".b", ".shift"))]
    split = make_split(config, network.head, np.float64)
    assert network_error(network, split.inputs[:, :12], split.targets[:, :12]) < 1e-6


@pytest.mark.parametrize("name", NEURONS)
def test_a_snapshot_without_biases_holds_none_and_resumes_to_the_bit(name: str) -> None:
    trainer = Trainer(Config.from_json(bare(name, norm="layer_norm") | {"optimizer": "adam"}))
    trainer.advance(5)
    resumed = snapshot.load(snapshot.save(trainer))
    assert resumed.network.parameter_count == trainer.network.parameter_count
    for run in (trainer, resumed):
        run.advance(20)
    np.testing.assert_array_equal(resumed.network.theta, trainer.network.theta)


@pytest.mark.parametrize("name", NEURONS)
def test_replicas_without_biases_are_each_what_it_would_be_alone(name: str) -> None:
    # The order of the points goes by the seed of the first: here there is none.
    whole = bare(name) | {"batch": 44, "shuffle": False}
    together = Trainer(Config.from_json(whole), replicas=3, dtype=np.float64, record=False).run(3)
    for replica in range(3):
        alone = Trainer(Config.from_json(whole | {"seeds": {"run": replica}}), dtype=np.float64, record=False).run(3)
        np.testing.assert_allclose(together.network.theta[replica], alone.network.theta, rtol=1e-6, atol=1e-9)


def test_every_weight_of_a_layer_without_biases_is_penalised() -> None:
    network = Trainer(Config.from_json(bare("product", norm="layer_norm"))).network
    free = [param for layer in network.layers for param in _unpenalised(network, layer)]
    assert free == ["layers.0.gain", "layers.1.gain"]


def _unpenalised(network: Network, layer: Any) -> list[str]:
    return [f"{layer.name}.{block.name}" for block in layer.blocks if not block.view(network.penalized).any()]


def test_a_bias_that_is_not_there_cannot_be_set_by_hand() -> None:
    trainer = Trainer(Config.from_json(bare("squared_sum")))
    with pytest.raises(InputError, match="'b'"):
        edit(trainer, 0, "b", (0, 0), 1.0)
    trainer = Trainer(Config.from_json(bare("linear")))
    with pytest.raises(InputError) as caught:
        edit(trainer, 0, "W", (0, 2), 1.0)
    assert caught.value.path == "index"
    assert edit(trainer, 0, "W", (0, 1), 1.5) == 1.5


def test_bounds_and_rescaling_hold_without_biases() -> None:
    """Binary weights are kept in [-1, 1] by `constrain`, an adder's gradient brought to its length by `rescale`."""
    binary = Trainer(Config.from_json(bare("binary", activation="prelu") | {"init": "he"}))
    edit(binary, 0, "slope", (0,), 7.0)
    binary.network.theta[...] *= 10
    binary.run(1)
    assert all(np.abs(array).max() <= 1 for name, array in binary.network.parameters() if name.endswith(".W"))
    adder = Trainer(Config.from_json(bare("adder") | {"optimizer": {"name": "sgd", "learning_rate": 0.0001}}))
    W = dict(adder.network.parameters())["layers.0.W"]
    before = W.copy()
    adder.advance(1)
    # Its own rate η of 0.1 and the six weights of the layer: a step of 0.1 √6 times the learning rate.
    assert np.linalg.norm(W - before) == pytest.approx(0.0001 * 0.1 * math.sqrt(6), rel=1e-2)


def test_a_kind_that_never_has_biases_is_left_as_it_is() -> None:
    with_it, without = bare("rbf"), bare("rbf")
    for layer in (*with_it["layers"], with_it["output"]):
        layer["bias"] = True
    runs = [Trainer(Config.from_json(one)).run(3) for one in (with_it, without)]
    np.testing.assert_array_equal(runs[0].network.theta, runs[1].network.theta)


def test_without_biases_the_origin_is_no_point_like_others() -> None:
    """All sums start at 0 there: an odd network can only say 0, whatever it has learnt."""
    trainer = Trainer(Config.from_json(bare("linear"))).run(20)
    assert trainer.network.forward(np.array([[0.0], [0.0], [1.0]], np.float32), trainer.network.tape(1)) == 0.0
