"""What this server offers, as one JSON object: every entry, range, limit and message name, each written once.

The page builds its menus and sliders from it. Not here: the entries themselves (`nncore`).
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from latex2mathml.converter import convert

from app import __version__
from app.live import viewer
from app.live.commands import COMMANDS
from app.live.events import BINARY, EVENTS
from app.live.lens import KNOBS as LENS_KNOBS
from app.settings import Settings
from nncore.activations import ACTIVATIONS
from nncore.config import CHANGEABLE, OWN_CHANGEABLE, Config
from nncore.datasets import DATASETS
from nncore.diagnosis import WELL
from nncore.features import FEATURES, inputs
from nncore.forest.growing import available
from nncore.forest.settings import KNOBS as FOREST_KNOBS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.plane import MARGIN
from nncore.portrait import portrait
from nncore.remedies import quadratic
from nncore.schedules import SCHEDULES
from nncore.spec import Knob, Spec
from nncore.unbiased import has_bias

PREVIEW_POINTS = 110
PICTURE_CELLS = 24
"""Cells along each side of a feature's picture."""

PORTRAIT_PIXELS = 28
"""The side of the picture of a typical unit of each kind of neuron."""

ONE_UNIT = (2, 1)
"""Inputs and units of the layer whose cost stands beside a kind; of any other, `GET /api/costs` tells."""

STEEPNESS = 1.5
"""How quickly the picture's values run into its two ends: what is near 0 stays apart."""

SPEEDS: tuple[float | None, ...] = (None, 100.0, 30.0, 10.0, 3.0, 1.0)
"""Epochs per second worth a place in a menu; null is all there is."""

FIRST_SPEED = 10.0
"""A page that is opened for the first time plays at this: each epoch can be seen, and a hundred take ten seconds."""


def catalog(settings: Settings) -> dict[str, Any]:
    """All of it, as plain data that survives JSON. Costs tens of milliseconds: make it once."""
    return {
        "version": __version__,
        "default": Config().to_json(),
        "neurons": [_neuron(name) for name in NEURONS],
        "activations": [_activation(name) for name in ACTIVATIONS],
        "losses": [{**_described(LOSSES[name].spec), "tasks": list(LOSSES[name].tasks)} for name in LOSSES],
        "optimizers": [_described(OPTIMIZERS[name].spec) for name in OPTIMIZERS],
        "schedules": [_described(SCHEDULES[name].spec) for name in SCHEDULES],
        "datasets": [_dataset(name) for name in sorted(DATASETS, key=_rank)],
        "features": [_feature(name) for name in FEATURES],
        "fields": {path: knob.to_json() for path, knob in _fields(settings).items()},
        "forest": {
            "default": {name: _fields(settings)[f"forest.{name}"].default for name in FOREST_KNOBS},
            "available": available(),
        },
        "changeable": [*CHANGEABLE, *OWN_CHANGEABLE],
        "view": {name: knob.to_json() for name, knob in _view(settings).items()},
        "speeds": list(SPEEDS),
        "solved_share": WELL,
        "first_visit": {"speed": FIRST_SPEED, "remedies": [quadratic(Config()).to_json()]},
        "commands": list(COMMANDS),
        "events": [*EVENTS, *BINARY],
        "limits": {
            name: getattr(settings, name)
            for name in (
                "layers",
                "units",
                "points",
                "classes",
                "message_bytes",
                "table_bytes",
                "first_message_seconds",
                "checkpoint_bytes",
                "frames_in_flight",
                "checkpoint_seconds",
                "replay_epochs",
            )
        },
    }


def _described(spec: Spec) -> dict[str, Any]:
    return {**spec.to_json(), "formula_mathml": convert(spec.formula) if spec.formula else ""}


def _neuron(name: str) -> dict[str, Any]:
    """A kind of neuron with the portrait of a typical unit: bytes row by row, those under 128 for values below 0.

    `cost` is that of one unit of two inputs for one point.
    """
    z = portrait(NEURONS.build(name), PORTRAIT_PIXELS)
    shares = np.tanh(STEEPNESS * z / (np.quantile(np.abs(z), 0.9) or 1.0))
    field = np.floor(128 + 127.999 * shares).astype(np.uint8)
    spec = NEURONS[name].spec
    return {
        **_described(spec),
        "has_bias": has_bias(NEURONS.build(name)),
        "cost": NEURONS.build(name).cost(*ONE_UNIT).to_json(),
        "formula_without_bias_mathml": convert(spec.formula_without_bias) if spec.formula_without_bias else "",
        "portrait": {"side": PORTRAIT_PIXELS, "field": b64encode(field.tobytes()).decode()},
    }


def _activation(name: str) -> dict[str, Any]:
    """An activation with what it costs for one unit and one point."""
    return {**_described(ACTIVATIONS[name].spec), "cost": ACTIVATIONS.build(name).cost().to_json()}


def _rank(name: str) -> tuple[bool, int]:
    """Where a dataset stands in a menu: classes before values, the easiest first."""
    dataset = DATASETS.build(name)
    return dataset.task == "regression", dataset.difficulty


def _dataset(name: str) -> dict[str, Any]:
    """A dataset with a preview: points of its default knobs, without noise, always the same."""
    dataset = DATASETS.build(name)
    sample = dataset.sample(PREVIEW_POINTS, 0.0, np.random.default_rng(0))
    rows = np.column_stack([sample.x, sample.target])
    return {
        **_described(dataset.spec),
        "task": sample.task,
        "classes": sample.classes,
        "preview": [_short(row) for row in rows.tolist()],
    }


def _feature(name: str) -> dict[str, Any]:
    """A feature with its picture: values over the unit square as bytes from 0 to 255, rows from the top, in base64."""
    axis = np.linspace(-MARGIN, MARGIN, PICTURE_CELLS)
    points = np.column_stack([np.tile(axis, PICTURE_CELLS), np.repeat(axis[::-1], PICTURE_CELLS)])
    values = inputs(points, [name], 1.0, np.float64)[0]
    low, high = float(values.min()), float(values.max())
    levels = np.round((values - low) / (high - low) * 255).astype(np.uint8)
    picture = {"side": PICTURE_CELLS, "low": low, "high": high, "field": b64encode(levels.tobytes()).decode()}
    return {**_described(FEATURES[name].spec), "picture": picture}


def _short(numbers: Iterable[float]) -> list[float]:
    """Two decimals each, and whole numbers as such."""
    rounded = (round(number, 2) for number in numbers)
    return [int(number) if number.is_integer() else number for number in rounded]


def _fields(settings: Settings) -> dict[str, Knob]:
    """The ranges of a Config's own numbers, no wider than this server allows."""
    caps = {
        "depth": settings.layers,
        "layers.units": settings.units,
        "data.count": settings.points,
        "forest.levels": settings.layers,
    }
    fields = Config.FIELDS | {f"forest.{name}": knob for name, knob in FOREST_KNOBS.items()}
    return {path: _capped(knob, caps.get(path)) for path, knob in fields.items()}


def _view(settings: Settings) -> dict[str, Knob]:
    """The ranges of what a client can ask to see."""
    return viewer.knobs(settings) | {f"lens.{name}": knob for name, knob in LENS_KNOBS.items()}


def _capped(knob: Knob, most: float | None) -> Knob:
    if most is None:
        return knob
    assert isinstance(knob.default, int)
    high = most if knob.high is None else min(knob.high, most)
    return replace(knob, high=high, default=min(knob.default, int(high)))
