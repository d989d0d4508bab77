"""Whatever a client says, in whatever order: an answer, never an exception, never a session that is stuck or lost, and
the one beside it goes on.

Valid messages, valid messages with a few characters changed, and noise; numbers that are none or too many digits long;
links of every key; checkpoints with bytes or numbers changed; the largest networks; bursts. All against the pure host,
without a server.
"""

import base64
import json
import math
from typing import Any
from urllib.parse import urlencode

import pytest
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.hosts.host import Host
from app.hosts.ipc import Kind, Packet
from app.links import tensorflow_playground
from app.links.keys import KEYS, PAGE_KEYS
from app.live import frames
from app.live.events import EVENTS
from app.live.race.race import Race
from app.settings import Settings
from app.strict_json import read_object
from nncore import snapshot
from nncore.activations import ACTIVATIONS
from nncore.config import Config, Data, LayerConfig
from nncore.datasets import DATASETS
from nncore.fields import NUMBERS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.schedules import SCHEDULES
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings(message_bytes=200_000, points=200, checkpoint_bytes=600_000)
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": 7}
VIEW = {"unit_pixels": 4, "output_pixels": 4}
CHECKPOINT = snapshot.save(Trainer(Config.from_json(SMALL | {"layers": [{"units": 2, "dropout": 0.5}]})).run(2))
ANSWERED = frozenset(("open", "race", "pause", "reset", "change", "checkpoint", "ping"))
"""Commands that are always answered at once; the others only where they are refused."""

LONG = int("9" * 4000)
"""A whole number that JSON bears and a float does not."""
whole = st.sampled_from([-1, 0, 1, 2, 3, 7, 2**31, 2**53, 10**40, 10**309, LONG, -LONG])
odd = st.sampled_from([1e308, -1e308, 5e-324, 1e-300, math.inf, -math.inf, math.nan])
number = st.one_of(whole, odd, st.floats(allow_nan=True, allow_infinity=True), st.booleans(), st.none())
PATHS = ["batch", "l1", "l2", "clip", "prune", "optimizer", "optimizer.learning_rate", "optimizer.", "l1.", ".", "data"]
text = st.one_of(st.sampled_from([*PATHS, "schedule", "schedule.gamma", "data.points", "layers", ""]), st.text())
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
            SMALL | {"data": {"name": "own"}},
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
        "confusion": st.one_of(st.booleans(), value),
        "lens": st.one_of(
            value, st.fixed_dictionaries({"pixels": st.one_of(st.integers(3, 6), number), "lines": st.integers(1, 4)})
        ),
        "visible": st.one_of(st.booleans(), value),
        "inspect": st.one_of(st.none(), value, st.fixed_dictionaries({"layer": whole, "unit": whole})),
    },
)
FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "open": st.fixed_dictionaries(
        {"config": config, "view": st.one_of(st.just(VIEW), view)},
        optional={
            "checkpoint": st.one_of(value, st.just(base64.b64encode(CHECKPOINT).decode())),
            "uploaded": number,
            "speed": number,
            "play": st.one_of(st.booleans(), value),
            "epochs": st.one_of(st.integers(0, 3), number),
            "keep": st.booleans(),
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
        {
            "id": whole,
            "what": st.one_of(st.sampled_from(["unit", "weights", "trace", "health", "gradcheck", "goal"]), text),
        },
        optional={
            "layer": st.one_of(st.integers(0, 2), value),
            "unit": st.one_of(st.integers(0, 2), value),
            "point": st.one_of(st.lists(st.floats(-1, 1), min_size=2, max_size=2), value),
            "lab": st.one_of(st.just("depth_without_activation"), text),
            "step": st.one_of(st.integers(0, 9), value),
        },
    ),
    "race": st.one_of(
        st.fixed_dictionaries(
            {"link": st.sampled_from(["data=xor&count=40&layers=2&b.neuron=quadratic&epochs=3", "b.layers=99", "x"])},
            optional={"view": st.one_of(st.just(VIEW), view), "play": st.booleans(), "speed": number, "target": number},
        ),
        st.fixed_dictionaries(
            {"lanes": st.lists(st.one_of(config, st.just(SMALL)), max_size=7)},
            optional={
                "epochs": st.one_of(st.integers(1, 3), number),
                "seeds": number,
                "bar": number,
                "fresh": text,
                "budget": st.one_of(value, st.just({"measure": "parameters", "target": 20})),
                "uploaded": number,
            },
        ),
    ),
    "repeat": st.fixed_dictionaries(
        {"seeds": st.one_of(st.integers(4, 6), number)}, optional={"fresh": st.one_of(st.just("data"), value)}
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

VALUES = (
    "1e999",
    "-1e999",
    "nan",
    "inf",
    "1e308",
    "-1",
    "0",
    "9" * 400,
    "1" * 16,
    "",
    ",",
    "0," * 9,
    "on",
    "\u0663",
    "\U0001f600",
    "kan",
)
EXAMPLES = {key.name: key.example for key in KEYS} | {name: example for name, (_, example) in PAGE_KEYS.items()}
EXAMPLES |= tensorflow_playground.KEYS
links = st.dictionaries(
    st.sampled_from(sorted({*EXAMPLES, "noise_hide", "odd"})), st.one_of(st.none(), st.sampled_from(VALUES)), max_size=5
).map(lambda found: {name: EXAMPLES.get(name, "1") if one is None else one for name, one in found.items()})


class Stage:
    """A host with the session that is attacked and one beside it; what they said, read as a client would."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.host = Host(SETTINGS, self.clock)
        for number in (1, 2):
            self.host.open(number, f"s{number}")
        self.say(json.dumps({"type": "open", "config": SMALL, "view": VIEW}), number=2)

    def say(self, *texts: str | bytes, number: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """Say it and give turns until all of it is obeyed."""
        for one in texts:
            self.host.receive(number, one)
        heard, obeyed = [], 0
        while obeyed < len(texts):
            packets = self.host.turn()
            assert packets or self.host.due() is not None, "a message waits for ever"
            obeyed += sum(
                int.from_bytes(one.payload) for one in packets if one.kind is Kind.OBEYED and one.session == number
            )
            heard += self.read(packets, number)
        return heard

    def turns(self, count: int = 3) -> list[tuple[str, dict[str, Any]]]:
        heard = []
        for _ in range(count):
            heard += self.read(self.host.turn(), 1)
            self.clock.now += 0.05
        return heard

    def read(self, packets: list[Packet], number: int) -> list[tuple[str, dict[str, Any]]]:
        """The kind and the contents of every message to session `number`; nobody is lost."""
        heard = []
        for packet in packets:
            assert packet.kind is not Kind.LOST, f"session {packet.session} failed"
            if packet.kind is Kind.OBEYED or packet.session != number:
                continue
            if packet.kind in (Kind.FRAME, Kind.CHECKPOINT):
                kind, body, _ = frames.read(packet.payload)
                assert kind == packet.kind.name.lower() or (packet.kind is Kind.CHECKPOINT and kind == "race")
            else:
                body = read_object(packet.payload.decode())
                kind = body["type"]
                assert kind in EVENTS
            heard.append((kind, body))
        return heard

    def answered(self, message: str) -> list[tuple[str, dict[str, Any]]]:
        """What came of a message; that it was answered, if it must be."""
        heard = self.say(message)
        try:
            told = json.loads(message)
            name = told.get("type") if isinstance(told, dict) else None
        except (ValueError, RecursionError):
            name = None
        if not isinstance(name, str) or name not in FIELDS or name in ANSWERED:
            assert heard, message
        return heard

    def is_well(self) -> None:
        """It answers, it opens, it shows, and it trains; and so does the one beside it."""
        assert "pong" in dict(self.say('{"type": "ping"}'))
        if isinstance(self.host._seats[1].session._machine, Race):
            self.races_well()
            return
        opened = self.say(json.dumps({"type": "open", "config": SMALL, "view": VIEW | {"visible": True}}))
        assert "opened" in dict(opened)
        shown = opened + self.turns(10)
        assert [body["epoch"] for kind, body in shown if kind == "frame"][-1] == 0
        stepped = self.say('{"type": "step"}') + self.turns(50)
        assert max(body["epoch"] for kind, body in stepped if kind == "checkpoint") == 1
        beside = self.say('{"type": "reset"}', '{"type": "ping"}', number=2)
        assert {"checkpoint", "pong"} <= {kind for kind, _ in beside}

    def races_well(self) -> None:
        """The same for a connection that races."""
        lined_up = self.say('{"type": "race", "link": "data=xor&count=40&layers=2&b.neuron=quadratic"}')
        assert "lined_up" in dict(lined_up)
        stepped = self.say('{"type": "step"}') + self.turns(50)
        assert max(body["epoch"] for kind, body in stepped if kind == "race") == 1
        assert "pong" in dict(self.say('{"type": "ping"}', number=2))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_the_message_machine_always_answers_and_is_never_stuck(said: list[str]) -> None:
    stage = Stage()
    for message in said:
        stage.answered(message)
        stage.turns()
    stage.is_well()


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_a_burst_is_answered_like_what_comes_one_by_one(said: list[str]) -> None:
    stage = Stage()
    stage.say(*said)
    stage.is_well()


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(links)
def test_any_link_opens_or_is_refused(found: dict[str, str]) -> None:
    stage = Stage()
    heard = stage.say(json.dumps({"type": "open", "link": urlencode(found), "view": VIEW}))
    assert {"opened", "refused"} & {kind for kind, _ in heard}
    stage.turns()
    stage.is_well()


@pytest.mark.parametrize("key", sorted(EXAMPLES))
def test_every_key_of_a_link_with_every_odd_value_opens_or_is_refused(key: str) -> None:
    stage = Stage()
    for odd_value in VALUES:
        heard = stage.say(json.dumps({"type": "open", "link": urlencode({key: odd_value}), "view": VIEW}))
        assert {"opened", "refused"} & {kind for kind, _ in heard}, odd_value
    stage.is_well()


def configs_with(odd_value: Any) -> list[dict[str, Any]]:
    """SMALL with one number odd: each that a Config has, those of every entry included."""
    found: list[dict[str, Any]] = [{name: odd_value} for name in NUMBERS]
    found += [{"data": SMALL["data"] | {name: odd_value}} for name in Data.shared]
    found += [{"seeds": {name: odd_value}} for name in ("data", "run")]
    found += [{"layers": [{name: odd_value}]} for name in ("units", *LayerConfig.options)]
    for registry, place in (
        (NEURONS, lambda choice: {"layers": [{"units": 2, "neuron": choice}]}),
        (ACTIVATIONS, lambda choice: {"layers": [{"units": 2, "activation": choice}]}),
        (OPTIMIZERS, lambda choice: {"optimizer": choice}),
        (SCHEDULES, lambda choice: {"schedule": choice}),
        (LOSSES, lambda choice: {"loss": choice}),
        (DATASETS, lambda choice: {"data": choice}),
    ):
        found += [
            place({"name": name, knob.name: odd_value}) for name in registry for knob in registry[name].spec.knobs
        ]
    return [SMALL | one for one in found]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(configs_with(0)) - 1), number)
def test_every_number_of_a_config_is_read_or_refused(place: int, odd_value: Any) -> None:
    stage = Stage()
    config_with = configs_with(odd_value)[place]
    heard = stage.say(json.dumps({"type": "open", "config": config_with, "view": VIEW, "play": True}))
    assert {"opened", "refused"} & {kind for kind, _ in heard}
    stage.turns()
    stage.is_well()


def resumed(stage: Stage, data: bytes) -> str:
    given_text = base64.b64encode(data).decode()
    heard = stage.answered(json.dumps({"type": "open", "checkpoint": given_text, "view": VIEW, "play": True}))
    return next(kind for kind, _ in heard if kind in ("opened", "refused"))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.data())
def test_a_checkpoint_with_changed_bytes_is_refused_or_runs(data: st.DataObject) -> None:
    changed = bytearray(CHECKPOINT)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    del changed[data.draw(st.one_of(st.just(len(changed)), st.integers(0, len(changed)))) :]
    stage = Stage()
    resumed(stage, bytes(changed))
    stage.turns()
    stage.is_well()


_, BODY, ARRAYS = frames.read(CHECKPOINT)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(BODY)), value, st.sampled_from(sorted(ARRAYS)), st.integers(0, 5), st.floats(width=32))
def test_a_checkpoint_with_a_changed_state_is_refused_or_runs(
    field: str, other: Any, array: str, place: int, odd_number: float
) -> None:
    arrays = {name: one.copy() for name, one in ARRAYS.items()}
    arrays[array].flat[place % max(1, arrays[array].size)] = odd_number
    body = json.dumps(BODY | {field: other}, allow_nan=True)
    data = safetensors.numpy.save(arrays, {"kind": "checkpoint", "body": body})
    stage = Stage()
    resumed(stage, data)
    stage.turns()
    stage.is_well()


part = st.one_of(
    st.just(CHECKPOINT),
    st.integers(0, len(CHECKPOINT)).map(lambda end: CHECKPOINT[:end]),
    st.integers(0, len(CHECKPOINT)).map(lambda start: CHECKPOINT[start:]),
    st.binary(max_size=50),
    st.integers(0, SETTINGS.message_bytes + 1).map(bytes),
)
upload_opened = st.one_of(st.just(len(CHECKPOINT)), st.integers(1, 3 * len(CHECKPOINT)), whole).map(
    lambda length: json.dumps({"type": "open", "uploaded": length, "view": VIEW})
)


said_or_sent = st.tuples(st.one_of(part, part, upload_opened, valid()), st.sampled_from([0.0, 5.0, 30.0]))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(said_or_sent, max_size=14))
def test_whatever_comes_up_is_bounded_and_opened_whole_or_not_at_all(said: list[tuple[str | bytes, float]]) -> None:
    stage = Stage()
    upload = stage.host._seats[1].session.account.upload
    for message, pause_seconds in said:
        heard = stage.say(message) if isinstance(message, bytes) else stage.answered(message)
        assert upload.nbytes <= SETTINGS.checkpoint_bytes
        for kind, body in heard:
            if kind == "refused" and body["command"] == "upload":
                assert body["code"] in ("size", "checkpoint")
                assert upload.nbytes == 0
        stage.turns()
        stage.clock.now += pause_seconds
    stage.clock.now += SETTINGS.upload_seconds
    stage.turns()
    assert upload.nbytes == 0
    stage.is_well()
