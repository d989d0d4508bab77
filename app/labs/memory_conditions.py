"""What the goals of a memory's labs may be about: its settings, and how the machine that remembers stands.

Pure. Not here: how a goal compares (`conditions`), who measures this (`app.live.memory`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.labs.vocabulary import Vocabulary
from nncore.spec import Value

Settings = Mapping[str, Value]


@dataclass(frozen=True)
class MemoryFigures:
    """How a memory stands; NaN for what its machine does not have, or does not have yet.

    `epoch` counts sweeps or epochs. Of Hopfield's: `stored` patterns, the share of units that are `damaged` in what is
    shown, and once it rests the share that is `remembered` rightly. Of Boltzmann's: how much higher the free energy of
    damaged pictures is (`gap`), and the steps that were `dreamt`. Of Hebb's units: the first one's `length`, and the
    degrees between the first two and the axes that they seek.
    """

    epoch: int
    stored: float = math.nan
    damaged: float = math.nan
    remembered: float = math.nan
    gap: float = math.nan
    dreamt: float = math.nan
    length: float = math.nan
    angle: float = math.nan
    second_angle: float = math.nan


def _number(settings: Settings, name: str) -> float:
    value = settings.get(name, math.nan)
    assert isinstance(value, (int, float))
    return value


def _names(settings: Settings, name: str) -> list[str]:
    return [str(settings[name])] if name in settings else []


MEMORY = Vocabulary(
    {
        "epoch": lambda settings, figures: figures.epoch,
        "stored": lambda settings, figures: figures.stored,
        "damaged": lambda settings, figures: figures.damaged,
        "remembered": lambda settings, figures: figures.remembered,
        "gap": lambda settings, figures: figures.gap,
        "dreamt": lambda settings, figures: figures.dreamt,
        "length": lambda settings, figures: figures.length,
        "angle": lambda settings, figures: figures.angle,
        "second_angle": lambda settings, figures: figures.second_angle,
        "hidden_units": lambda settings, figures: _number(settings, "hidden"),
        "grid": lambda settings, figures: _number(settings, "side"),
    },
    {
        "machine": lambda settings: _names(settings, "machine"),
        "rule": lambda settings: _names(settings, "rule"),
        "points": lambda settings: _names(settings, "data"),
    },
)
