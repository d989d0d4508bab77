"""Events become one JSON object each, short and clean whatever a client sent."""

import json
import math

import pytest

from app.live import events
from app.live.commands import parse
from app.live.events import BINARY, EVENTS, Pong, Refused, encode
from nncore.errors import InputError, OutOfRange
from nncore.sentence import Sentence

LIMIT = 2000


def test_an_echo_of_a_long_text_is_cut() -> None:
    with pytest.raises(InputError) as caught:
        parse(json.dumps({"type": "play", "a" * 900: 1}), LIMIT)
    refused = Refused.of(caught.value, "play")
    assert len(refused.path) == 120
    assert len(refused.message) <= 600


def test_an_event_is_encoded_as_one_json_object_with_its_type() -> None:
    error = OutOfRange(
        "epochs", Sentence("refused.too_small", "must be at least {limit}, not {value}"), limit=1, value=0
    )
    assert json.loads(encode(Refused.of(error, "step"))) == {
        "type": "refused",
        "command": "step",
        "code": "range",
        "path": "epochs",
        "message": "epochs: must be at least 1, not 0",
        "known": [],
        "key": "refused.too_small",
        "values": {"limit": 1, "value": 0},
    }


def test_half_a_character_pair_cannot_break_an_answer() -> None:
    with pytest.raises(InputError) as caught:
        parse('{"type": "\\ud800"}', LIMIT)
    encode(Refused.of(caught.value)).encode()


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_number_that_json_does_not_bear_is_told_as_a_text(value: float) -> None:
    error = OutOfRange(
        "speed", Sentence("refused.too_small", "must be at least {limit}, not {value}"), limit=1.5, value=value
    )
    assert json.loads(encode(Refused.of(error)))["values"] == {"limit": 1.5, "value": str(value)}


def test_every_event_is_named_once_and_listed() -> None:
    classes = [kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, events.Event)]
    assert {kind.name for kind in classes} - {""} == set(EVENTS)
    assert EVENTS == (
        "opened",
        "changed",
        "answer",
        "diverged",
        "notice",
        "refused",
        "lined_up",
        "standing",
        "tally",
        "remembered",
        "measured",
        "pong",
        "busy",
    )
    assert len({*EVENTS, *BINARY}) == len(EVENTS) + len(BINARY)
    assert encode(Pong()) == '{"type":"pong"}'
