"""A visit is a session, a race or a memory, whichever is opened first."""

import json
from typing import Any

import pytest

from app.live.events import LinedUp, Opened, Refused, Remembered
from app.live.machine import Outgoing
from app.live.visit import Visit
from app.settings import Settings
from tests.app.clock import Clock

OPEN = {"type": "open", "link": "data=xor&count=40&layers=2"}
RACE = {"type": "race", "link": "data=xor&count=40&layers=2&b.neuron=quadratic"}

MEMORY = {"type": "memory", "link": "side=6"}


def visit() -> Visit:
    return Visit("v", Settings(), Clock())


def say(one: Visit, message: dict[str, Any]) -> list[Outgoing]:
    return one.receive(json.dumps(message))


def test_it_is_what_is_opened_first() -> None:
    assert isinstance(say(visit(), OPEN)[0], Opened)
    assert isinstance(say(visit(), RACE)[0], LinedUp)
    assert isinstance(say(visit(), MEMORY)[0], Remembered)


@pytest.mark.parametrize(
    ("first", "second", "kind"), [(OPEN, RACE, "session"), (RACE, MEMORY, "race"), (MEMORY, OPEN, "memory")]
)
def test_and_keeps_to_it(first: dict[str, Any], second: dict[str, Any], kind: str) -> None:
    one = visit()
    say(one, first)
    (answer,) = say(one, second)
    assert isinstance(answer, Refused)
    assert answer.message == f"type: this connection has a {kind}, and keeps to it; connect once more for another"
    assert isinstance(say(one, first)[0], (Opened, LinedUp, Remembered))


@pytest.mark.parametrize(("first", "second"), [(OPEN, RACE), (RACE, OPEN)])
def test_what_was_refused_has_opened_nothing(first: dict[str, Any], second: dict[str, Any]) -> None:
    one = visit()
    assert isinstance(say(one, first | {"link": "layers=99"})[0], Refused)
    assert isinstance(say(one, second)[0], (Opened, LinedUp))


def test_a_checkpoint_that_came_up_before_anything_was_opened_is_there_for_either() -> None:
    one = visit()
    one.receive(b"12345")
    assert one.account.total == 5
    assert one.due() is not None
    (answer,) = say(one, {"type": "race", "uploaded": 5})
    assert isinstance(answer, Refused)
    assert answer.path.startswith("uploaded")
    assert one.account.total == 0


def test_a_session_knows_no_repetitions_and_measures_nothing() -> None:
    one = visit()
    say(one, OPEN)
    for unknown in ({"type": "repeat", "seeds": 5}, {"type": "measure", "seeds": 5}):
        (answer,) = say(one, unknown)
        assert isinstance(answer, Refused)
