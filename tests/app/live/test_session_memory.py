"""What there is room for: checkpoints that came up in parts, refusals, and what a session is charged."""

from typing import Any

import pytest

from app.live.events import Notice, Opened, Refused
from app.live.machine import Outgoing, TurnedAway
from app.live.session import Session
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.live.talk import SETTINGS, SMALL, VIEW, Talk, frames_of, opened

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
