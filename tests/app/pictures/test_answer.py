"""Small words of pictures, and colours of values; the drawing itself is looked at in test_scene and test_race_scene."""

import numpy as np
import pytest

from app.pictures.answer import centred, data_line, short
from nncore.config import Config
from nncore.trainer import Trainer


def test_values_have_their_0_in_the_middle() -> None:
    assert centred(np.array([[-2.0, 0.0], [1.0, np.nan]])).tolist() == [[0.0, 0.5], [0.75, 0.5]]


@pytest.mark.parametrize(("loss", "said"), [(0.12345, "0.1235"), (1e-6, "1.0e-06"), (np.inf, "-")])
def test_a_loss_in_few_letters(loss: float, said: str) -> None:
    assert short(loss) == said


def test_what_the_points_are() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "xor", "count": 40, "noise": 0.1}, "layers": []}))
    assert data_line(trainer) == "XOR, noise 0.1, 40 points"
