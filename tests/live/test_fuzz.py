"""Whatever a client says, in whatever order: an answer, never an exception, never a session that is stuck or lost, and
the one beside it goes on.

Valid messages, valid messages with a few characters changed, and noise; numbers that are none or too many digits long;
links of every key; checkpoints with bytes or numbers changed; the largest networks; bursts. All against the pure host,
without a server.

The examples are the same ones in every run: `FUZZ=20 make test TESTS=tests/live/test_fuzz.py` takes twenty times as
many, and others each time.
"""

import base64
import json
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from app.live import frames
from nncore.activations import ACTIVATIONS
from nncore.config import Data, LayerConfig
from nncore.datasets import DATASETS
from nncore.fields import NUMBERS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.schedules import SCHEDULES
from tests.live.odd_messages import (
    CHECKPOINT,
    EXAMPLES,
    SETTINGS,
    SMALL,
    VALUES,
    VIEW,
    links,
    messages,
    number,
    valid,
    value,
    whole,
)
from tests.live.stage import Stage

pytestmark = pytest.mark.slow

TIMES = int(os.environ.get("FUZZ", "1"))


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples, or TIMES as many that nobody has seen before."""
    return settings(max_examples=count * TIMES, derandomize=TIMES == 1)


@examples(35)
@given(messages)
def test_the_message_machine_always_answers_and_is_never_stuck(said: list[str]) -> None:
    stage = Stage()
    for message in said:
        stage.answered(message)
        stage.turns()
    stage.is_well()


@examples(25)
@given(messages)
def test_a_burst_is_answered_like_what_comes_one_by_one(said: list[str]) -> None:
    stage = Stage()
    stage.say(*said)
    stage.is_well()


@examples(70)
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


@examples(70)
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


@examples(60)
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


@examples(60)
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


@examples(35)
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
