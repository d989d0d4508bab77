"""Health: gradients as differences say, and units whose state is known beforehand."""

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.gradcheck import central_differences
from nncore.probe import copy_of
from nncore.probes import PROBES
from nncore.trainer import Trainer


def trainer_with(activation: str, biases: list[float], **layer: object) -> Trainer:
    """One hidden layer whose units see weights of 0.1 and these biases."""
    made = {"units": len(biases), "activation": activation, **layer}
    trainer = Trainer(Config.from_json({"data": {"name": "xor"}, "layers": [made]}))
    W = dict(trainer.network.parameters())["layers.0.W"]
    W[:, :-1], W[:, -1] = 0.1, biases
    return trainer


@pytest.mark.parametrize("data", [{"name": "xor"}, {"name": "rings", "rings": 3}, {"name": "hills"}])
def test_gradients_are_the_root_mean_squares_of_the_loss_s_slopes(data: dict[str, object]) -> None:
    config = {"data": {**data, "count": 40}, "layers": [{"units": 3}, {"units": 2, "norm": "layer_norm"}], "l2": 1.0}
    trainer = Trainer(Config.from_json(config), dtype=np.float64)
    found = PROBES.build("health").compute(trainer)["gradient"]
    network = copy_of(trainer)
    tape, count = network.tape(20), 20

    def loss() -> float:
        z = network.forward(trainer.split.inputs[:, :count], tape)
        return float(network.head.measure(z, trainer.split.targets[:, :count], tape.dz, tape.head))

    slopes = central_differences(loss, network.theta)
    expected = [np.sqrt((slopes[layer.start : layer.stop] ** 2).mean()) for layer in network.layers]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("activation", "biases", "dead", "saturated"),
    [
        ("relu", [-1.0, 0.0, 1.0, -2.0], 0.5, 0.5),
        ("leaky_relu", [-1.0, 1.0], 0.0, 0.5),
        ("tanh", [0.0, 3.0, -20.0, 20.0], 0.5, 0.75),
        ("sigmoid", [0.0, 5.0], 0.0, 0.5),
        ("sigmoid", [40.0, -40.0], 1.0, 1.0),
        ("step", [0.5, 3.0], 0.5, 0.5),
        ("identity", [100.0, 0.0], 0.0, 0.0),
        ("softplus", [-5.0, -30.0, 5.0], 1 / 3, 2 / 3),
        ("gaussian", [0.0, 6.0], 0.5, 0.5),
    ],
)
def test_units_of_known_state(activation: str, biases: list[float], dead: float, saturated: float) -> None:
    found = PROBES.build("health").compute(trainer_with(activation, biases))
    np.testing.assert_allclose(found["dead"], [dead, 0])
    np.testing.assert_allclose(found["saturated"], [saturated, 0])


@pytest.mark.parametrize("activation", ACTIVATIONS.names())
def test_shares_are_defined_for_every_activation_and_the_dead_are_among_the_saturated(activation: str) -> None:
    trainer = Trainer(Config.from_json({"layers": [{"units": 5, "activation": activation}] * 2}))
    trainer.network.theta *= 5
    found = PROBES.build("health").compute(trainer)
    for shares in (found["dead"], found["saturated"]):
        assert shares.shape == (3,)
        assert ((shares >= 0) & (shares <= 1)).all()
    assert (found["dead"] <= found["saturated"]).all()


def test_no_gradient_reaches_the_weights_of_a_dead_unit() -> None:
    trainer = trainer_with("relu", [-1.0, 0.5])
    assert PROBES.build("health").compute(trainer)["dead"][0] == 0.5
    W = dict(trainer.network.parameters())["layers.0.W"]
    before = W.copy()
    trainer.run(3)
    np.testing.assert_array_equal(W[0], before[0])
    assert (W[1] != before[1]).all()


def test_a_norm_brings_far_units_back() -> None:
    assert PROBES.build("health").compute(trainer_with("tanh", [19.0, 20.0, 21.0]))["dead"][0] == 1
    assert PROBES.build("health").compute(trainer_with("tanh", [19.0, 20.0, 21.0], norm="layer_norm"))["dead"][0] == 0


def test_vanishing_gradients_are_seen() -> None:
    trainer = Trainer(Config.from_json({"layers": [{"units": 4, "activation": "sigmoid"}] * 6}))
    gradient = PROBES.build("health").compute(trainer)["gradient"]
    assert gradient[0] < gradient[-1] / 100


def test_through_six_layers_of_sigmoids_hardly_any_gradient_comes_back_and_of_tanh_all_of_it() -> None:
    """What the lab on the vanishing signal tells; each layer multiplies by a slope, of a sigmoid ¼ at most."""
    shares = {}
    for activation in ("sigmoid", "tanh"):
        layers = [{"units": 8, "activation": activation}] * 6
        found = [
            PROBES.build("health").compute(
                Trainer(
                    Config.from_json({"data": {"name": "circles"}, "layers": layers, "seeds": {"data": s, "run": s}})
                )
            )["gradient"]
            for s in range(20)
        ]
        shares[activation] = np.array([gradient[0] / gradient[-1] for gradient in found])
        if activation == "sigmoid":
            assert [int(gradient.argmin()) for gradient in found] == [0] * 20
    assert shares["sigmoid"].max() < 1e-3
    assert np.median(shares["tanh"]) > 0.1
