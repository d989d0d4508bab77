"""A run stops by itself exactly where it was asked to, to the bit, however its training is cut into turns."""

import json

import numpy as np
import pytest

from app.live.events import Notice, Opened, Refused
from app.live.session import Session
from app.settings import Settings
from nncore.diagnosis import WELL, stands_still
from nncore.evaluation import fit
from nncore.trainer import Trainer
from tests.app.clock import Clock


def played(link: str, seconds: float, until: object = None, turns: int = 4000) -> tuple[Session, list[Notice]]:
    """A session that played in turns of so many seconds until it rested, and what it said of that."""
    clock = Clock()
    session = Session("s", Settings(), clock)
    given = {} if until is None else {"until": until}
    out = session.receive(json.dumps({"type": "open", "link": link, "play": True, **given}))
    assert isinstance(out[0], Opened), out
    said: list[Notice] = []
    for _ in range(turns):
        if not session._playback.training:
            break
        said += [event for event in session.advance(seconds) if isinstance(event, Notice)]
        session.receive(f'{{"type": "ack", "frame": {session._screen.viewer.sent}}}')
    return session, said


def trainer_of(session: Session) -> Trainer:
    assert isinstance(session._trainer, Trainer)
    return session._trainer


@pytest.mark.parametrize("seed", range(20))
def test_it_stops_at_the_end_of_an_epoch_to_the_bit(seed: int) -> None:
    session, said = played(f"?layers=4&data=moons&count=60&run_seed={seed}", 0.002 * (1 + seed % 5), until=7 + seed)
    trainer = trainer_of(session)
    assert (trainer.epoch, trainer.offset, session._playback.playing) == (7 + seed, 0, False)
    assert [(notice.key, notice.stops) for notice in said] == [("say.stopped_epoch", True)]
    alone = Trainer(trainer.config).run(7 + seed)
    np.testing.assert_array_equal(trainer.network.theta, alone.network.theta)


@pytest.mark.parametrize("seed", range(20))
def test_it_stops_at_the_first_record_that_is_solved(seed: int) -> None:
    session, said = played(f"?layers=4&data=gaussians&count=60&run_seed={seed}&until=solved", 0.004)
    rows = trainer_of(session).history.since(0)
    right = np.asarray((rows[1:, 3:] >= WELL).all(axis=1))
    assert right[-1]
    assert not right[:-1].any()
    assert rows[-1, 0] == trainer_of(session).epoch
    assert said[0].key == "say.stopped_solved"


def test_it_stops_on_a_plateau_at_the_same_epoch_however_it_is_cut() -> None:
    ends = [played("?layers=0&data=xor&count=60&until=plateau", seconds)[0] for seconds in (0.001, 0.01)]
    epochs = [trainer_of(session).epoch for session in ends]
    assert epochs[0] == epochs[1]
    assert stands_still(trainer_of(ends[0]).history.since(0))
    assert not stands_still(trainer_of(ends[0]).history.since(0)[:-1])


def test_played_on_it_does_not_stop_for_what_had_come_already() -> None:
    session, _ = played("?layers=4&data=gaussians&count=60&until=solved", 0.004)
    stopped = trainer_of(session).epoch
    session.receive('{"type": "play"}')
    for _ in range(40):
        session.advance(0.004)
    assert session._playback.playing
    assert trainer_of(session).epoch > stopped


def test_it_is_off_unless_asked_for_and_can_be_taken_back() -> None:
    session = Session("s", Settings(), Clock())
    (opened,) = [
        event for event in session.receive('{"type": "open", "link": "?until=9"}') if isinstance(event, Opened)
    ]
    assert opened.until == 9
    session.receive('{"type": "until", "at": null}')
    (opened,) = [event for event in session.receive('{"type": "open", "link": ""}') if isinstance(event, Opened)]
    assert opened.until is None


@pytest.mark.parametrize(("said", "expected"), [("", 9), (', "until": 5', 5), (', "until": null', None)])
def test_what_open_says_goes_before_what_its_link_does(said: str, expected: int | None) -> None:
    session = Session("s", Settings(), Clock())
    opened = session.receive(f'{{"type": "open", "link": "?until=9"{said}}}')[0]
    assert isinstance(opened, Opened)
    assert opened.until == expected


@pytest.mark.parametrize("at", ["0", "-1", "1.5", '"never"', "true", "[]"])
def test_another_moment_is_refused_with_those_that_there_are(at: str) -> None:
    session = Session("s", Settings(), Clock())
    session.receive('{"type": "open", "link": "?until=9"}')
    (refused,) = session.receive(f'{{"type": "until", "at": {at}}}')
    assert isinstance(refused, Refused)
    assert (refused.path, refused.key) == ("at", "refused.no_until")
    assert session._playback.until is not None
    assert session._playback.until.moment == 9


def test_a_regression_is_solved_by_the_variance_that_it_explains() -> None:
    session, said = played("?layers=0&data=plane&count=60&until=solved", 0.004)
    trainer = trainer_of(session)
    found = fit(trainer.split, trainer.network.head, trainer.forward_all().passes[-1].z)
    assert found is not None
    assert min(half.r2 or 0 for half in found) >= WELL
    assert said[0].key == "say.stopped_solved"
