"""How far and how fast a session trains, and that cutting it into turns changes no bit; divergence."""

import base64
from typing import Any

import numpy as np
import pytest

from app.live.events import Diverged, Opened
from tests.app.live.talk import (
    EPOCH_STEPS,
    SMALL,
    VIEW,
    Talk,
    checkpoints_of,
    diverged,
    events_of,
    frames_of,
    opened,
    state,
    state_of,
    trained,
)


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
