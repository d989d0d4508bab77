"""A race goes on from its checkpoint, on another server and after a step that was cut short."""

import pytest

from app.links import race_link
from app.live.events import Checkpoint, Notice
from app.live.machine import Outgoing
from tests.app.live.race.talk import (
    HOT,
    UNEQUAL,
    Talk,
    alone,
    assert_equal_to_the_bit,
    come_back,
    events,
    lined_up,
    newest_checkpoint,
    trainers,
)


@pytest.mark.parametrize("link", [UNEQUAL, HOT + "&b.neuron=linear&b.rate=0.03"])
def test_from_its_checkpoint_a_race_goes_on_to_the_bit_on_another_server(link: str) -> None:
    talk = lined_up(link)
    talk.say("step", epochs=11)
    talk.while_due()
    talk.say("play")
    talk.turn(0.001)
    saved = newest_checkpoint(talk.say("checkpoint"))
    other = Talk()
    answer = come_back(other, saved, play=True)
    assert answer.resumed
    assert answer.lanes[0]["config"] == race_link.read(link).lanes[0].to_json()
    other.while_due()
    assert_equal_to_the_bit(trainers(other), alone(link, 30))


def test_what_was_solved_is_known_after_coming_back() -> None:
    link = "data=circles&count=100&layers=4&rate=0.1&epochs=60&neuron=quadratic&b.run_seed=3&bar=0.9"
    talk = lined_up(link, play=True)
    talk.while_due()
    before = [lane.solved for lane in talk.race._field.lanes]
    assert None not in before
    other = Talk()
    answer = come_back(other, newest_checkpoint(talk.say("checkpoint")))
    assert [lane["solved"] for lane in answer.lanes] == before


def test_a_step_that_was_cut_short_ends_where_it_was_to_end() -> None:
    talk = lined_up()
    talk.say("step", epochs=20)
    talk.turn(0.001)
    saved = newest_checkpoint(talk.say("checkpoint"))
    other = Talk()
    come_back(other, saved, target=20)
    other.while_due()
    assert [run.epoch for run in trainers(other)] == [20, 20]


def test_checkpoints_come_now_and_then_and_when_it_rests_and_at_a_shutdown() -> None:
    talk = lined_up()
    talk.say("speed", epochs_per_second=2.0)
    talk.say("play")
    out: list[Outgoing] = []
    begun = talk.clock.now
    while talk.clock.now < begun + 5.0:
        out += talk.turn()
        talk.clock.now += 0.01
    assert len(events(out, Checkpoint)) == 2
    rested = talk.say("pause") + talk.while_due()
    assert isinstance(rested[-1], Checkpoint)
    notice, last = talk.race.shut_down()
    assert isinstance(notice, Notice)
    assert isinstance(last, Checkpoint)
