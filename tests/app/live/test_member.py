"""A session's run as one of several: what it would be trained on, when it joins, what its session is told."""

import json
import math
from typing import Any

import pytest

from app.live.member import Member
from app.live.playback import Playback
from app.live.screen import Screen
from app.live.session import Session
from app.settings import Settings
from nncore.config import Config
from nncore.learner import AnyLearner
from nncore.trainer import Trainer
from tests.app.clock import Clock

CONFIG: dict[str, Any] = {"layers": [{"units": 3}], "data": {"name": "xor", "count": 40}, "batch": 10}


class Scene:
    """A run with its playback and its screen."""

    def __init__(self) -> None:
        self.clock = Clock(tick_seconds=1e-9)
        self.playback: Playback[AnyLearner] = Playback(self.clock)
        self.screen = Screen(Settings(), self.clock, self.playback)
        self.run = Trainer(Config.from_json(CONFIG))
        self.member = Member(self.run, self.playback, self.screen)


def show(session: Session) -> None:
    """Paint what is owed, and train nothing."""
    while session.prompted():
        session.advance(0.1, training="done")


def trains(session: Session) -> bool:
    return session.member is not None


def test_its_shape_is_that_of_the_run_as_it_is_now() -> None:
    scene = Scene()
    before = scene.member.shape
    scene.run.change("optimizer.learning_rate", 0.5)
    assert scene.member.shape == before is not None
    scene.run.change("batch", 12)
    assert scene.member.shape not in (before, None)
    scene.run.change("batch", 4)
    assert scene.member.shape is None


def test_a_picture_that_was_asked_for_comes_first() -> None:
    scene = Scene()
    scene.playback.play(scene.run)
    assert scene.member.helping(100) == 100
    scene.screen.viewer.prompt()
    assert scene.member.helping(100) == 0
    assert scene.member.joins(0, 2), "others may go on: the picture shows what is newest"


@pytest.mark.parametrize("speed", [0.7, 10.0, 100.0, 3000.0])
def test_whenever_a_turn_is_wanted_to_train_there_is_something_to_train(speed: float) -> None:
    """Else a host would give it one turn after the other for nothing."""
    scene = Scene()
    scene.playback.limit(speed)
    scene.playback.play(scene.run)
    for _ in range(6):
        due = scene.playback.due(scene.run.steps_per_epoch, scene.screen.picture_seconds)
        scene.clock.now = max(scene.clock.now, due) + 1e-6
        batches = scene.member.helping(1000)
        assert batches > 0
        scene.run.advance(batches)
        scene.playback.trained(scene.run, batches)


def test_it_joins_those_at_its_place_alone() -> None:
    scene = Scene()
    scene.playback.play(scene.run)
    scene.run.advance(1)
    assert scene.member.joins(10, 1)
    assert not scene.member.joins(0, 2)


def test_a_session_is_a_member_only_while_it_trains_and_goes_on_as_if_it_had_trained_alone() -> None:
    clock = Clock()
    session = Session("s", Settings(), clock)
    assert not trains(session)
    session.receive(json.dumps({"type": "open", "config": CONFIG, "until": 3}))
    assert not trains(session)
    session.receive(json.dumps({"type": "play"}))
    member = session.member
    assert member is not None
    show(session)
    assert member.run.step == 0
    assert member.helping(100) == member.run.steps_per_epoch, "no further than where it may have to rest"
    for _ in range(2):
        member.run.run(1)
        assert session.trained(2, 0.001) == []
    member.run.run(1)
    notice = session.trained(2, 0.001)[0]
    assert "epoch 3" in str(notice)
    assert not trains(session)
    session.receive(json.dumps({"type": "step", "epochs": 2}))
    assert session.member is member
    show(session)
    assert member.helping(100) == 4
    assert member.joins(0, 4)
    assert not member.joins(0, 6)


def test_a_picture_that_is_being_painted_keeps_it_where_it_is() -> None:
    scene = Scene()
    scene.screen.set_view(scene.screen.viewer.view)
    scene.screen.start()
    scene.playback.play(scene.run)
    scene.clock.tick_seconds = 0.01
    scene.screen.paint(scene.run, 0.0, 0, resting=False)
    assert scene.screen.painting
    assert scene.member.helping(100) == 0
    assert not scene.member.joins(0, 2)


@pytest.mark.parametrize("speed", [None, 10.0, 50.0])
def test_a_quick_run_is_trained_to_its_epochs_end(speed: float | None) -> None:
    scene = Scene()
    scene.playback.limit(speed)
    scene.playback.play(scene.run)
    assert scene.member.helping(3) == (0 if speed else 2), "nothing is earned yet"
    scene.clock.now += 0.06
    assert scene.member.helping(3) == 2
    assert scene.member.helping(1) == 1, "no more than it is given time for"


def test_a_slow_run_goes_no_further_than_it_may() -> None:
    scene = Scene()
    scene.playback.limit(2.0)
    scene.playback.play(scene.run)
    scene.clock.now += 0.26
    assert scene.member.helping(10) == 1
    assert scene.member.joins(0, 1)
    assert not scene.member.joins(0, 2)


def test_what_is_trained_ahead_is_made_up_for() -> None:
    scene = Scene()
    scene.playback.limit(10.0)
    scene.playback.play(scene.run)
    begun = scene.clock.now
    for _ in range(400):
        scene.clock.now += 0.005
        if batches := scene.member.helping(100):
            scene.run.advance(batches)
            scene.playback.trained(scene.run, batches)
    assert scene.run.epoch == pytest.approx(10 * (scene.clock.now - begun), abs=1.5)
    assert math.isclose(scene.playback.rate, 10, rel_tol=0.15)


def test_one_that_lags_a_little_joins_and_one_that_owes_too_much_does_not() -> None:
    scene = Scene()
    scene.playback.limit(10.0)
    scene.playback.play(scene.run)
    assert scene.member.joins(0, 2)
    scene.playback.trained(scene.run, 2)
    assert not scene.member.joins(0, 2)
    scene.clock.now += 0.051
    assert scene.member.joins(0, 2)
