"""A session whose run is a forest: it grows in turns, is looked at and saved like a network, and ends by itself."""

import base64
from typing import Any

import numpy as np
import pytest

from app.live.events import Answer, Changed, Notice, Opened, Refused
from nncore import learner
from nncore.config import Config
from nncore.forest.grower import Grower
from nncore.forest.growing import LIBRARY, Library
from tests.app.live.talk import VIEW, Talk, checkpoints_of, events_of, frames_of, opened

FOREST: dict[str, Any] = {
    "data": {"name": "rings", "count": 60},
    "forest": {"random": 1, "completely_random": 1, "trees": 2, "levels": 3, "patience": 1, "folds": 2},
}


@pytest.fixture(autouse=True)
def _loaded() -> None:
    """The clock of these tests does not wait for what grows trees."""
    LIBRARY.load()


class Slow(Library):
    """Not there until told to be."""

    there = False

    def ready(self) -> bool:
        return self.there


def grown() -> Grower:
    return Grower(Config.from_json(FOREST)).run(9)


def test_it_grows_level_by_level_and_says_when_no_level_is_to_come() -> None:
    talk = opened(FOREST, play=True)
    out = talk.turns(3.0)
    whole = grown()
    (notice,) = [event for event in events_of(out) if isinstance(event, Notice)]
    assert notice.message == f"Grown: level {whole.network.best} of {whole.epoch} is the best and gives the answer."
    assert notice.stops
    body, arrays = frames_of(out)[-1]
    assert (body["epoch"], body["playing"]) == (whole.epoch, False)
    assert (body["nodes"], body["best"]) == (whole.network.parameter_count, whole.network.best)
    # Two forests, three classes each.
    assert arrays["units.0"].shape == (6, 4, 4)
    rows = np.vstack([arrays["history"] for _, arrays in frames_of(out)])
    assert np.array_equal(rows, whole.history.since(1))


def test_until_what_grows_trees_is_loaded_it_shows_and_answers_but_does_not_train(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = Slow()
    monkeypatch.setattr("nncore.forest.grower.LIBRARY", library)
    talk = opened(FOREST, play=True)
    talk.say("view", unit_pixels=5)
    out = talk.turns(3.0)
    assert {(body["epoch"], arrays["units.0"].shape[1]) for body, arrays in frames_of(out)} == {(0, 5)}
    assert [event for event in events_of(out) if isinstance(event, Notice)] == []
    # Nobody else waits meanwhile: it asks for a turn now and then alone.
    due = talk.session.due()
    assert due is not None
    assert due > talk.clock.now
    library.there = True
    out = talk.turns(3.0)
    assert frames_of(out)[-1][0]["epoch"] == grown().epoch


def test_play_at_the_end_says_so_again_and_rests() -> None:
    talk = opened(FOREST, play=True)
    talk.turns(3.0)
    talk.say("play")
    events = events_of(talk.turns(1.0))
    assert [event.key for event in events if isinstance(event, Notice)] == ["say.grown"]
    talk.say("step", epochs=3)
    talk.turns_while_due()
    due = talk.session.due()
    assert due is None or due > talk.clock.now


def test_its_checkpoint_goes_on_to_the_bit() -> None:
    talk = opened(FOREST)
    talk.say("step", epochs=1)
    talk.turns_while_due()
    (checkpoint,) = checkpoints_of(talk.say("checkpoint"))
    other = Talk()
    (answer,) = other.say("open", checkpoint=base64.b64encode(checkpoint).decode(), view=VIEW, play=True)
    assert isinstance(answer, Opened)
    assert (answer.epoch, answer.resumed) == (1, True)
    other.turns(3.0)
    (last,) = checkpoints_of(other.say("checkpoint"))
    assert np.array_equal(learner.load(last).history.since(0), grown().history.since(0))


def test_the_layout_has_levels_in_place_of_layers() -> None:
    (answer,) = Talk().say("open", config=FOREST, view=VIEW)
    assert isinstance(answer, Opened)
    level = {"units": 6, "forests": ["random", "completely_random"]}
    assert answer.layout["layers"] == [level] * 3
    assert answer.layout["output"] == {"units": 3, "activation": "softmax"}


def test_a_place_is_followed_through_the_levels() -> None:
    talk = opened(FOREST)
    talk.say("step", epochs=1)
    talk.turns_while_due()
    (answer,) = events_of(talk.say("ask", id=1, what="trace", point=[0.1, 0.2]))
    assert isinstance(answer, Answer)
    assert [len(level) for level in answer.answer["layers"]] == [6, 6, 6]
    assert sum(answer.answer["layers"][0]) == pytest.approx(2.0)
    assert sum(answer.answer["prediction"]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ({"command": "ask", "id": 1, "what": "unit", "layer": 0, "unit": 0}, "refused.no_network"),
        ({"command": "ask", "id": 1, "what": "gradcheck"}, "refused.no_network"),
        ({"command": "ask", "id": 1, "what": "health"}, "refused.no_network"),
        ({"command": "change", "path": "batch", "value": 3}, "refused.forest_not_changeable"),
        ({"command": "edit", "layer": 0, "param": "W", "index": [0, 0], "value": 1.0}, "refused.no_weights"),
    ],
)
def test_what_means_nothing_for_a_forest_is_refused_in_one_sentence(message: dict[str, Any], key: str) -> None:
    (refused,) = opened(FOREST).say(**message)
    assert isinstance(refused, Refused)
    assert refused.key == key


def test_other_points_begin_it_again() -> None:
    points = [[x / 10, y / 10, int(x * y > 0)] for x in range(-3, 4) for y in range(-3, 4)]
    talk = opened({**FOREST, "data": {"name": "own", "points": points}})
    talk.say("step", epochs=1)
    talk.turns_while_due()
    (changed,) = events_of(talk.say("change", path="data.points", value=points[1:]))
    assert isinstance(changed, Changed)
    assert frames_of(talk.turns_while_due())[-1][0]["epoch"] == 0
