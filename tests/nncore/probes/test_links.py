"""Links are mean sensitivities over the training points."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.probes import PROBES
from nncore.trainer import Trainer

OWN_GRADIENTS = {"adder": "its gradient for x is AdderNet's, the difference clipped to [-1, 1], not the derivative"}
"""Kinds whose sensitivity is not the slope of z, each with the reason."""


def test_a_linear_layers_links_are_its_weights() -> None:
    trainer = Trainer(Config())
    links = PROBES.build("links").compute(trainer)
    for index, (_, W) in enumerate(trainer.network.parameters()):
        np.testing.assert_array_equal(links[f"links.{index}"], W[:, :-1].T)


@pytest.mark.parametrize("neuron", [name for name in NEURONS if name not in OWN_GRADIENTS])
def test_links_are_differences_of_z_averaged_over_training_points_only(neuron: str) -> None:
    config = Config.from_json({"layers": [{"units": 3, "neuron": neuron}], "data": {"name": "xor", "count": 20}})
    trainer = Trainer(config, dtype=np.float64)
    found = PROBES.build("links").compute(trainer)["links.0"]
    tape = trainer.network.tape(trainer.split.train_count)
    for feature in range(2):
        values = []
        for step in (1e-6, -1e-6):
            x = trainer.split.inputs[:, :10].copy()
            x[feature] += step
            trainer.network.forward(x, tape)
            values.append(tape.passes[0].z.mean(axis=1))
        np.testing.assert_allclose(found[feature], (values[0] - values[1]) / 2e-6, rtol=1e-6, atol=1e-8)
