"""A lane: batches up to an epoch's end, when it had solved its task, and what is told of it once."""

import numpy as np
import pytest

from app.live.playback import Playback
from app.live.race.lane import Lane
from app.live.screen import Screen
from app.live.stopwatch import Stopwatch
from app.settings import Settings
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock


def lane(bar: float = 0.95, data: str = "xor") -> Lane:
    config = Config.from_json({"layers": [{"units": 3}], "data": {"name": data, "count": 40}, "batch": 7})
    clock = Clock()
    return Lane("b", Trainer(config), Screen(Settings(), clock, Playback(clock), lane="b"), bar, Stopwatch(clock))


def test_it_trains_no_further_than_the_epoch_at_hand() -> None:
    one = lane()
    whole = one.trainer.steps_per_epoch
    assert one.train(2) == 2
    assert one.progress == pytest.approx(2 / whole)
    assert one.train(1000) == whole - 2
    assert one.progress == 1.0


def test_it_has_solved_its_task_at_the_first_epoch_that_reaches_the_bar() -> None:
    one = lane(bar=0.0)
    one.train(1)
    assert one.solved is None
    one.train(1000)
    assert one.solved == 1


def test_after_the_epochs_of_which_there_is_no_record_accuracy_is_worked_out() -> None:
    one = lane(bar=2.0)
    one.trainer.run(257)
    assert one.trainer.history.since(-1)[0][0] == 256
    assert one._test_accuracy() == one.trainer.evaluate().test_accuracy


def test_values_are_not_solved() -> None:
    one = lane(bar=0.0, data="plane")
    one.train(1000)
    assert one.solved is None


def test_news_are_told_once_and_forgotten_at_a_reset() -> None:
    one = lane(bar=0.0)
    assert one.news() == []
    one.train(1000)
    (told,) = one.news()
    assert (told.lane, told.solved, told.diverged) == ("b", 1, None)
    assert one.news() == []
    one.bar = 2.0
    one.reset()
    assert (one.solved, one.trainer.epoch) == (None, 0)


def test_what_is_told_of_it_counts_what_it_has() -> None:
    told = lane().to_json("layers=3", None)
    assert told["parameters"] == 3 * 3 + 4
    # Each unit weighs its inputs once: two inputs to three units, three to one.
    assert told["cost"]["multiply_adds"] == 2 * 3 + 3
    assert np.isfinite(told["epoch"])
