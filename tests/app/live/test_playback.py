"""A run plays, rests, or trains to the end of exactly one epoch, at its speed."""

import math
from typing import Any

import pytest

from app.live.playback import Playback
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock

TURN_SECONDS = 0.005
SMALL: dict[str, Any] = {"batch": 7, "data": {"name": "xor", "count": 40}, "layers": [{"units": 2}]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playback(clock: Clock) -> Playback[Trainer]:
    return Playback(clock)


@pytest.fixture
def trainer() -> Trainer:
    return Trainer(Config.from_json(SMALL))


def turns(playback: Playback[Trainer], trainer: Trainer, clock: Clock, most: int = 500) -> None:
    """Turns until its target is reached, or so many."""
    for _ in range(most):
        playback.train(trainer, clock.now + TURN_SECONDS, TURN_SECONDS)
        if playback.arrives(trainer):
            return
        clock.now += TURN_SECONDS


def test_at_rest_there_is_nothing_to_train(playback: Playback[Trainer]) -> None:
    assert (playback.playing, playback.target, playback.training) == (False, None, False)
    assert playback.due(5) == math.inf
    assert not playback.behind(5)


@pytest.mark.parametrize("then_play", [False, True])
def test_a_target_is_met_to_the_epoch(
    playback: Playback[Trainer], trainer: Trainer, clock: Clock, then_play: bool
) -> None:
    playback.aim(30, then_play=then_play)
    assert playback.playing is then_play
    assert playback.due(trainer.steps_per_epoch) == -math.inf
    turns(playback, trainer, clock)
    assert (trainer.epoch, trainer.offset) == (30, 0)
    assert (playback.target, playback.playing, playback.training) == (None, then_play, then_play)


def test_steps_add_up_and_a_partly_trained_epoch_counts_as_one(
    playback: Playback[Trainer], trainer: Trainer, clock: Clock
) -> None:
    trainer.advance(2)
    playback.step(1, trainer.epoch)
    playback.step(2, trainer.epoch)
    turns(playback, trainer, clock)
    assert (trainer.epoch, trainer.offset) == (3, 0)


def test_steps_never_add_up_to_more_than_a_bound(playback: Playback[Trainer]) -> None:
    for _ in range(5):
        playback.step(1000, 10)
    assert playback.target == 2010


def test_stopping_forgets_the_target_and_what_would_follow(playback: Playback[Trainer]) -> None:
    playback.aim(30, then_play=True)
    playback.stop()
    assert not playback.training


def test_from_the_beginning_it_plays_if_it_would_have(playback: Playback[Trainer]) -> None:
    for then_play in (False, True):
        playback.aim(30, then_play=then_play)
        playback.again()
        assert (playback.playing, playback.target) == (then_play, None)


def test_its_speed_is_kept_and_measured(playback: Playback[Trainer], trainer: Trainer, clock: Clock) -> None:
    playback.limit(20.0)
    playback.play(trainer)
    begun = clock.now
    turns(playback, trainer, clock)
    assert trainer.epoch == pytest.approx(20 * (clock.now - begun), rel=0.1)
    assert playback.rate == pytest.approx(20, rel=0.1)
    playback.forget_rate()
    assert playback.rate == 0.0


def test_a_diverged_run_is_trained_no_further(playback: Playback[Trainer], clock: Clock) -> None:
    layer = {"units": 4, "neuron": "polynomial", "activation": "identity"}
    wild = {"layers": [layer, layer], "optimizer": {"name": "sgd", "learning_rate": 10.0}}
    trainer = Trainer(Config.from_json(wild))
    playback.play(trainer)
    turns(playback, trainer, clock)
    assert trainer.diverged is not None
    step = trainer.step
    turns(playback, trainer, clock, most=3)
    assert trainer.step == step
