"""Repetitions beside a race leave it as it is, and take their memory while they run."""

from itertools import pairwise

from app.links import race_link
from app.live.events import Refused, Tally
from nncore.study.repeats import Repeats, fresh_seeds
from nncore.study.standing import beats, standing
from tests.app.live.race.talk import TWO, alone, assert_equal_to_the_bit, events, lined_up, trainers


def test_repetitions_say_what_the_runs_alone_would_and_leave_the_race_as_it_is() -> None:
    talk = lined_up()
    talk.say("repeat", seeds=5)
    out = talk.while_due()
    tally = events(out, Tally)
    assert (tally[-1].done, tally[-1].progress) == (True, 1.0)
    assert all(one.progress <= other.progress for one, other in pairwise(tally))
    expected = []
    for name, lane in zip("ab", race_link.read(TWO).lanes, strict=True):
        repeats = Repeats(lane, fresh_seeds(lane, 5), 30)
        while repeats.advance(1000):
            pass
        expected.append(standing(name, lane, repeats.outcomes(), 30))
    assert tally[-1].lanes == [one.to_json() for one in expected]
    assert tally[-1].a_beats_b == beats(expected)
    assert_equal_to_the_bit(trainers(talk), alone(TWO, 0))


def test_repetitions_go_on_beside_a_race_that_is_to_the_bit_what_it_was() -> None:
    talk = lined_up()
    talk.say("repeat", seeds=5, fresh="data")
    talk.say("play")
    out = talk.while_due()
    assert events(out, Tally)[-1].done
    assert_equal_to_the_bit(trainers(talk), alone(TWO, 30))


def test_repetitions_that_are_stopped_say_what_there_is() -> None:
    talk = lined_up()
    talk.say("repeat", seeds=20)
    talk.turn(0.001)
    talk.say("repeat", seeds=None)
    (last,) = [one for one in events(talk.while_due(), Tally) if one.done]
    assert last.stopped
    assert last.progress < 1
    assert {lane["solved"]["of"] for lane in last.lanes} <= set(range(21))
    (answer,) = talk.say("repeat", seeds=None)
    assert isinstance(answer, Refused)


def test_repetitions_take_memory_while_they_run() -> None:
    talk = lined_up()
    before = talk.race.account.total
    talk.say("repeat", seeds=20)
    assert talk.race.account.total > before
    talk.while_due()
    assert talk.race.account.total == before
