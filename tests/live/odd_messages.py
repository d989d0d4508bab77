"""Messages, links and Configs with odd numbers in every place, for tests that say anything at all."""

import base64
import json
import math
from typing import Any

from hypothesis import strategies as st

from app.links import tensorflow_playground
from app.links.keys import KEYS, PAGE_KEYS
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer

SETTINGS = Settings(message_bytes=200_000, points=200, checkpoint_bytes=600_000)
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}, "batch": 7}
VIEW = {"unit_pixels": 4, "output_pixels": 4}
CHECKPOINT = snapshot.save(Trainer(Config.from_json(SMALL | {"layers": [{"units": 2, "dropout": 0.5}]})).run(2))
ANSWERED = frozenset(("open", "race", "memory", "pause", "reset", "change", "checkpoint", "ping"))
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
            "what": st.one_of(
                st.sampled_from(["unit", "weights", "trace", "raster", "health"]),
                st.sampled_from(["gradcheck", "landscape", "goal"]),
                text,
            ),
        },
        optional={
            "layer": st.one_of(st.integers(0, 2), value),
            "unit": st.one_of(st.integers(0, 2), value),
            "point": st.one_of(st.lists(st.floats(-1, 1), min_size=2, max_size=2), value),
            "lab": st.one_of(st.just("depth_without_activation"), text),
            "step": st.one_of(st.integers(0, 9), value),
            "seed": st.one_of(st.integers(0, 9), value),
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
    "memory": st.one_of(
        st.fixed_dictionaries(
            {"link": st.sampled_from(["side=4&cue=2", "machine=hebb&count=20", "machine=boltzmann&hidden=2", "x"])},
            optional={"view": st.one_of(st.just(VIEW), view), "play": st.booleans(), "speed": number},
        ),
        st.fixed_dictionaries(
            {"machine": st.one_of(st.sampled_from(["hopfield", "boltzmann", "hebb"]), text)},
            optional={
                "settings": st.dictionaries(st.sampled_from(["side", "rule", "flip", "hidden", "rate", "odd"]), value),
                "patterns": st.lists(st.one_of(st.just("01" * 50), text), max_size=3),
                "start": st.one_of(st.just("10" * 50), value),
                "uploaded": number,
            },
        ),
    ),
    "measure": st.fixed_dictionaries({"seeds": st.one_of(st.integers(1, 3), st.none(), number)}),
    "dream": st.fixed_dictionaries({"on": st.one_of(st.booleans(), value)}),
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
