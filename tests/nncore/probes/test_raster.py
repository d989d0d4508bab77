"""A raster is the steps of one unit at one place, as its definition has them."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.features import inputs
from nncore.probes.raster import Raster
from nncore.trainer import Trainer

SPIKING = {"name": "spiking", "steps": 9, "beta": 0.8}


def steps_of(current: float) -> tuple[list[float], list[float]]:
    """Membrane and spikes in plain steps."""
    membrane: list[float] = []
    fired: list[float] = []
    for _ in range(9):
        membrane.append(0.8 * membrane[-1] + current - fired[-1] if membrane else current)
        fired.append(float(membrane[-1] > 1))
    return membrane, fired


@pytest.mark.parametrize("replicas", [None, 2])
@pytest.mark.parametrize("place", [(0.0, 0.0), (0.7, -0.4), (-1.0, 1.0)])
def test_it_shows_the_steps_that_led_to_what_the_unit_answers(place: tuple[float, float], replicas: int | None) -> None:
    config = Config.from_json({"layers": [{"units": 3, "neuron": SPIKING, "activation": "identity"}] * 2})
    trainer = Trainer(config, replicas=replicas, dtype=np.float64).run(3)
    network = trainer.network
    tape = network.tape(1)
    network.forward(inputs(np.array([place]), config.features, config.data.scale, network.dtype), tape)
    for layer in range(2):
        for unit in range(3):
            found = Raster().compute(trainer, layer, unit, place)
            membrane, fired = steps_of(float(found["current"][0]))
            np.testing.assert_allclose(found["membrane"], membrane)
            np.testing.assert_array_equal(found["fired"], fired)
            z = tape.passes[layer].z[(0,) * len(network.lead)][unit, 0]
            assert z == pytest.approx(sum(fired) / 9)


def test_a_unit_that_knows_no_time_has_no_steps() -> None:
    found = Raster().compute(Trainer(Config()), 0, 1, (0.5, 0.5))
    assert found["membrane"].size == found["fired"].size == 0
