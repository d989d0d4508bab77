"""Runs that a session opens from links, replays, and keeps where only what can be changed differs; own points."""

import base64
from typing import Any

import pytest

from app.links.memory import needed
from app.live import account
from app.live.events import Changed, Opened, Refused
from app.settings import Settings
from nncore.config import Config
from nncore.footprint import View
from tests.app.live.talk import (
    HOT,
    SETTINGS,
    SMALL,
    VIEW,
    Talk,
    checkpoints_of,
    contents,
    diverged,
    frames_of,
    opened,
    state,
    state_of,
    trained,
)


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
        assert frames_of(talk.turns(3.0))[-1][0]["epoch"] > 300
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


def test_points_that_are_added_alone_give_the_same_run_to_the_bit_as_all_of_them() -> None:
    answers, saved = [], []
    for value in (DRAWN_ON, {"after": 4, "added": DRAWN_ON[4:]}):
        talk = Talk()
        talk.say("open", config=DRAWN, view=VIEW)
        talk.say("step", epochs=3)
        talk.turns_while_due()
        (answer,) = talk.say("change", path="data.points", value=value)
        assert isinstance(answer, Changed)
        assert answer.value == value
        talk.say("step", epochs=5)
        answers.append((answer.config, answer.points, answer.link))
        saved.append(contents(checkpoints_of(talk.turns_while_due())[-1]))
    assert answers[0] == answers[1]
    assert saved[0] == saved[1]


def test_a_stroke_is_paid_for_ahead_and_never_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    priced: list[Config] = []

    def count(config: Config, *rest: Any) -> int:
        priced.append(config)
        return needed(config, *rest)

    monkeypatch.setattr(account, "needed", count)
    talk = Talk()
    talk.say("open", config=DRAWN, view=VIEW)
    priced.clear()
    last: dict[str, Any] = {}
    for after in range(4, 4 + account.POINTS_AHEAD + 10):
        (answer,) = talk.say("change", path="data.points", value={"after": after, "added": [[0.1, 0.2, 1]]})
        assert isinstance(answer, Changed)
        last = answer.config
    # Once at the beginning, and once when what was paid for has been drawn.
    assert len(priced) == 2
    assert talk.session.account.total >= needed(Config.from_json(last), SETTINGS, "", View(4, 4))
    (answer,) = talk.say("change", path="data.points", value=DRAWN["data"]["points"])
    assert len(priced) == 3


@pytest.mark.parametrize(
    ("value", "path", "key"),
    [
        ({"after": 3, "added": []}, "data.points.after", "refused.after_others"),
        ({"after": True, "added": []}, "data.points.after", "refused.after_others"),
        ({"after": 4}, "data.points.added", "refused.not_given"),
        ({"after": 4, "added": 1}, "data.points.added", "refused.not_of_type"),
        ({"after": 4, "added": [[2, 0, 1]]}, "data.points[4]", "refused.outside"),
        ({"after": 4, "added": [], "more": 1}, "data.points.more", "refused.no_field_here"),
    ],
)
def test_points_that_cannot_be_added_are_refused_and_change_nothing(value: object, path: str, key: str) -> None:
    talk = Talk()
    talk.say("open", config=DRAWN, view=VIEW)
    (refused,) = talk.say("change", path="data.points", value=value)
    assert isinstance(refused, Refused)
    assert (refused.path, refused.key) == (path, key)
    (kept,) = talk.say("change", path="batch", value=3)
    assert isinstance(kept, Changed)
    assert kept.config["data"]["points"] == DRAWN["data"]["points"]


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
