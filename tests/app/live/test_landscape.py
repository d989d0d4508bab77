"""The loss around a run's weights comes in turns, and is that of the moment at which it was begun."""

from itertools import count
from typing import Any

import numpy as np
import pytest

from app.errors import OutOfOrder
from app.live.answers import Answers
from app.live.commands import Ask
from nncore.config import Config
from nncore.errors import InputError
from nncore.gradcheck import MOST_PARAMETERS
from nncore.probes.loss_slice import LossSlice
from nncore.trainer import Trainer

SMALL: dict[str, Any] = {"layers": [{"units": 3}, {"units": 2}], "data": {"name": "xor", "count": 40}}


def trainer_of(config: dict[str, Any], epochs: int) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs)


def test_a_landscape_is_worked_out_in_turns_beside_the_training() -> None:
    """It is the loss around the weights that the run had when it was asked, though it has trained on meanwhile."""
    trainer, answers, ticks = trainer_of(SMALL, 2), Answers(), count()
    expected = LossSlice(seed=5).compute(trainer)
    epoch = trainer.epoch
    assert answers.ask(trainer, Ask(id=3, what="landscape", seed=5)) == []
    with pytest.raises(OutOfOrder):
        answers.ask(trainer, Ask(id=4, what="gradcheck"))
    turns = 1
    while not (out := answers.advance(trainer, lambda: float(next(ticks)), next(ticks) + 50.0)):
        turns += 1
        if turns < 4:
            trainer.run(1)
    (answer,) = out
    assert (turns > 3, answers.pending, answer.id, answer.what) == (True, False, 3, "landscape")
    np.testing.assert_allclose(answer.answer["loss"], expected["loss"], rtol=1e-4)
    np.testing.assert_allclose(answer.answer["steps"], expected["steps"], rtol=1e-6)
    assert answer.answer["center"] == pytest.approx(expected["center"][0])
    assert (answer.answer["epoch"], answer.answer["points"]) == (epoch, trainer.split.train_count)


def test_the_loss_around_a_large_network_is_not_worked_out() -> None:
    layers = [{"units": 50}, {"units": MOST_PARAMETERS // 50}]
    with pytest.raises(InputError, match="loss landscape can be worked out for at most 5000 parameters"):
        Answers().ask(trainer_of(SMALL | {"layers": layers}, 0), Ask(id=1, what="landscape", seed=0))
