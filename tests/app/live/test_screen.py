"""A screen shows one moment in each picture, however many turns it takes, and remembers what has been shown."""

from typing import Any

import numpy as np
import pytest

from app.live import frames
from app.live.commands import ViewFields
from app.live.events import Frame
from app.live.playback import Playback
from app.live.screen import Screen
from app.settings import Settings
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock

CONFIG: dict[str, Any] = {"layers": [{"units": 3}], "data": {"name": "xor", "count": 40}}


class Scene:
    """A screen before a run, in turns of which each is over as soon as it has begun."""

    def __init__(self, **view: Any) -> None:
        self.clock = Clock(tick_seconds=0.01)
        self.playback: Playback[Trainer] = Playback(self.clock)
        self.screen = Screen(Settings(turn_seconds=0.001), self.clock, self.playback)
        self.trainer = Trainer(Config.from_json(CONFIG))
        self.screen.set_view(self.screen.wanted(ViewFields(**view), self.trainer.config))
        self.screen.start()

    def paint(self, steered: int = 0) -> list[Frame]:
        return self.screen.paint(self.trainer, 0.0, steered, resting=True)

    def frame(self, steered: int = 0) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        while not (painted := self.paint(steered)):
            pass
        _, body, arrays = frames.read(painted[0].data)
        return body, arrays


def test_a_large_picture_takes_many_turns_and_is_due_until_it_is_done() -> None:
    scene = Scene(unit_pixels=100, output_pixels=100)
    turns = 0
    while not scene.paint():
        turns += 1
        assert scene.screen.painting
        assert scene.screen.prompted
        assert scene.screen.due(scene.trainer, behind=False) <= scene.clock.now
    assert turns >= 10
    assert not scene.screen.painting
    assert scene.screen.due(scene.trainer, behind=False) == np.inf


def test_what_is_asked_for_meanwhile_is_for_the_next_picture() -> None:
    scene = Scene(unit_pixels=100, output_pixels=100)
    scene.paint(1)
    scene.playback.play(scene.trainer)
    scene.screen.viewer.prompt()
    body, _ = scene.frame(2)
    assert (body["playing"], body["steered"]) == (False, 1)
    assert scene.screen.prompted
    body, _ = scene.frame(2)
    assert (body["playing"], body["steered"]) == (True, 2)


def test_the_history_is_told_once_and_afresh_where_it_is_asked_for() -> None:
    scene = Scene(unit_pixels=4, output_pixels=4)
    assert scene.frame()[0]["history_start"] == 0
    scene.trainer.run(2)
    body, arrays = scene.frame()
    assert (body["history_start"], len(arrays["history"])) == (1, 2)
    scene.screen.tell_history_afresh()
    assert len(scene.frame()[1]["history"]) == 3


@pytest.mark.parametrize("afresh", ["start", "start_again"])
def test_another_beginning_is_shown_from_its_beginning(afresh: str) -> None:
    scene = Scene(unit_pixels=4, output_pixels=4)
    scene.frame()
    getattr(scene.screen, afresh)()
    assert scene.screen.due(scene.trainer, behind=False) < np.inf
    assert scene.frame()[0]["history_start"] == 0


def test_a_picture_that_is_given_up_is_never_sent() -> None:
    scene = Scene(unit_pixels=100, output_pixels=100)
    scene.paint()
    scene.screen.clear()
    assert not scene.screen.painting
    assert scene.screen.viewer.sent == 0
