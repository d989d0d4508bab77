"""A memory obeys, falls, ends, is resumed to the bit, and refuses in a sentence what it cannot do."""

import json
from typing import Any

import numpy as np
import pytest

from app.live.account import Account
from app.live.events import Answer, Checkpoint, Event, Frame, Measured, Notice, Refused, Remembered
from app.live.frames import read
from app.live.machine import Outgoing
from app.live.memory.memory import Memory
from app.settings import Settings
from tests.app.clock import Clock


def a_memory(room: float = 1e9, **settings: Any) -> Memory:
    own = Settings(**settings)
    return Memory("m", own, Clock(), Account(own, lambda _: room))


def say(memory: Memory, name: str, **fields: Any) -> list[Outgoing]:
    return memory.receive(json.dumps({"type": name, **fields}))


def opened(link: str = "", **fields: Any) -> Memory:
    memory = a_memory()
    (event,) = say(memory, "memory", link=f"?{link}", **fields)
    assert isinstance(event, Remembered)
    return memory


def work(memory: Memory, turns: int = 400) -> list[Outgoing]:
    """Turns as long as it wants any, with every frame drawn at once."""
    out: list[Outgoing] = []
    while turns and memory.due() is not None:
        turns -= 1
        for one in memory.advance(0.01):
            out.append(one)
            if type(one) is Frame:
                say(memory, "ack", frame=read(one.data)[1]["frame"])
    return out


def newest(out: list[Outgoing]) -> tuple[dict[str, Any], dict[str, Any]]:
    frame = [one for one in out if type(one) is Frame][-1]
    _, body, arrays = read(frame.data)
    return body, arrays


def refused(memory: Memory, name: str, **fields: Any) -> Refused:
    (answer,) = say(memory, name, **fields)
    assert isinstance(answer, Refused)
    return answer


def test_it_opens_with_what_the_page_needs() -> None:
    memory = a_memory()
    (event,) = say(memory, "memory", link="?cue=2")
    assert isinstance(event, Remembered)
    told = event.to_json()
    assert (told["machine"], told["link"], told["settings"]["cue"]) == ("hopfield", "cue=2", 2)
    assert [len(pattern) for pattern in told["patterns"]] == [100] * 4
    assert {knob["name"] for knob in told["knobs"]} == set(told["settings"])
    body, arrays = newest(work(memory))
    assert (body["step"], body["playing"], len(arrays["energies"])) == (0, False, 1)


def test_played_it_falls_and_rests_by_itself_with_a_checkpoint() -> None:
    memory = opened("cue=2", play=True)
    out = work(memory)
    body, _ = newest(out)
    assert (body["end"]["kind"], body["end"]["of"], body["playing"]) == ("pattern", [1], False)
    assert isinstance(out[-1], Checkpoint)
    assert memory.due() is None
    assert refused(memory, "play").key == "refused.memory_rests"
    say(memory, "reset")
    say(memory, "play")
    assert newest(work(memory))[0]["end"]["of"] == [1]


def test_a_step_is_a_sweep() -> None:
    memory = opened("cue=2")
    say(memory, "step")
    body, _ = newest(work(memory))
    assert (body["epoch"], body["step"], body["playing"]) == (1, 100, False)


def test_it_replays_from_its_link_and_goes_on_from_its_checkpoint_to_the_bit() -> None:
    whole = newest(work(opened("flip=40", play=True)))
    begun = opened("flip=40", speed=1.0, play=True)
    for _ in range(40):
        begun.advance(0.01)
    (checkpoint,) = [one for one in say(begun, "checkpoint") if isinstance(one, Checkpoint)]
    other = a_memory()
    other.receive(checkpoint.data)
    (event,) = say(other, "memory", uploaded=len(checkpoint.data), play=True)
    assert isinstance(event, Remembered)
    assert event.resumed
    assert 0 < read(checkpoint.data)[2]["energies"].size < whole[1]["energies"].size + whole[0]["history_start"]
    again = newest(work(other))
    assert np.array_equal(again[1]["state"], whole[1]["state"])
    assert again[0]["step"] == whole[0]["step"]


def test_settings_and_patterns_may_be_given_as_they_are() -> None:
    memory = a_memory()
    settings = {"side": 4, "flip": 0, "rule": "pseudo_inverse"}
    rows = ["1100110011001100", "1010101010101010"]
    (event,) = say(memory, "memory", machine="hopfield", settings=settings, patterns=rows, start=rows[1])
    assert isinstance(event, Remembered)
    assert (event.patterns, event.start) == (rows, rows[1])
    other = opened(event.link)
    assert np.array_equal(newest(work(other))[1]["state"], newest(work(memory))[1]["state"])


def test_the_usual_figures_stay_out_of_the_link() -> None:
    memory = a_memory()
    (event,) = say(memory, "memory", link="?")
    assert isinstance(event, Remembered)
    (again,) = say(memory, "memory", machine="hopfield", settings=event.settings, patterns=event.patterns)
    assert isinstance(again, Remembered)
    assert again.link == ""


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("memory", {}, "link: memory needs a link, a machine or a checkpoint that has come up, one of them"),
    ("memory", {"machine": "brain"}, "machine: there is no machine called 'brain'; available: hopfield"),
    ("memory", {"machine": "hopfield", "settings": {"side": "4"}}, "settings.side: must be a whole number, not"),
    ("memory", {"machine": "hopfield", "settings": {"flp": 4}}, "settings.flp: is not a key of a link; did you mean"),
    ("memory", {"machine": "hopfield", "patterns": ["01"]}, "patterns[0]: must be 100 characters, each 0 or 1"),
    ("memory", {"machine": "hopfield", "patterns": ["0" * 100] * 33}, "patterns: must hold at most 32 patterns"),
    ("memory", {"link": "?", "view": {"confusion": True}}, "view.confusion: is not shown of a memory"),
    ("memory", {"link": "?at=99999"}, "at: must be at most 2000 on this server"),
    ("memory", {"link": "?cue=7"}, "cue: there is no pattern 7; there are 4"),
    ("change", {"path": "batch", "value": 3}, "type: a memory does not know change"),
    ("measure", {"seeds": None}, "seeds: nothing is being measured that could be stopped"),
    ("measure", {"seeds": 0}, "seeds: must be at least 1"),
]


@pytest.mark.parametrize(("name", "fields", "words"), REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(name: str, fields: Any, words: str) -> None:
    memory = opened("cue=3")
    assert refused(memory, name, **fields).message.startswith(words)
    (state,) = [one for one in say(memory, "checkpoint") if isinstance(one, Checkpoint)]
    assert read(state.data)[1]["link"] == "cue=3"


def test_before_it_is_open_it_measures_nothing() -> None:
    assert refused(a_memory(), "measure", seeds=2).key == "refused.nothing_remembered"


def test_what_it_holds_is_measured_beside_it_and_may_be_stopped() -> None:
    memory = opened("side=4&rule=pseudo_inverse&flip=0")
    say(memory, "measure", seeds=2)
    told = [one for one in work(memory, 5000) if isinstance(one, Measured)]
    assert told[-1].done
    assert told[-1].progress == 1.0
    assert [point["seeds"] for point in told[-1].points] == [2] * len(told[-1].points)
    assert memory.due() is None
    before = memory.account.total
    say(memory, "measure", seeds=20)
    assert memory.account.total > before
    memory.advance(0.004)
    say(memory, "measure", seeds=None)
    last = [one for one in work(memory, 5000) if isinstance(one, Measured)][-1]
    assert (last.done, last.stopped) == (True, True)
    assert memory.account.total == before


def test_another_rule_ends_a_measurement_and_a_drawing_does_not() -> None:
    memory = opened("side=4")
    say(memory, "measure", seeds=20)
    say(memory, "memory", link="?side=4&cue=2")
    assert any(isinstance(one, Measured) for one in work(memory, 50))
    say(memory, "memory", link="?side=4&rule=modern")
    assert not any(isinstance(one, Measured) for one in work(memory, 50))


def test_another_machine_ends_a_measurement_and_only_one_of_them_can_be_measured_or_dreams() -> None:
    memory = opened("side=4")
    say(memory, "measure", seeds=20)
    for machine in ("boltzmann", "hebb"):
        say(memory, "memory", machine=machine)
        assert not any(isinstance(one, Measured) for one in work(memory, 20))
        assert refused(memory, "measure", seeds=2).key == "refused.not_measured"
    assert refused(memory, "dream", on=True).key == "refused.dreams_not"


def test_a_boltzmann_machine_dreams_step_by_step_and_learns_on() -> None:
    memory = opened("machine=boltzmann&data=drawings&side=8&hidden=4")
    say(memory, "step", epochs=3)
    assert newest(work(memory))[0]["epoch"] == 3
    say(memory, "dream", on=True)
    say(memory, "step", epochs=2)
    body, _ = newest(work(memory))
    assert (body["dreaming"], body["dreamt"], body["epoch"], body["playing"]) == (True, 2, 3, False)
    say(memory, "dream", on=False)
    say(memory, "step")
    body, arrays = newest(work(memory))
    assert (body["dreaming"], body["epoch"], arrays["history"][-1][0]) == (False, 4, 4.0)


def test_reset_while_it_plays_shows_the_start_and_plays_on_at_its_pace() -> None:
    memory = opened("flip=50", speed=0.1, play=True)
    work(memory, 60)
    say(memory, "reset")
    out = work(memory, 3)
    assert newest(out)[0]["step"] <= 1
    assert any(isinstance(one, Checkpoint) for one in out)
    due = memory.due()
    assert due is not None
    assert due > 0


def test_nobody_watching_pauses_it() -> None:
    memory = a_memory(idle_seconds=1.0)
    say(memory, "memory", link="?flip=50", speed=0.01, play=True)
    out: list[Event | Frame | Checkpoint | object] = []
    for _ in range(2000):
        out += memory.advance(0.01)
    assert any(isinstance(one, Notice) and one.stops for one in out)


def test_without_room_nothing_is_opened() -> None:
    memory = a_memory(room=1000)
    (answer,) = say(memory, "memory", link="?")
    assert not memory.is_open
    assert type(answer).__name__ == "TurnedAway"


def test_a_shutdown_hands_over_what_is_needed() -> None:
    notice, checkpoint = opened("cue=2").shut_down()
    assert isinstance(notice, Notice)
    assert isinstance(checkpoint, Checkpoint)


def test_a_lab_s_goal_is_decided_and_a_run_s_questions_are_not_answered() -> None:
    memory = opened("flip=30", play=True)
    say(memory, "step", epochs=30)
    work(memory)
    (answer,) = say(memory, "ask", id=7, what="goal", lab="remembering", step=3)
    assert isinstance(answer, Answer)
    told = answer.to_json()
    assert (told["id"], told["met"], told["hint"]) == (7, True, 3)
    assert refused(memory, "ask", id=8, what="goal", lab="one_straight_line", step=2).key == "refused.lab_elsewhere"
    assert refused(memory, "ask", id=9, what="health").key == "refused.not_in_a_memory"
