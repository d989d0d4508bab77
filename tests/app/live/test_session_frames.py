"""When a session shows its run: at rest, in flight, through the lens, and over several turns."""

from typing import Any

import pytest

from app.live import frames
from app.live.events import Answer, Checkpoint, Event, Frame, Notice, Opened, Pong, Refused
from app.live.frames import Caption, Painter
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.live.talk import SMALL, Talk, checkpoints_of, frames_of, opened


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


@pytest.mark.parametrize("speed", [100, None])
def test_a_page_sees_at_least_45_new_pictures_a_second(speed: float | None) -> None:
    """Of a server that is as it comes, with a turn whenever the session wants one."""
    talk = opened(settings=Settings(), speed=speed, play=True)
    # At this pace of the clock, a run without a limit trains a batch at a time.
    talk.clock.tick_seconds = 0.0003
    steps, end = [], talk.clock.now + 2.0
    while talk.clock.now < end:
        due = talk.session.due()
        assert due is not None
        talk.clock.now = max(talk.clock.now, due)
        steps += [body["step"] for body, _ in frames_of(talk.turn())]
    assert len(set(steps)) >= 90


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
