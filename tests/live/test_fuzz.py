"""Whatever a client says, in whatever order: an answer, never an exception, never a session that is stuck.

Valid messages, valid messages with a few characters changed, and noise; checkpoints with bytes or numbers changed. All
against the pure session, without a server.
"""

import base64
import json
from typing import Any

import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.live import frames
from app.live.events import Event, Opened, Pong, Refused
from app.live.session import Outgoing, Session
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(message_bytes=200_000, points=200)
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": 7}
VIEW = {"unit_pixels": 4, "output_pixels": 4}
CHECKPOINT = snapshot.save(Trainer(Config.from_json(SMALL | {"layers": [{"units": 2, "dropout": 0.5}]})).run(2))
ANSWERED = frozenset(("open", "pause", "reset", "change", "checkpoint", "ping"))
"""Commands that are always answered at once; the others only where they are refused."""

whole = st.sampled_from([-1, 0, 1, 2, 3, 7, 2**31, 2**53, 10**40])
number = st.one_of(whole, st.floats(allow_nan=True, allow_infinity=True), st.booleans(), st.none())
text = st.one_of(st.sampled_from(["batch", "l2", "optimizer", "optimizer.learning_rate", "layers", ""]), st.text())
value = st.recursive(
    st.one_of(number, text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
config = st.one_of(
    st.just(SMALL),
    st.sampled_from(
        [
            SMALL | {"layers": []},
            SMALL | {"layers": [{"units": 3, "neuron": "quadratic", "activation": "relu"}] * 2},
            SMALL | {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
            SMALL | {"data": {"name": "plane", "count": 40}},
            SMALL | {"layers": [{"units": 17}]},
        ]
    ),
    st.dictionaries(st.sampled_from(["layers", "data", "batch", "loss", "features", "x"]), value, max_size=3),
)
view = st.fixed_dictionaries(
    {},
    optional={
        "unit_pixels": st.one_of(st.integers(0, 12), number),
        "output_pixels": st.one_of(st.integers(0, 12), number),
        "frames_per_second": number,
        "compress": st.one_of(st.booleans(), value),
        "visible": st.one_of(st.booleans(), value),
        "inspect": st.one_of(st.none(), value, st.fixed_dictionaries({"layer": whole, "unit": whole})),
    },
)
FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "open": st.fixed_dictionaries(
        {"config": config, "view": st.one_of(st.just(VIEW), view)},
        optional={
            "checkpoint": st.one_of(value, st.just(base64.b64encode(CHECKPOINT).decode())),
            "speed": number,
            "play": st.one_of(st.booleans(), value),
        },
    ),
    "play": st.just({}),
    "pause": st.just({}),
    "reset": st.just({}),
    "step": st.fixed_dictionaries({}, optional={"epochs": st.one_of(st.integers(1, 3), value)}),
    "speed": st.fixed_dictionaries({"epochs_per_second": number}),
    "change": st.fixed_dictionaries({"path": text, "value": value}),
    "edit": st.one_of(
        st.fixed_dictionaries({"layer": whole, "param": text, "index": value, "value": value}),
        st.fixed_dictionaries(
            {
                "layer": st.integers(0, 1),
                "param": st.sampled_from(["W", "AB", "C"]),
                "index": st.lists(st.integers(-1, 3), min_size=1, max_size=3),
                "value": number,
            }
        ),
    ),
    "ask": st.fixed_dictionaries(
        {"id": whole, "what": st.one_of(st.sampled_from(["unit", "weights", "trace", "gradcheck"]), text)},
        optional={
            "layer": st.one_of(st.integers(0, 2), value),
            "unit": st.one_of(st.integers(0, 2), value),
            "point": st.one_of(st.lists(st.floats(-1, 1), min_size=2, max_size=2), value),
        },
    ),
    "view": view,
    "checkpoint": st.just({}),
    "ack": st.fixed_dictionaries({"frame": st.one_of(st.integers(0, 20), value)}),
    "ping": st.just({}),
}


@st.composite
def valid(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(sorted(FIELDS)))
    return json.dumps({"type": name, **draw(FIELDS[name])})


@st.composite
def mutated(draw: st.DrawFn) -> str:
    message = list(draw(valid()))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(message) - 1))
        message[place : place + draw(st.integers(0, 4))] = draw(st.text(max_size=3))
        message = message or ["{"]
    return "".join(message)


noise = st.one_of(st.text(), value.map(json.dumps), st.text('[]{}",:0123456789.eE-+', max_size=60))
messages = st.lists(st.one_of(valid(), valid(), mutated(), noise), max_size=12)


def answered(session: Session, message: str) -> list[Outgoing]:
    """What came of a message; that it was answered, if it must be."""
    out = session.receive(message)
    assert all(isinstance(one, Event | bytes) for one in out)
    try:
        told = json.loads(message)
        name = told.get("type") if isinstance(told, dict) else None
    except (ValueError, RecursionError):
        name = None
    if not isinstance(name, str) or name not in FIELDS or name in ANSWERED:
        assert out, message
    return out


def turns(session: Session, clock: Clock, count: int = 3) -> list[Outgoing]:
    out: list[Outgoing] = []
    for _ in range(count):
        out += session.advance(0.004)
        clock.now += 0.05
    return out


def is_well(session: Session, clock: Clock) -> None:
    """It answers, it opens, it shows, and it trains."""
    assert session.receive('{"type": "ping"}') == [Pong()]
    answers = session.receive(json.dumps({"type": "open", "config": SMALL, "view": VIEW | {"visible": True}}))
    assert isinstance(answers[0], Opened)
    (frame, *_) = [frames.read(one)[1] for one in turns(session, clock) if isinstance(one, bytes)]
    assert frame["epoch"] == 0
    assert session.receive('{"type": "step"}') == []
    bodies = [frames.read(one) for one in turns(session, clock, 50) if isinstance(one, bytes)]
    assert max(body["epoch"] for kind, body, _ in bodies if kind == "checkpoint") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_the_message_machine_always_answers_and_is_never_stuck(said: list[str]) -> None:
    clock = Clock()
    session = Session("fuzzed", SETTINGS, clock)
    for message in said:
        answered(session, message)
        turns(session, clock)
    is_well(session, clock)


def resumed(session: Session, data: bytes) -> Outgoing:
    given_text = base64.b64encode(data).decode()
    return answered(session, json.dumps({"type": "open", "checkpoint": given_text, "view": VIEW, "play": True}))[0]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_checkpoint_with_changed_bytes_is_refused_or_runs(data: st.DataObject) -> None:
    changed = bytearray(CHECKPOINT)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    del changed[data.draw(st.one_of(st.just(len(changed)), st.integers(0, len(changed)))) :]
    clock = Clock()
    session = Session("fuzzed", SETTINGS, clock)
    assert isinstance(resumed(session, bytes(changed)), Opened | Refused)
    turns(session, clock)
    is_well(session, clock)


_, BODY, ARRAYS = frames.read(CHECKPOINT)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(BODY)), value, st.sampled_from(sorted(ARRAYS)), st.floats(width=32))
def test_a_checkpoint_with_a_changed_state_is_refused_or_runs(field: str, other: Any, array: str, odd: float) -> None:
    arrays = {name: one.copy() for name, one in ARRAYS.items()}
    arrays[array].flat[0] = odd
    body = json.dumps(BODY | {field: other}, allow_nan=True)
    data = safetensors.numpy.save(arrays, {"kind": "checkpoint", "body": body})
    clock = Clock()
    session = Session("fuzzed", SETTINGS, clock)
    assert isinstance(resumed(session, data), Opened | Refused)
    turns(session, clock)
    is_well(session, clock)
