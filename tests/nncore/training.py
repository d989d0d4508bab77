"""What tests of training share: runs from a few fields, and two of them compared to the bit."""

from typing import Any

import numpy as np

from nncore.config import Config
from nncore.trainer import Trainer

STORY = {"layers": [{"units": 8, "neuron": "quadratic", "activation": "tanh"}] * 2}


def trainer_of(data: dict[str, Any], **options: Any) -> Trainer:
    return Trainer(Config.from_json(data), **options)


def same_state(a: Trainer, b: Trainer) -> None:
    np.testing.assert_array_equal(a.network.theta, b.network.theta)
    np.testing.assert_array_equal(a.history.since(0), b.history.since(0))
    assert (a.epoch, a.step, a.epoch_step) == (b.epoch, b.step, b.epoch_step)
