"""One layer with its options: what they do to a pass, and that the gradient follows."""

import itertools
from functools import partial
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.gradcheck import network_error
from nncore.layer import OptionsPass
from nncore.network import Network
from nncore.split import make_split
from nncore.trainer import Trainer


def network_of(layer: dict[str, object], replicas: int | None = None) -> tuple[Network, np.ndarray, np.ndarray]:
    """Two equal layers of 4 after a plain one, with random weights and biases, and six points."""
    data = {"name": "xor", "count": 12}
    config = Config.from_json({"layers": [{"units": 4}, *[{"units": 4, **layer}] * 2], "data": data})
    network = Network(config, replicas=replicas, dtype=np.float64)
    network.theta[...] = np.random.default_rng(0).normal(0, 0.8, network.theta.shape)
    split = make_split(config, network.head, np.float64)
    return network, split.inputs[:, :6], split.targets[:, :6]


@pytest.mark.parametrize("replicas", [None, 3])
@pytest.mark.parametrize(
    ("norm", "residual", "activation"),
    list(itertools.product(["none", "layer_norm"], [False, True], ["tanh", "leaky_relu"])),
)
def test_gradients_of_every_mix_of_options_agree_with_central_differences(
    norm: str, residual: bool, activation: str, replicas: int | None
) -> None:
    layer = {"norm": norm, "residual": residual, "activation": activation, "neuron": "quadratic"}
    assert network_error(*network_of(layer, replicas)) < 1e-6


def test_a_plain_layer_takes_the_plain_pass() -> None:
    network, _, _ = network_of({"residual": True})
    kinds = [type(step) is OptionsPass for step in network.tape(3).passes]
    assert kinds == [False, True, True, False]


def test_a_residual_layer_adds_its_input() -> None:
    plain, x, _ = network_of({})
    residual, _, _ = network_of({"residual": True})
    tape, other = plain.tape(6), residual.tape(6)
    plain.forward(x, tape)
    residual.forward(x, other)
    np.testing.assert_allclose(other.passes[1].a, tape.passes[1].a + tape.passes[0].a)


def test_dropout_silences_a_share_and_lifts_the_rest_while_training_only() -> None:
    config = Config.from_json({"layers": [{"units": 200, "dropout": 0.3}]})
    network = Network(config)
    network.initialize([np.random.default_rng(0)])
    x = np.ones((3, 500), np.float32)
    looking, training = network.tape(500), network.tape(500, np.random.default_rng(1))
    network.forward(x, looking)
    network.forward(x, training)
    whole, thinned = looking.passes[0].a, training.passes[0].a
    kept = thinned != 0
    assert kept.mean() == pytest.approx(0.7, abs=0.01)
    np.testing.assert_allclose(thinned[kept], whole[kept] / 0.7, rtol=1e-5)


def test_the_gradient_goes_through_the_units_that_were_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    network, x, target = network_of({"dropout": 0.5})

    class Replay:
        """The same draws at every pass, so that differences can be taken."""

        def random(self, shape: tuple[int, ...]) -> np.ndarray:
            return np.random.default_rng(5).random(shape)

    replay: Any = Replay()
    monkeypatch.setattr(network, "tape", partial(network.tape, rng=replay))
    assert network_error(network, x, target) < 1e-6


def test_dropout_is_drawn_from_the_runs_own_stream() -> None:
    config = Config.from_json({"layers": [{"units": 6, "dropout": 0.4}]})
    a, b = Trainer(config).run(2), Trainer(config).run(2)
    np.testing.assert_array_equal(a.network.theta, b.network.theta)
    a.reset()
    np.testing.assert_array_equal(a.run(2).network.theta, b.network.theta)


def test_every_parameter_has_its_own_name_and_place() -> None:
    network, _, _ = network_of({"norm": "layer_norm"})
    names = [name for name, _ in network.parameters()]
    assert names[:4] == ["layers.0.W", "layers.1.W", "layers.1.gain", "layers.1.shift"]
    assert sum(array.size for _, array in network.parameters()) == network.parameter_count


def test_penalties_spare_gain_and_shift() -> None:
    network, _, _ = network_of({"norm": "layer_norm"})
    block = network.layers[1]
    assert not network.penalized[block.norm_blocks[0].start : block.norm_blocks[-1].stop].any()
