"""Schedules: how the learning rate changes over a run, as a factor of the optimiser's own."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from nncore.registry import Registry
from nncore.spec import Knob, Spec


class Schedule(ABC):
    """One rule with its knobs set. Subclasses are frozen dataclasses whose fields are their knobs."""

    spec: ClassVar[Spec]

    @abstractmethod
    def factor(self, epoch: int) -> float:
        """What the learning rate is multiplied by during `epoch`, counted from 0; from 0 to 1."""


SCHEDULES: Registry[Schedule] = Registry("schedule")


@SCHEDULES.register(
    Spec(
        name="constant",
        label="Constant",
        sentence="The learning rate stays as it is.",
        formula=r"\eta_t = \eta",
    )
)
@dataclass(frozen=True)
class Constant(Schedule):
    """Always 1."""

    def factor(self, epoch: int) -> float:
        return 1.0


@SCHEDULES.register(
    Spec(
        name="step",
        label="Steps",
        sentence="The learning rate falls by the same factor again and again: coarse at first, then fine.",
        formula=r"\eta_t = \eta \, \gamma^{\lfloor t / n \rfloor}",
        knobs=(
            Knob("epochs", "Every", "int", 100, 1, 10_000, scale="log", sentence="Epochs n between two steps."),
            Knob("gamma", "Factor", "float", 0.5, 0.01, 1.0, step=0.01, sentence="The factor γ of each step."),
        ),
    )
)
@dataclass(frozen=True)
class Step(Schedule):
    """γ^⌊t / n⌋, as PyTorch's StepLR."""

    epochs: int = 100
    gamma: float = 0.5

    def factor(self, epoch: int) -> float:
        return self.gamma ** (epoch // self.epochs)


@SCHEDULES.register(
    Spec(
        name="cosine",
        label="Cosine",
        sentence="The learning rate glides down along half a wave, and stays at its floor.",
        formula=r"\eta_t = \eta \left( f + (1 - f) \frac{1 + \cos(\pi t / n)}{2} \right)",
        knobs=(
            Knob("epochs", "Length", "int", 500, 1, 100_000, scale="log", sentence="Epochs n until the floor."),
            Knob("floor", "Floor", "float", 0.0, 0.0, 1.0, step=0.01, sentence="Share f of the rate that remains."),
        ),
        source="Loshchilov and Hutter 2017",
    )
)
@dataclass(frozen=True)
class Cosine(Schedule):
    """f + (1 - f)(1 + cos(π t / n)) / 2 to epoch n, then f for good: no restarts."""

    epochs: int = 500
    floor: float = 0.0

    def factor(self, epoch: int) -> float:
        share = min(1.0, epoch / self.epochs)
        return self.floor + (1 - self.floor) * (1 + math.cos(math.pi * share)) / 2
