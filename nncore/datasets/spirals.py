"""Arms that wind around each other."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Knob, Spec
from nncore.tape import Array

TURNS = 1.75


@DATASETS.register(
    Spec(
        name="spirals",
        label="Spirals",
        sentence="Arms that wind around each other: the hardest of the classics.",
        formula=r"r = t, \quad \varphi = 1.75 \cdot 2 \pi t + 2 \pi \frac{\text{class}}{k}",
        knobs=(Knob("arms", "Arms", "int", 2, 2, 5, sentence="How many arms k, each a class of its own."),),
        source="Lang and Witbrock 1988",
    )
)
@dataclass(frozen=True)
class Spirals(Dataset):
    """k arms, r = t and angle = 1.75 · 2π t + 2π arm / k, with t evenly spaced in (0, 1].

    Angles run clockwise from the top: (r sin φ, r cos φ), as in TensorFlow Playground.
    """

    difficulty = 8

    arms: int = 2

    @property
    def classes(self) -> int:
        return self.arms

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        arm = shares(count, self.arms)
        steps = -(-count // self.arms)
        t = (np.arange(count) // self.arms + 1) / steps
        angle = 2 * np.pi * (TURNS * t + arm / self.arms)
        return np.column_stack([t * np.sin(angle), t * np.cos(angle)]), arm
