"""What every machine does, seen in all: pings are no sign of life, an upload is dropped in time."""

import json
from collections.abc import Callable

import pytest

from app.live import frames
from app.live.account import Account
from app.live.events import Frame, Notice, Pong, Refused
from app.live.machine import Machine, Outgoing
from app.live.memory.memory import Memory
from app.live.race.race import Race
from app.live.session import Session
from app.settings import Settings
from tests.app.clock import Clock

SETTINGS = Settings(upload_seconds=5.0)
Make = Callable[[Clock], Machine]


def session(clock: Clock) -> Machine:
    return Session("s", SETTINGS, clock)


def race(clock: Clock) -> Machine:
    return Race("r", SETTINGS, clock, Account(SETTINGS, lambda _: 1e9))


def memory(clock: Clock) -> Machine:
    return Memory("m", SETTINGS, clock, Account(SETTINGS, lambda _: 1e9))


@pytest.mark.parametrize("make", [session, race, memory])
def test_a_ping_is_answered_before_anything_is_open(make: Make) -> None:
    assert make(Clock()).receive('{"type": "ping"}') == [Pong()]


@pytest.mark.parametrize("make", [session, race, memory])
def test_with_nothing_open_a_shutdown_is_a_word_alone(make: Make) -> None:
    (word,) = make(Clock()).shut_down()
    assert isinstance(word, Notice)


@pytest.mark.parametrize("make", [session, race, memory])
def test_an_upload_that_stays_a_piece_is_given_up(make: Make) -> None:
    clock = Clock()
    machine = make(clock)
    assert machine.due() is None
    machine.receive(b"123")
    clock.now += 6.0
    (refused,) = machine.advance(0.004)
    assert isinstance(refused, Refused)
    assert machine.due() is None


@pytest.mark.parametrize("make", [session, race, memory])
def test_before_it_is_open_commands_are_out_of_order(make: Make) -> None:
    (refused,) = make(Clock()).receive(json.dumps({"type": "pause"}))
    assert isinstance(refused, Refused)
    assert refused.code == "order"


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (session, {"type": "open", "config": {}}),
        (race, {"type": "race", "link": "?b.neuron=square"}),
        (memory, {"type": "memory", "machine": "hopfield"}),
    ],
)
def test_a_frame_counts_what_was_said_of_playing_and_nothing_else(make: Make, first: dict[str, object]) -> None:
    clock = Clock(tick_seconds=0.001)
    machine = make(clock)
    seen: set[int] = set()

    def say(command: dict[str, object]) -> None:
        show(machine.receive(json.dumps(command)))

    def show(out: list[Outgoing]) -> None:
        for one in out:
            if isinstance(one, Frame):
                _, body, _ = frames.read(one.data)
                seen.add(body["steered"])
                say({"type": "ack", "frame": body["frame"]})

    steering: list[dict[str, object]] = [first, {"type": "play"}, {"type": "pause"}, {"type": "reset"}]
    for said, command in enumerate(steering, 1):
        say(command)
        say({"type": "speed", "epochs_per_second": 5})
        # A picture that was begun before tells what had come by then.
        for _ in range(100):
            assert max(seen, default=0) <= said
            clock.now += 1.0
            show(machine.advance(0.1))
        assert said in seen
