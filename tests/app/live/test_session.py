"""The session machine under a clock that tests wind: what is obeyed, what is refused, what is asked."""

import base64
import json
from typing import Any

import numpy as np
import pytest

from app.live.events import Answer, Changed, Notice, Opened, Pong, Refused
from nncore.config import Config
from nncore.editing import edit
from tests.app.live.talk import (
    SETTINGS,
    SMALL,
    VIEW,
    Talk,
    checkpoints_of,
    events_of,
    frames_of,
    opened,
    state,
    state_of,
    trained,
)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "play"},
        {"type": "pause"},
        {"type": "reset"},
        {"type": "step"},
        {"type": "speed", "epochs_per_second": 1},
        {"type": "change", "path": "batch", "value": 1},
        {"type": "view", "visible": False},
        {"type": "checkpoint"},
        {"type": "ack", "frame": 0},
    ],
)
def test_nothing_but_open_is_obeyed_first(message: dict[str, Any]) -> None:
    talk = Talk()
    (refused,) = talk.session.receive(json.dumps(message))
    assert isinstance(refused, Refused)
    assert (refused.command, refused.code) == (message["type"], "order")
    assert talk.turn() == []
    assert talk.session.due() is None


def test_open_tells_the_run_and_the_first_frame_follows_straight_away() -> None:
    talk = Talk()
    (answer,) = talk.say("open", config=SMALL, view=VIEW, speed=5)
    assert isinstance(answer, Opened)
    assert answer.config == Config.from_json(SMALL).to_json()
    assert (answer.session, answer.parameters, answer.epoch) == ("s1", 9, 0)
    assert (answer.playing, answer.resumed, answer.speed) == (False, False, 5.0)
    assert answer.view["unit_pixels"] == 4
    due = talk.session.due()
    assert due is not None
    assert due <= talk.clock.now
    ((body, arrays),) = frames_of(talk.turn())
    assert (body["frame"], body["epoch"], body["history_start"]) == (1, 0, 0)
    assert arrays["history"].shape == (1, 5)


def test_a_paused_session_wants_no_turn() -> None:
    talk = opened()
    assert talk.session.due() is None
    assert talk.turns(1.0) == []


def test_every_refused_message_leaves_the_session_as_it_was() -> None:
    talk = opened(play=True)
    talk.turns(0.2)
    talk.say("pause")
    before = state(talk)
    for message in (
        '{"type": "open", "config": {"layers": [{"units": 17}]}}',
        '{"type": "open", "config": {}, "view": {"unit_pixels": 1}}',
        '{"type": "open", "config": {}, "view": {"inspect": {"layer": 5, "unit": 0}}}',
        '{"type": "open", "checkpoint": "AAAA"}',
        '{"type": "change", "path": "layers", "value": []}',
        '{"type": "change", "path": "batch", "value": false}',
        '{"type": "change", "path": "optimizer.learning_rate", "value": -1}',
        '{"type": "view", "inspect": {"layer": 2, "unit": 0}}',
        '{"type": "edit", "layer": 0, "param": "W", "index": [2, 0], "value": 1}',
        '{"type": "edit", "layer": 0, "param": "X", "index": [0, 0], "value": 1}',
        '{"type": "edit", "layer": 0, "param": "W", "index": [0, 0], "value": 1e7}',
        '{"type": "ask", "id": 1, "what": "unit", "layer": 0, "unit": 2}',
        '{"type": "ack", "frame": 10000}',
        '{"type": "step", "epochs": 0}',
        "{",
    ):
        (refused,) = talk.session.receive(message)
        assert isinstance(refused, Refused), message
    assert state(talk) == before
    assert talk.session.due() is None


def test_a_view_inside_open_is_refused_by_its_full_path() -> None:
    (refused,) = Talk().say("open", config=SMALL, view={"unit_pixels": 1})
    assert isinstance(refused, Refused)
    assert refused.path == "view.unit_pixels"


def test_change_is_answered_at_once_and_shown_at_once() -> None:
    talk = opened()
    (answer,) = talk.say("change", path="optimizer.learning_rate", value=0.5)
    assert isinstance(answer, Changed)
    assert (answer.path, answer.value) == ("optimizer.learning_rate", 0.5)
    assert answer.config["optimizer"]["learning_rate"] == 0.5
    assert talk.session.prompted()
    assert len(frames_of(talk.turns_while_due())) == 1


def test_change_keeps_the_weights_and_trains_on_with_them() -> None:
    talk = opened()
    talk.say("step", epochs=3)
    talk.turns_while_due()
    talk.say("change", path="batch", value=5)
    talk.say("step", epochs=3)
    talk.turns_while_due()
    exact = trained(SMALL, 3)
    exact.change("batch", 5)
    assert state(talk) == state_of(exact.run(3))


def test_a_refused_change_names_what_can_be_changed() -> None:
    (refused,) = opened().say("change", path="features", value=["x"])
    assert isinstance(refused, Refused)
    assert (refused.code, refused.path) == ("extra", "features")
    assert "optimizer.learning_rate" in refused.known


def test_reset_goes_back_to_the_same_weights_and_keeps_playing() -> None:
    talk = opened(play=True)
    talk.turns(0.3)
    ((body, arrays),) = frames_of(talk.say("reset"))
    assert (body["epoch"], body["playing"], body["history_start"]) == (0, True, 0)
    assert arrays["history"][:, 0].tolist() == [0.0]
    assert frames_of(talk.turns(0.3))[-1][0]["epoch"] > 5
    talk.say("pause")
    talk.say("reset")
    assert state(talk) == state_of(trained(SMALL, 0))


def test_open_again_replaces_the_run_and_starts_its_frames_afresh() -> None:
    talk = opened(play=True)
    talk.acknowledging = False
    talk.turns(0.5)
    (answer,) = talk.say("open", config=SMALL | {"layers": []})
    assert isinstance(answer, Opened)
    assert (answer.epoch, answer.playing, answer.view["unit_pixels"]) == (0, False, 4)
    ((body, arrays),) = frames_of(talk.turn())
    assert (body["frame"], body["epoch"], body["history_start"]) == (4, 0, 0)
    assert "units.0" not in arrays


def test_the_inspected_unit_is_sent_at_full_size() -> None:
    talk = opened()
    talk.say("view", inspect={"layer": 0, "unit": 1}, output_pixels=9)
    ((_, arrays),) = frames_of(talk.turns_while_due())
    assert arrays["inspected"].shape == (9, 9)
    talk.say("view", inspect=None)
    ((_, arrays),) = frames_of(talk.turns_while_due())
    assert "inspected" not in arrays


def test_an_output_unit_is_inspected_as_any_other() -> None:
    talk = opened()
    talk.say("view", inspect={"layer": 1, "unit": 0})
    ((body, arrays),) = frames_of(talk.turns_while_due())
    assert body["inspected"] == {"layer": 1, "unit": 0}
    assert (arrays["inspected"] == arrays["inspected"]).all()


def test_an_edited_run_trains_as_one_that_is_edited_by_hand_to_the_bit() -> None:
    talk = opened()
    talk.say("step", epochs=3)
    talk.turns_while_due()
    assert talk.say("edit", layer=0, param="W", index=[1, 0], value=-2.5) == []
    ((body, _),) = frames_of(talk.turns_while_due())
    assert (body["epoch"], body["edits"]) == (3, 1)
    talk.say("step", epochs=4)
    talk.turns_while_due()
    alone = trained(SMALL, 3)
    edit(alone, 0, "W", (1, 0), -2.5)
    assert state(talk) == state_of(alone.run(4))


def test_an_edited_run_that_moves_to_another_server_goes_on_to_the_bit() -> None:
    talk = opened()
    talk.say("edit", layer=1, param="W", index=[0, 2], value=1.5)
    (checkpoint,) = checkpoints_of(talk.say("checkpoint"))
    other = Talk()
    other.say("open", checkpoint=base64.b64encode(checkpoint).decode(), view=VIEW)
    assert frames_of(other.turn())[0][0]["edits"] == 1
    for one in (talk, other):
        one.say("step", epochs=2)
        one.turns_while_due()
    assert state(talk) == state(other)


def test_questions_are_answered_while_it_plays_and_change_nothing() -> None:
    talk = opened(play=True)
    talk.turns(0.2)
    (told,) = talk.say("ask", id=5, what="weights", layer=0, unit=1)
    assert isinstance(told, Answer)
    assert talk.say("ask", id=6, what="gradcheck") == []
    out = talk.turns(0.5)
    (checked,) = [one for one in out if isinstance(one, Answer)]
    assert (checked.id, checked.what) == (6, "gradcheck")
    assert checked.answer["worst"] < 1e-5
    epoch = frames_of(talk.say("pause"))[-1][0]["epoch"]
    talk.say("step")
    talk.turns_while_due()
    assert state(talk) == state_of(trained(SMALL, epoch + 1))


def test_a_long_question_is_worked_on_while_nothing_else_is_to_do() -> None:
    talk = opened()
    assert talk.session.due() is None
    talk.say("ask", id=6, what="gradcheck")
    assert talk.session.due() == -np.inf
    (checked,) = talk.turns_while_due()
    assert isinstance(checked, Answer)
    assert talk.session.due() is None


def test_a_run_that_nobody_watches_is_paused_with_a_word() -> None:
    talk = opened(play=True)
    talk.say("view", visible=False)
    talk.turns(59.0, 0.5)
    assert talk.session.due() is not None
    out = talk.turns(3.0, 0.5)
    (notice,) = events_of(out)
    assert isinstance(notice, Notice)
    assert "nobody has been watching for 60 seconds" in notice.message
    assert checkpoints_of(out)
    assert talk.session.due() is None


def test_a_ping_is_answered_but_is_no_sign_of_somebody_watching() -> None:
    assert Talk().say("ping") == [Pong()]
    talk = opened(play=True)
    talk.say("view", visible=False)
    for _ in range(10):
        talk.turns(7.0, 0.5)
        assert talk.say("ping") == [Pong()]
    assert talk.session.due() is None


def test_whoever_acknowledges_is_watching() -> None:
    talk = opened(play=True)
    talk.turns(100.0, 0.5)
    assert talk.session.due() is not None


def test_an_oversized_message_is_refused_and_the_session_goes_on() -> None:
    talk = opened(settings=SETTINGS.model_copy(update={"message_bytes": 1000}))
    (refused,) = talk.session.receive('{"type": "play", "x": "' + "x" * 2000 + '"}')
    assert isinstance(refused, Refused)
    assert (refused.command, refused.code) == ("play", "size")
    assert talk.say("play") == []


def test_a_shutdown_is_a_reason_and_a_checkpoint_and_the_end_of_training() -> None:
    talk = opened(play=True)
    talk.turns(0.3)
    notice, checkpoint = talk.session.shut_down()
    assert isinstance(notice, Notice)
    assert len(checkpoints_of([checkpoint])) == 1
    assert [type(event) for event in Talk().session.shut_down()] == [Notice]
    assert checkpoints_of(talk.turns(5.0)) == []
