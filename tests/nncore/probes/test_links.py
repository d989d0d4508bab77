"""Links are what the slopes come to over the training points: their size, and which way they point."""

import numpy as np
import pytest
from numpy.typing import NDArray

from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.probes import PROBES
from nncore.trainer import Trainer

OWN_GRADIENTS = {
    "adder": "its gradient for x is AdderNet's, the difference clipped to [-1, 1], not the derivative",
    "spiking": "its gradient is a surrogate: the derivative of a staircase is 0",
}
"""Kinds whose sensitivity is not the slope of z, each with the reason."""


def differences(trainer: Trainer, feature: int) -> NDArray[np.float64]:
    """Central differences of the first layer's z by one feature, (units, training points)."""
    count = trainer.split.train_count
    tape = trainer.network.tape(count)
    values = []
    for step in (1e-6, -1e-6):
        x = trainer.split.inputs[:, :count].copy()
        x[feature] += step
        trainer.network.forward(x, tape)
        values.append(tape.passes[0].z.copy())
    slopes: NDArray[np.float64] = (values[0] - values[1]) / 2e-6
    return slopes


def test_a_linear_layers_links_are_its_weights() -> None:
    trainer = Trainer(Config())
    links = PROBES.build("links").compute(trainer)
    for index, (_, W) in enumerate(trainer.network.parameters()):
        np.testing.assert_array_equal(links[f"links.{index}"], W[:, :-1].T)
        np.testing.assert_array_equal(links[f"links_size.{index}"], np.abs(W[:, :-1].T))


@pytest.mark.parametrize("neuron", [name for name in NEURONS if name not in OWN_GRADIENTS])
def test_links_are_of_the_slopes_of_z_at_the_training_points_only(neuron: str) -> None:
    config = Config.from_json({"layers": [{"units": 3, "neuron": neuron}], "data": {"name": "xor", "count": 20}})
    trainer = Trainer(config, dtype=np.float64)
    links = PROBES.build("links").compute(trainer)
    assert trainer.split.train_count == 10
    for feature in range(2):
        slopes = differences(trainer, feature)
        np.testing.assert_allclose(links["links.0"][feature], slopes.mean(axis=1), rtol=1e-6, atol=1e-8)
        size = np.sqrt((slopes**2).mean(axis=1))
        np.testing.assert_allclose(links["links_size.0"][feature], size, rtol=1e-6, atol=1e-8)


def test_a_square_on_circles_needs_both_coordinates_alike_and_neither_to_one_side() -> None:
    """z = w (x² + y²) + b: the slope 2wx is as large as 2wy, and each is as often up as down."""
    config = {"data": {"name": "circles", "noise": 0}, "layers": [], "output": {"neuron": "square"}}
    trainer = Trainer(Config.from_json(config)).run(400)
    links = PROBES.build("links").compute(trainer)
    across, up = links["links_size.0"][:, 0]
    assert across == pytest.approx(up, rel=0.15)
    assert (np.abs(links["links.0"]) < 0.15 * links["links_size.0"]).all()


@pytest.mark.parametrize(
    ("data", "layers", "output"),
    [
        ("xor", [], "product"),
        ("circles", [{"units": 4, "neuron": "rbf"}], "linear"),
        ("circles", [{"units": 2, "neuron": "quadratic"}], "linear"),
    ],
)
def test_what_even_kinds_need_is_not_lost_in_a_mean(data: str, layers: list[dict[str, object]], output: str) -> None:
    config = {"data": {"name": data, "noise": 0}, "layers": layers, "output": {"neuron": output}}
    trainer = Trainer(Config.from_json(config)).run(60)
    metrics = trainer.evaluate()
    assert metrics.test_accuracy is not None
    assert metrics.test_accuracy > 0.9
    links = PROBES.build("links").compute(trainer)
    # Something in the layer reacts to either feature at least a fifth as much as to the one that matters most.
    size = links["links_size.0"].max(axis=1)
    assert (size > 0.2 * size.max()).all()
