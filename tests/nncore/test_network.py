"""A network is its layers end to end: gradients, shapes, and parameters as views of one vector."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.gradcheck import network_error
from nncore.losses import LOSSES
from nncore.network import Network
from nncore.neurons import NEURONS
from nncore.split import make_split

# Kinds whose papers define gradients that are not the derivative: tests/nncore/test_neuron.py holds them to that.
PLAIN = [name for name in NEURONS if name not in ("adder", "binary", "spiking")]
# A step has no derivative, and the root's is infinite at 0: differences near there say nothing.
SMOOTH = [name for name in ACTIVATIONS if name not in ("step", "signed_sqrt")]


def rngs(network: Network, seed: int = 0) -> list[np.random.Generator]:
    return [np.random.default_rng(seed + r) for r in range(int(np.prod(network.lead)))]


# The same mixes at every run: by chance a difference may straddle a kink, which has no derivative.
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "units": st.integers(1, 4),
                "neuron": st.sampled_from(PLAIN),
                "activation": st.sampled_from(SMOOTH),
            }
        ),
        max_size=3,
    ),
    st.sampled_from(PLAIN),
    st.sampled_from([{"name": "spirals"}, {"name": "spirals", "arms": 4}, {"name": "plane"}]),
    st.sampled_from(LOSSES.names()),
    st.sampled_from([None, 2]),
)
def test_gradients_of_any_mix_of_layers_agree_with_central_differences(
    layers: list[dict[str, object]], output: str, data: dict[str, object], loss: str, replicas: int | None
) -> None:
    if data["name"] == "plane" and "regression" not in LOSSES[loss].tasks:
        loss = "mse"
    config = Config.from_json(
        {"layers": layers, "output": {"neuron": output}, "loss": loss, "data": data | {"count": 12}}
    )
    network = Network(config, replicas=replicas, dtype=np.float64)
    network.initialize(rngs(network))
    split = make_split(config, network.head, np.float64)
    # Biases start at 0, where a silent layer puts the next one exactly on a rectifier's kink, which has no derivative.
    network.theta += np.random.default_rng(1).normal(0, 0.1, network.theta.shape)
    error = network_error(network, split.inputs[:, :6], split.targets[:, :6])
    # Under this length a gradient drowns in the rounding of the differences.
    assert error < 1e-6 or np.linalg.norm(network.grad) < 1e-6


@pytest.mark.parametrize(("neuron", "replicas"), list(itertools.product(NEURONS.names(), [None, 3])))
def test_parameters_are_views_that_fill_theta_exactly(neuron: str, replicas: int | None) -> None:
    network = Network(Config.from_json({"layers": [{"neuron": neuron}, {"units": 3}]}), replicas=replicas)
    for number, (_, array) in enumerate(network.parameters(), 1):
        array[...] = number
    assert (network.theta > 0).all()
    assert sum(array.size for _, array in network.parameters()) == network.theta.size


def test_parameters_are_named_by_layer_and_letter() -> None:
    network = Network(Config.from_json({"layers": [{"neuron": "quadratic"}]}))
    assert [name for name, _ in network.parameters()] == ["layers.0.AB", "layers.0.C", "output.W"]


def test_no_hidden_layer_is_the_output_layer_alone() -> None:
    network = Network(Config.from_json({"layers": []}))
    assert network.parameter_count == 3
    x = np.array([[1.0], [2.0], [1.0]], np.float32)
    network.theta[:] = [3, 4, 5]
    assert network.forward(x, network.tape(1)) == 3 * 1 + 4 * 2 + 5


def test_penalties_spare_every_bias_and_nothing_else() -> None:
    network = Network(
        Config.from_json({"layers": [{"units": 2, "neuron": "quadratic"}], "output": {"neuron": "linear"}})
    )
    AB, C, W = [1] * 8, [1, 1, 0] * 2, [1, 1, 0]
    np.testing.assert_array_equal(network.penalized, AB + C + W)


def test_replica_zero_starts_as_the_single_network_does() -> None:
    single, many = Network(Config()), Network(Config(), replicas=3)
    single.initialize(rngs(single))
    many.initialize(rngs(many))
    np.testing.assert_array_equal(many.theta[0], single.theta)
    assert (many.theta[1] != single.theta).any()


def test_the_first_overflow_is_found_by_layer() -> None:
    network = Network(Config.from_json({"layers": [{"units": 2, "activation": "identity"}] * 2}))
    parameters = dict(network.parameters())
    x = np.ones((3, 1), np.float32)
    tape = network.tape(1)
    parameters["layers.1.W"][:] = 1e38
    parameters["layers.0.W"][:] = 10
    with np.errstate(over="ignore", invalid="ignore"):
        network.forward(x, tape)
    assert network.first_overflow(tape) == 1
    network.theta[:] = 0
    network.forward(x, tape)
    assert network.first_overflow(tape) == 2


def test_dtype_is_an_argument() -> None:
    assert Network(Config()).theta.dtype == np.float32
    assert Network(Config(), dtype=np.float64).theta.dtype == np.float64
