"""The contract of every probe, over the registry."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.probes import PROBES
from nncore.trainer import Trainer


@pytest.mark.parametrize("name", PROBES.names())
@pytest.mark.parametrize("layers", [0, 2])
@pytest.mark.parametrize("replicas", [None, 2])
def test_looking_gives_finite_arrays_and_changes_nothing(name: str, layers: int, replicas: int | None) -> None:
    config = Config.from_json({"layers": [{"units": 3}] * layers})
    watched, alone = Trainer(config, replicas=replicas), Trainer(config, replicas=replicas)
    probe = PROBES.build(name)
    for trainer in (watched, alone):
        trainer.advance(3)
    arrays = probe.look(watched)
    assert arrays
    assert all(np.isfinite(array).all() for array in arrays.values())
    for trainer in (watched, alone):
        trainer.advance(30)
    np.testing.assert_array_equal(watched.network.theta, alone.network.theta)


@pytest.mark.parametrize("name", PROBES.names())
def test_every_probe_says_which_picture_draws_it(name: str) -> None:
    assert PROBES[name].picture
