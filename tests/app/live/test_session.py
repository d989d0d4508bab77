"""The session machine under a clock that tests wind: order, turns, speeds, frames, checkpoints, divergence."""

import base64
import json
from typing import Any

import numpy as np
import pytest

from app.live import frames
from app.live.events import Answer, Changed, Checkpoint, Diverged, Event, Frame, Notice, Opened, Pong, Refused
from app.live.frames import Caption, Painter
from app.live.machine import Outgoing, TurnedAway
from app.live.session import Session
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.editing import edit
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(frames_per_second=20.0, checkpoint_seconds=2.0, idle_seconds=60.0, turn_seconds=0.02)
"""With turns in which this clock lets any picture of these be painted at once."""
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": 7}
EPOCH_STEPS = 3
HOT = SMALL | {
    "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 4,
    "optimizer": {"name": "sgd", "learning_rate": 10.0},
}
VIEW = {"unit_pixels": 4, "output_pixels": 4}


class Talk:
    """A session and what it said, sorted as a client would."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        self.clock = Clock()
        self.session = Session("s1", settings, self.clock)
        self.acknowledging = True

    def say(self, command: str, **fields: Any) -> list[Outgoing]:
        return self.session.receive(json.dumps({"type": command, **fields}))

    def turn(self) -> list[Outgoing]:
        out = self.session.advance(0.004)
        for body, _ in frames_of(out):
            if self.acknowledging:
                self.say("ack", frame=body["frame"])
        return out

    def turns(self, seconds: float, pause_seconds: float = 0.005) -> list[Outgoing]:
        """Turns every so often for so long; each costs what the clock's ticks make of it."""
        out, end = [], self.clock.now + seconds
        while self.clock.now < end:
            out += self.turn()
            self.clock.now += pause_seconds
        return out

    def turns_while_due(self) -> list[Outgoing]:
        out = []
        while (due := self.session.due()) is not None and due <= self.clock.now:
            out += self.turn()
        return out


def opened(config: dict[str, Any] = SMALL, settings: Settings = SETTINGS, **fields: Any) -> Talk:
    """A session that has sent its first frame."""
    talk = Talk(settings)
    (answer,) = talk.say("open", config=config, view=VIEW, **fields)
    assert isinstance(answer, Opened)
    assert frames_of(talk.turn())[0][0]["history_start"] == 0
    return talk


def frames_of(out: list[Outgoing]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    messages = [frames.read(message.data) for message in out if isinstance(message, Frame)]
    assert all(kind == "frame" for kind, _, _ in messages)
    return [(body, arrays) for _, body, arrays in messages]


def checkpoints_of(out: list[Outgoing]) -> list[bytes]:
    saved = [message.data for message in out if isinstance(message, Checkpoint)]
    assert all(frames.read(data)[0] == "checkpoint" for data in saved)
    return saved


def events_of(out: list[Outgoing]) -> list[Event]:
    return [message for message in out if isinstance(message, Event)]


def contents(checkpoint: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """All that a checkpoint holds; the order of its header is not the same every time."""
    _, body, arrays = frames.read(checkpoint)
    return body, {name: array.tobytes() for name, array in arrays.items()}


def state(talk: Talk) -> tuple[dict[str, Any], dict[str, bytes]]:
    (checkpoint,) = checkpoints_of(talk.say("checkpoint"))
    return contents(checkpoint)


def state_of(trainer: Trainer) -> tuple[dict[str, Any], dict[str, bytes]]:
    return contents(snapshot.save(trainer))


def trained(config: dict[str, Any], epochs: int) -> Trainer:
    return Trainer(Config.from_json(config)).run(epochs)


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


def test_training_in_turns_is_training_to_the_bit() -> None:
    talk = opened(play=True)
    out = talk.turns(1.0)
    out += talk.say("step", epochs=5)
    out += talk.turns_while_due()
    epoch = frames_of(out)[-1][0]["epoch"]
    assert epoch > 20
    assert state(talk) == state_of(trained(SMALL, epoch))


def test_the_frames_histories_together_are_the_run_s() -> None:
    talk = opened(play=True)
    out = talk.turns(1.0) + talk.say("pause")
    rows = np.vstack([arrays["history"] for _, arrays in frames_of(out)])
    exact = trained(SMALL, len(rows)).history.since(1)
    assert len(rows) > 20
    assert rows.tobytes() == exact.tobytes()


def test_step_ends_exactly_at_the_end_of_its_epochs() -> None:
    talk = opened()
    assert talk.say("step", epochs=2) == []
    out = talk.turns_while_due()
    body, _ = frames_of(out)[-1]
    assert (body["epoch"], body["step"], body["playing"]) == (2, 2 * EPOCH_STEPS, False)
    assert len(checkpoints_of(out)) == 1
    assert talk.session.due() is None


def test_step_counts_an_epoch_begun_as_one() -> None:
    talk = opened(speed=1, play=True)
    while (begun := state(talk)[0])["offset"] == 0:
        talk.turns(0.1)
    talk.say("step")
    body, _ = frames_of(talk.turns_while_due())[-1]
    assert (body["epoch"], body["step"]) == (begun["epoch"] + 1, (begun["epoch"] + 1) * EPOCH_STEPS)


def test_steps_in_a_row_add_up() -> None:
    talk = opened()
    for _ in range(3):
        talk.say("step", epochs=2)
    talk.turns_while_due()
    assert state(talk) == state_of(trained(SMALL, 6))


def test_pause_is_answered_by_a_last_frame_and_a_checkpoint() -> None:
    talk = opened(play=True)
    talk.turns(0.3)
    out = talk.say("pause")
    ((body, _),) = frames_of(out)
    (checkpoint,) = checkpoints_of(out)
    assert body["playing"] is False
    assert body["step"] == frames.read(checkpoint)[1]["step"]
    assert talk.turns(0.5) == []


def test_a_pause_while_frames_are_in_flight_owes_its_last_frame() -> None:
    talk = opened(play=True)
    talk.acknowledging = False
    talk.turns(0.5)
    out = talk.say("pause")
    assert frames_of(out) == []
    assert len(checkpoints_of(out)) == 1
    talk.say("ack", frame=3)
    ((body, _),) = frames_of(talk.turns_while_due())
    assert body["playing"] is False


def test_at_most_two_frames_are_in_flight_and_training_keeps_its_pace() -> None:
    talk = opened(play=True)
    talk.acknowledging = False
    sent = frames_of(talk.turns(1.0))
    assert [body["frame"] for body, _ in sent] == [2, 3]
    talk.say("ack", frame=3)
    ((body, arrays), *_) = frames_of(talk.turns(0.2))
    assert body["epoch"] > sent[-1][0]["epoch"] + 10
    assert arrays["history"][0, 0] == sent[-1][1]["history"][-1, 0] + 1, "what the skipped frames missed is made up for"


def test_frames_keep_to_the_wanted_rate() -> None:
    talk = opened(play=True)
    talk.say("view", frames_per_second=10)
    sent = frames_of(talk.turns(2.0))
    assert 15 <= len(sent) <= 21


def test_frames_are_compressed_for_whoever_asks() -> None:
    talk = opened()
    plain = talk.say("pause")[0]
    talk.say("ack", frame=2)
    talk.say("view", compress=True)
    squeezed = talk.turn()[0]
    assert isinstance(plain, Frame)
    assert isinstance(squeezed, Frame)
    assert len(squeezed.data) < len(plain.data)
    assert frames.read(squeezed.data)[1]["frame"] == 3


def test_an_open_lens_is_shown_at_once_then_now_and_then() -> None:
    talk = opened(play=True)
    assert not any("lens" in body for body, _ in frames_of(talk.turns(0.5)))
    talk.say("view", lens={"pixels": 4, "lines": 2})
    ((body, arrays), *_) = frames_of(talk.turn())
    assert body["lens"]["layers"] == ["input", "0"]
    assert {"decision.0", "points.input", "grid.0"} <= set(arrays)
    sent = frames_of(talk.turns(2.0))
    assert 8 <= sum("lens" in body for body, _ in sent) <= 11 < len(sent)
    talk.say("view", lens=None)
    assert not any("lens" in body for body, _ in frames_of(talk.turns(0.5)))


@pytest.mark.parametrize(("command", "fields"), [("pause", {}), ("step", {"epochs": 2}), ("reset", {})])
def test_a_run_that_comes_to_rest_shows_the_lens_of_that_moment(command: str, fields: dict[str, Any]) -> None:
    talk = opened(play=True)
    talk.say("view", lens={"pixels": 4, "lines": 2})
    talk.turns(0.45)
    (body, _) = frames_of(
        [*talk.say(command, **fields), *talk.turns_while_due()] if command == "step" else talk.say(command)
    )[-1]
    assert "lens" in body


def test_looking_through_the_lens_changes_no_weight() -> None:
    def weights(**view: Any) -> bytes:
        talk = opened()
        talk.say("view", **view)
        talk.say("step", epochs=5)
        (saved,) = checkpoints_of(talk.turns_while_due())
        return snapshot.load(saved).network.theta.tobytes()

    assert weights(lens={}) == weights()


LARGE_VIEW = {"unit_pixels": 60, "output_pixels": 120}


def in_the_middle_of_a_picture(**fields: Any) -> Talk:
    """A run whose picture takes many turns, begun and not yet done."""
    talk = Talk(Settings(turn_seconds=0.001, idle_seconds=60.0))
    talk.say("open", config=SMALL, view=LARGE_VIEW, **fields)
    assert talk.turn() == []
    assert talk.session.painting
    assert (talk.session.due() or 0.0) <= talk.clock.now
    return talk


def test_a_large_picture_is_painted_over_several_turns_and_nothing_moves_meanwhile() -> None:
    talk, turns = in_the_middle_of_a_picture(play=True), 0
    while not (sent := frames_of(talk.turn())):
        turns += 1
    ((body, arrays),) = sent
    assert turns > 5
    assert body["step"] == 0
    expected = Painter(60, 120).paint(Trainer(Config.from_json(SMALL)), Caption(1, True, 0.0, 0.0, 0))
    assert {name: array.tobytes() for name, array in arrays.items()} == {
        name: array.tobytes() for name, array in frames.read(expected)[2].items()
    }


def test_what_changes_no_picture_is_obeyed_in_the_middle_of_one() -> None:
    talk = in_the_middle_of_a_picture(play=True)
    assert talk.say("ping") == [Pong()]
    assert talk.say("speed", epochs_per_second=5) == []
    assert isinstance(talk.say("ask", id=1, what="weights", layer=0, unit=0)[0], Answer)
    assert len(checkpoints_of(talk.say("checkpoint"))) == 1
    assert talk.session.painting


def test_a_pause_in_the_middle_of_a_picture_holds_at_once_and_is_shown_after_it() -> None:
    talk = in_the_middle_of_a_picture(play=True)
    out = talk.say("pause")
    while talk.session.due() is not None and len(frames_of(out)) < 2:
        out += talk.turn()
    out += talk.turn()
    begun, settled = frames_of(out)
    assert (begun[0]["playing"], settled[0]["playing"]) == (True, False)
    assert begun[0]["step"] == settled[0]["step"] == 0
    assert [type(one) for one in out if not isinstance(one, Event)] == [Frame, Frame, Checkpoint]


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("edit", {"layer": 0, "param": "W", "index": [0, 0], "value": 3.0}),
        ("change", {"path": "batch", "value": 3}),
        ("reset", {}),
        ("view", {"inspect": {"layer": 0, "unit": 0}}),
        ("open", {"config": SMALL | {"seeds": {"run": 1}}}),
    ],
)
def test_what_would_change_a_picture_comes_after_it(command: str, fields: dict[str, Any]) -> None:
    talk = in_the_middle_of_a_picture()
    out = talk.say(command, **fields)
    ((body, arrays), *_) = frames_of(out)
    expected = Painter(60, 120).paint(Trainer(Config.from_json(SMALL)), Caption(1, False, 0.0, 0.0, 0))
    assert body["inspected"] is None
    assert {name: array.tobytes() for name, array in arrays.items()} == {
        name: array.tobytes() for name, array in frames.read(expected)[2].items()
    }


def test_a_shutdown_in_the_middle_of_a_picture_gives_the_run_away_at_once() -> None:
    talk = in_the_middle_of_a_picture(play=True)
    notice, checkpoint = talk.session.shut_down()
    assert isinstance(notice, Notice)
    assert isinstance(checkpoint, Checkpoint)
    assert not talk.session.painting


def test_another_run_keeps_the_lens_and_forgets_units_that_it_may_not_have() -> None:
    talk = opened()
    talk.say("view", lens={"pairs": [{"layer": 0, "x": 1, "y": 0}]})
    (answer,) = talk.say("open", config=SMALL | {"layers": [{"units": 1}]})
    assert isinstance(answer, Opened)
    assert answer.view["lens"]["pairs"] == []
    ((body, _), *_) = frames_of(talk.turns_while_due())
    assert body["lens"]["layers"] == ["input", "0"]
    (refusal,) = talk.say("open", config=SMALL, view={"lens": {"pairs": [{"layer": 0, "x": 2, "y": 0}]}})
    assert isinstance(refusal, Refused)
    assert refusal.path == "view.lens.pairs[0].x"


def test_an_invisible_page_is_sent_no_frames_and_trains_on() -> None:
    talk = opened(play=True)
    talk.say("view", visible=False)
    assert frames_of(talk.turns(1.0)) == []
    talk.say("view", visible=True)
    ((body, _), *_) = frames_of(talk.turn())
    assert body["epoch"] > 10


def test_a_target_speed_is_kept() -> None:
    talk = opened(speed=10, play=True)
    out = talk.turns(3.0)
    assert frames_of(out)[-1][0]["epoch"] == pytest.approx(30, abs=2)
    assert frames_of(out)[-1][0]["epochs_per_second"] == pytest.approx(10, rel=0.2)


def test_a_stall_is_not_made_up_for_by_a_burst() -> None:
    talk = opened(speed=10, play=True)
    talk.turns(0.5)
    before = frames_of(talk.turns(0.1))[-1][0]["epoch"]
    talk.clock.now += 30.0
    after = frames_of(talk.turns(0.2))[-1][0]["epoch"]
    assert after - before <= 6


def test_a_run_at_a_target_speed_sleeps_between_its_turns() -> None:
    talk = opened(speed=1, play=True)
    talk.turns_while_due()
    due = talk.session.due()
    assert due is not None
    assert due - talk.clock.now == pytest.approx(1 / EPOCH_STEPS, rel=0.1)


def test_a_turn_ends_when_its_time_is_up() -> None:
    talk = opened(play=True)
    for _ in range(50):
        before = talk.clock.now
        talk.session.advance(0.004)
        assert talk.clock.now - before < 0.012


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


def test_a_checkpoint_comes_every_two_seconds_of_training() -> None:
    talk = opened(play=True)
    assert len(checkpoints_of(talk.turns(7.0))) == 3


def test_a_run_resumed_from_its_checkpoint_goes_on_to_the_bit() -> None:
    talk = opened(speed=20, play=True)
    (checkpoint, *_) = checkpoints_of(talk.turns(2.5))
    other = Talk()
    text = base64.b64encode(checkpoint).decode()
    (answer,) = other.say("open", config=SMALL, checkpoint=text, view=VIEW)
    assert isinstance(answer, Opened)
    assert answer.resumed
    ((_, arrays),) = frames_of(other.turns_while_due())
    assert arrays["history"][:, 0].tolist() == list(range(answer.epoch + 1))
    other.say("step", epochs=10)
    other.turns_while_due()
    assert state(other) == state_of(trained(SMALL, answer.epoch + 10))


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


def diverged() -> tuple[Talk, list[Outgoing]]:
    talk = Talk()
    talk.say("open", config=HOT, view=VIEW, play=True)
    return talk, talk.turns(1.0)


def test_divergence_stops_the_run_says_what_to_try_and_keeps_finite_weights() -> None:
    talk, out = diverged()
    (event,) = events_of(out)
    assert isinstance(event, Diverged)
    assert "Set learning rate to 0.1" in event.advice
    assert event.key == "say.diverged_in_hidden"
    assert event.remedies[0]["path"] == "optimizer.learning_rate"
    assert frames_of(out)[-1][0]["playing"] is False
    assert np.isfinite(frames_of(out)[-1][0]["loss"]["train"])
    assert checkpoints_of(out)
    assert talk.session.due() is None


def test_play_tries_a_diverged_run_again() -> None:
    talk, out = diverged()
    broken_at = frames_of(out)[-1][0]["step"]
    talk.say("play")
    assert talk.session.due() is not None
    assert frames_of(talk.turns(1.0))[-1][0]["step"] > broken_at


ENDLESS: dict[str, Any] = {
    "layers": [{"units": 8, "activation": "square"}] * 6,
    "data": {"name": "plane", "scale": 6.0, "count": 20},
}
"""Its first weights alone square the plane's numbers into what is none."""


def test_first_weights_without_a_finite_loss_are_told_when_opened_and_when_reset() -> None:
    talk = Talk()
    kinds = [type(one) for one in talk.say("open", config=ENDLESS, view=VIEW)]
    assert kinds == [Opened, Diverged]
    assert Diverged in [type(one) for one in talk.say("reset")]
    talk.say("play")
    out = talk.turns(0.5)
    assert [type(event) for event in events_of(out)] == [Diverged]
    assert talk.session.due() is None


def test_a_run_that_plays_and_is_reset_to_such_weights_stops() -> None:
    talk = Talk()
    talk.say("open", config=ENDLESS, view=VIEW)
    talk.say("play")
    out = talk.say("reset")
    assert Diverged in [type(one) for one in out]
    assert talk.session.due() is None


def test_the_advice_taken_a_diverged_run_can_be_trained() -> None:
    talk, _ = diverged()
    talk.say("change", path="optimizer.learning_rate", value=0.001)
    talk.say("reset")
    talk.say("play")
    out = talk.turns(0.5)
    assert events_of(out) == []
    assert frames_of(out)[-1][0]["epoch"] > 5


def test_a_diverged_run_comes_back_as_one() -> None:
    _, out = diverged()
    (checkpoint,) = checkpoints_of(out)
    out = Talk().say("open", checkpoint=base64.b64encode(checkpoint).decode())
    assert [type(event) for event in out] == [Opened, Diverged]


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


def test_a_link_opens_and_every_answer_carries_the_config_s_own() -> None:
    talk = Talk()
    (answer,) = talk.say("open", link="?batch=7&count=40&data=xor&layers=2&hide=noise", view=VIEW)
    assert isinstance(answer, Opened)
    assert Config.from_json(answer.config) == Config.from_json(SMALL)
    assert answer.link == "data=xor&count=40&layers=2&batch=7"
    assert (answer.page, answer.notices) == ({"hide": "noise"}, [])
    (changed,) = talk.say("change", path="batch", value=8)
    assert isinstance(changed, Changed)
    assert changed.link == "data=xor&count=40&layers=2&batch=8"


def test_a_bad_link_is_refused_by_its_key_and_changes_nothing() -> None:
    talk = opened()
    before = state(talk)
    (answer,) = talk.say("open", link="?nois=1")
    assert isinstance(answer, Refused)
    assert (answer.command, answer.path) == ("open", "nois")
    assert "did you mean noise?" in answer.message
    assert state(talk) == before


def test_a_link_with_epochs_is_trained_to_the_bit_and_rests() -> None:
    talk = Talk()
    (answer,) = talk.say("open", link="?batch=7&count=40&data=xor&layers=2&epochs=30&speed=1", view=VIEW)
    assert isinstance(answer, Opened)
    assert (answer.epoch, answer.playing, answer.speed) == (0, False, 1)
    out = talk.turns_while_due()
    assert frames_of(out)[-1][0]["epoch"] == 30
    assert state(talk) == state_of(trained(SMALL, 30))
    assert talk.session.due() is None


def test_a_link_that_plays_goes_on_from_its_epoch() -> None:
    talk = Talk()
    (answer,) = talk.say("open", link="?batch=7&count=40&data=xor&layers=2&epochs=30&play=on", view=VIEW)
    assert isinstance(answer, Opened)
    assert answer.playing
    bodies = [body for body, _ in frames_of(talk.turns(2.0))]
    assert all(body["playing"] for body in bodies)
    assert bodies[-1]["epoch"] > 30


@pytest.mark.parametrize("play", [False, True])
def test_a_replay_that_was_cut_short_goes_on_from_its_checkpoint(play: bool) -> None:
    cut = Talk()
    link = f"?batch=7&count=40&data=xor&layers=2&epochs=300{'&play=on' * play}"
    (answer,) = cut.say("open", link=link, view=VIEW)
    assert isinstance(answer, Opened)
    assert answer.target == 300
    cut.turn()
    cut.turn()
    checkpoint = base64.b64encode(checkpoints_of(cut.say("checkpoint"))[0]).decode()
    talk = Talk()
    (answer,) = talk.say("open", checkpoint=checkpoint, play=answer.playing, epochs=300, view=VIEW)
    assert isinstance(answer, Opened)
    assert 0 < answer.epoch < 300
    assert (answer.playing, answer.target) == (play, 300)
    if play:
        assert frames_of(talk.turns(2.0))[-1][0]["epoch"] > 300
    else:
        talk.turns_while_due()
        assert state(talk) == state_of(trained(SMALL, 300))
        (answer,) = talk.say("open", checkpoint=checkpoint, epochs=1, view=VIEW)
        assert isinstance(answer, Opened)
        assert answer.target is None


def test_what_was_learnt_is_kept_where_only_changeable_settings_differ() -> None:
    link = "?batch=7&count=40&data=xor&layers=2"
    talk = Talk()
    talk.say("open", link=link, view=VIEW)
    talk.say("step", epochs=20)
    talk.turns_while_due()
    (answer,) = talk.say("open", link=f"{link}&rate=0.5&l2=0.1", keep=True)
    assert isinstance(answer, Opened)
    assert (answer.resumed, answer.epoch) == (True, 20)
    talk.say("step", epochs=5)
    talk.turns_while_due()
    by_hand = trained(SMALL, 20)
    by_hand.change("optimizer.learning_rate", 0.5)
    by_hand.change("l2", 0.1)
    assert state(talk) == state_of(by_hand.run(5))


@pytest.mark.parametrize("other", ["layers=3", "layers=2&noise=0.2", "layers=2&epochs=10", "layers=2&run_seed=3"])
def test_else_it_begins_anew_and_without_keep_it_always_does(other: str) -> None:
    talk = opened()
    same = "?batch=7&count=40&data=xor"
    for link, keep in ((f"{same}&{other}", True), (f"{same}&layers=2", False)):
        talk.say("step", epochs=20)
        talk.turns_while_due()
        (answer,) = talk.say("open", link=link, keep=keep)
        assert isinstance(answer, Opened)
        assert (answer.resumed, answer.epoch) == (False, 0)


def test_what_has_diverged_is_not_worth_keeping() -> None:
    talk, _ = diverged()
    (answer,) = talk.say("open", config=HOT | {"batch": 20}, keep=True)
    assert isinstance(answer, Opened)
    assert (answer.resumed, answer.epoch) == (False, 0)


def test_epochs_beside_a_checkpoint_are_bounded_like_those_of_a_link() -> None:
    (answer,) = Talk().say("open", config={}, epochs=10**9)
    assert isinstance(answer, Refused)
    assert answer.path == "epochs"


def test_a_replay_can_be_paused_and_reset_like_any_run() -> None:
    talk = Talk()
    talk.say("open", link="?batch=7&count=40&data=xor&layers=2&epochs=2000&play=on", view=VIEW)
    talk.turn()
    talk.say("reset")
    assert frames_of(talk.turns(0.5))[-1][0]["playing"]
    talk.say("open", link="?batch=7&count=40&data=xor&layers=2&epochs=2000", view=VIEW)
    talk.turn()
    talk.say("pause")
    talk.turns_while_due()
    assert contents(checkpoints_of(talk.say("checkpoint"))[0])[0]["epoch"] < 2000


DRAWN: dict[str, Any] = {
    "layers": [{"units": 2}],
    "data": {"name": "own", "points": [[0, 0, 0], [0.1, 0.9, 1], [0.9, 0.1, 1], [1, 1, 0]]},
}
DRAWN_ON = [*DRAWN["data"]["points"], [-0.5, 0.25, 0]]


def test_points_drawn_while_it_trains_are_answered_with_their_split_and_keep_the_weights() -> None:
    talk = Talk()
    talk.say("open", config=DRAWN, view=VIEW, play=True)
    talk.turns(0.3)
    (answer,) = talk.say("change", path="data.points", value=DRAWN_ON)
    assert isinstance(answer, Changed)
    assert answer.config["data"]["points"] == answer.value == DRAWN_ON
    assert answer.points is not None
    assert answer.layout is not None
    assert sorted(answer.points["train"] + answer.points["test"]) == sorted(DRAWN_ON)
    ((body, _), *_) = frames_of(talk.turns(0.1))
    assert body["playing"]
    assert body["epoch"] > 1


def test_points_drawn_before_the_first_step_begin_the_history_afresh() -> None:
    talk = Talk()
    talk.say("open", config=DRAWN, view=VIEW)
    talk.turns_while_due()
    talk.say("change", path="data.points", value=DRAWN_ON)
    ((body, arrays),) = frames_of(talk.turns_while_due())
    assert body["history_start"] == 0
    assert len(arrays["history"]) == 1


def test_more_points_than_the_server_takes_are_refused_and_change_nothing() -> None:
    talk = Talk(Settings(points=4))
    talk.say("open", config=DRAWN, view=VIEW)
    (refused,) = talk.say("change", path="data.points", value=DRAWN_ON)
    assert isinstance(refused, Refused)
    assert (refused.path, refused.message) == (
        "data.count",
        "data.count: must be at most 4 on this server, not 5",
    )
    (kept,) = talk.say("change", path="batch", value=3)
    assert isinstance(kept, Changed)
    assert len(kept.config["data"]["points"]) == 4
    assert kept.points is None


CHECKPOINT = snapshot.save(Trainer(Config.from_json(SMALL)).run(3))


def refusal(out: list[Outgoing]) -> Refused:
    (refused,) = out
    assert isinstance(refused, Refused)
    return refused


def session_with(room: float, **settings: Any) -> Talk:
    """A session on a host that has so much memory for it."""
    talk = Talk(SETTINGS.model_copy(update=settings))
    talk.session = Session("s1", SETTINGS.model_copy(update=settings), talk.clock, room=lambda _: room)
    return talk


def test_a_checkpoint_that_came_up_in_parts_is_opened_even_beside_a_run() -> None:
    talk = opened()
    for part in (CHECKPOINT[:700], CHECKPOINT[700:]):
        assert talk.session.receive(part) == []
    (answer,) = talk.say("open", uploaded=len(CHECKPOINT))
    assert isinstance(answer, Opened)
    assert (answer.resumed, answer.epoch) == (True, 3)
    assert "bytes uploaded, 0" in refusal(talk.say("open", uploaded=len(CHECKPOINT))).message


def test_an_upload_that_is_never_opened_is_dropped_with_a_sentence_and_its_memory() -> None:
    talk = Talk()
    talk.session.receive(CHECKPOINT[:500])
    assert talk.session.account.total == 500
    due = talk.session.due()
    assert due is not None
    assert talk.turn() == []
    talk.clock.now = due
    late = refusal(talk.turn())
    assert (late.command, late.code, late.key) == ("upload", "checkpoint", "refused.late_upload")
    assert talk.session.account.total == 0
    assert talk.session.due() is None


def test_an_upload_is_a_sign_of_somebody_watching() -> None:
    talk = opened(play=True)
    talk.clock.now += SETTINGS.idle_seconds * 0.9
    talk.session.receive(b"x")
    talk.clock.now += SETTINGS.idle_seconds * 0.9
    assert not [said for said in talk.turn() if isinstance(said, Notice)]


def test_a_newcomer_for_whom_there_is_no_room_is_turned_away() -> None:
    talk = session_with(room=100_000)
    assert talk.say("open", config=SMALL) == [TurnedAway()]
    assert talk.session.account.total == 0
    talk = session_with(room=100)
    assert talk.session.receive(CHECKPOINT) == [TurnedAway()]


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("open", {"config": SMALL | {"layers": [{"units": 16, "neuron": "kan"}] * 6}}),
        ("view", {"unit_pixels": 200, "output_pixels": 400}),
        ("view", {"lens": {"pixels": 200, "lines": 41}}),
    ],
)
def test_a_run_for_whose_wish_there_is_no_room_goes_on_as_it_is(command: str, fields: dict[str, Any]) -> None:
    talk = session_with(room=1_000_000)
    talk.say("open", config=SMALL, view=VIEW)
    talk.turn()
    charged, view = talk.session.account.total, talk.session._screen.viewer.view
    refused = refusal(talk.say(command, **fields))
    assert (refused.command, refused.code, refused.key) == (command, "room", "refused.memory_taken")
    assert refused.values["high"] == 1.0
    assert (talk.session.account.total, talk.session._screen.viewer.view) == (charged, view)
    talk.say("step")
    assert frames_of(talk.turns_while_due())[-1][0]["epoch"] == 1


@pytest.mark.parametrize(
    ("command", "fields", "key", "path"),
    [
        (
            "open",
            {"config": SMALL | {"layers": [{"units": 16, "neuron": "kan"}] * 6}, "view": {"output_pixels": 50}},
            "refused.memory_pixels",
            "",
        ),
        ("change", {"path": "batch", "value": 1000}, "refused.memory_points", "data.count"),
        ("view", {"unit_pixels": 200}, "refused.memory_pixels", ""),
    ],
)
def test_more_than_a_session_may_take_is_refused(command: str, fields: dict[str, Any], key: str, path: str) -> None:
    """Whatever brings it: another run, a setting changed, another look."""
    talk = Talk(SETTINGS.model_copy(update={"session_bytes": 6_000_000}))
    heavy = {"layers": [{"units": 8, "neuron": "kan"}] * 2, "data": {"name": "xor", "count": 1000, "train_share": 0.9}}
    assert isinstance(talk.say("open", config=heavy, view=VIEW)[0], Opened)
    talk.turn()
    refused = refusal(talk.say(command, **fields))
    assert (refused.code, refused.key, refused.path) == ("range", key, path)


def test_what_a_session_is_charged_follows_its_run_and_its_view() -> None:
    talk = opened()
    small = talk.session.account.total
    talk.say("view", unit_pixels=100)
    large = talk.session.account.total
    talk.say("view", unit_pixels=VIEW["unit_pixels"])
    assert small == talk.session.account.total < large
    talk.say("open", config=SMALL | {"layers": [{"units": 16}] * 6})
    assert talk.session.account.total > small
    talk.say("open", config=SMALL)
    assert talk.session.account.total == small
    talk.say("change", path="batch", value=19)
    assert talk.session.account.total > small
