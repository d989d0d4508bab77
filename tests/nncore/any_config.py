"""Any Config that a page can make, for property tests: every entry of every registry, every knob within its range.

Small ones: what is tested is that they run, not how well they learn.
"""

import math
from typing import Any

from hypothesis import strategies as st

from nncore.activations import ACTIVATIONS
from nncore.config import Config, LayerConfig
from nncore.datasets import DATASETS
from nncore.features import FEATURES
from nncore.fields import FIELDS, NUMBERS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.registry import Registry
from nncore.schedules import SCHEDULES
from nncore.spec import Knob

MOST_CLASSES, MOST_UNITS, DEEPEST = 5, 5, 6
QUICK: dict[str, dict[str, Any]] = {
    "unit_maps": {"unit_pixels": 5, "output_pixels": 7},
    "layer_decision": {"pixels": 5},
    "hidden_space": {"lines": 3},
    "loss_slice": {"pixels": 3, "span": 10.0},
}
"""Probes as small as they come."""
SMALL_COUNTS = {"data.count": (8, 60), "batch": (4, 100)}


def number(knob: Knob, low: float | None = None, high: float | None = None) -> st.SearchStrategy[Any]:
    """A value of a knob: its default half of the time, else anything between its ends, and these themselves."""
    low, high = knob.low if low is None else low, knob.high if high is None else high
    if knob.kind == "bool":
        return st.booleans()
    if knob.kind == "choice":
        return st.sampled_from(knob.choices)
    assert low is not None
    assert high is not None
    assert isinstance(knob.default, int | float)
    anything: st.SearchStrategy[float]
    if knob.kind == "int":
        anything = st.integers(int(low), int(min(high, 2**31 - 1)))
    elif knob.scale == "log" and low > 0:
        exponents = st.floats(math.log(low), math.log(high))
        anything = exponents.map(lambda e: min(max(math.exp(e), low), high)) | st.sampled_from([low, high])
    else:
        anything = st.floats(low, high)
    return anything if not low <= knob.default <= high else st.just(knob.default) | anything


@st.composite
def entries(draw: st.DrawFn, registry: Registry[Any], names: list[str] | None = None) -> dict[str, Any]:
    """An entry by name, with all of its knobs."""
    name = draw(st.sampled_from(names or list(registry)))
    return {"name": name} | {knob.name: draw(number(knob)) for knob in registry[name].spec.knobs}


def own_points(draw: st.DrawFn) -> dict[str, Any]:
    """The reader's own: values, or two to MOST_CLASSES classes, of which the last has at least one point."""
    task, coordinate = draw(st.sampled_from(["classification", "regression"])), st.floats(-1, 1)
    classes = draw(st.integers(2, MOST_CLASSES))
    label = st.floats(-1, 1) if task == "regression" else st.integers(0, classes - 1)
    points = draw(st.lists(st.tuples(coordinate, coordinate, label), min_size=8, max_size=40))
    if task == "classification":
        points[0] = (*points[0][:2], classes - 1)
    return {"name": "own", "points": [list(point) for point in points], "task": task}


@st.composite
def data(draw: st.DrawFn) -> dict[str, Any]:
    """Points of a dataset, or own ones."""
    if draw(st.integers(0, 4)) == 0:
        made = own_points(draw)
    else:
        made = draw(entries(DATASETS, [name for name in DATASETS if name != "own"]))
        for name in ("rings", "arms", "blobs"):
            if name in made:
                made[name] = min(made[name], MOST_CLASSES)
    for path in (path for path in FIELDS if path.startswith("data.")):
        if draw(st.booleans()):
            made[path.removeprefix("data.")] = draw(number(FIELDS[path], *SMALL_COUNTS.get(path, ())))
    made.setdefault("count", 40)
    count, share = len(made["points"]) if made["name"] == "own" else made["count"], made.get("train_share", 0.5)
    if not 1 <= round(count * share) < count and share != 1:
        del made["train_share"]
    return made


@st.composite
def layers(draw: st.DrawFn, inputs: int) -> list[dict[str, Any]]:
    """Hidden layers, all of the same kind half of the time."""
    made: list[dict[str, Any]] = []
    alike = draw(st.booleans())
    for _ in range(draw(st.integers(0, DEEPEST))):
        layer = {
            "units": draw(st.integers(1, MOST_UNITS)),
            "neuron": draw(entries(NEURONS)),
            "activation": draw(entries(ACTIVATIONS)),
        }
        if made and alike:
            layer = {name: made[0][name] for name in layer}
        layer |= {name: draw(number(FIELDS[f"layers.{name}"])) for name in LayerConfig.options if draw(st.booleans())}
        if layer.get("residual") and layer["units"] != (made[-1]["units"] if made else inputs):
            del layer["residual"]
        made.append(layer)
    return made


@st.composite
def configs(draw: st.DrawFn) -> Config:
    """A whole Config."""
    features = draw(st.lists(st.sampled_from(list(FEATURES)), min_size=1, max_size=4, unique=True))
    points = draw(data())
    made: dict[str, Any] = {
        "data": points,
        "features": features,
        "layers": draw(layers(len(features))),
        "output": {"neuron": draw(entries(NEURONS))},
        "optimizer": draw(entries(OPTIMIZERS)),
        "schedule": draw(entries(SCHEDULES)),
        "seeds": {name: draw(number(FIELDS[f"seeds.{name}"])) for name in ("data", "run")},
    }
    for name in NUMBERS:
        if draw(st.booleans()):
            made[name] = draw(number(FIELDS[name], *SMALL_COUNTS.get(name, ())))
    task = Config.from_json({"data": points}).dataset.task
    made["loss"] = draw(entries(LOSSES, [name for name in LOSSES if task in LOSSES[name].tasks]))
    return Config.from_json(made)
