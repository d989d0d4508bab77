"""TensorFlow Playground's regression data, by its own rules. Not here: its classification data (`classic`)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncore.dataset import DATASETS, Dataset, Sample
from nncore.heads import Task
from nncore.spec import Knob, Spec
from nncore.tape import Array

Rule = Literal["plane", "hills"]
HALF_WIDTH = 6.0
HILLS = np.array([(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)])
"""Where each of its "multi gaussian" stands, and whether it rises or falls."""


@DATASETS.register(
    Spec(
        name="classic_values",
        label="Classic values",
        sentence="TensorFlow Playground's regressions by its own rules: noise changes values, not points.",
        formula=r"y = \text{rule}(x + n\,u)",
        knobs=(Knob("rule", "Rule", "choice", "plane", choices=("plane", "hills"), sentence="Which of its two."),),
        source="Smilkov et al. 2017",
    )
)
@dataclass(frozen=True)
class ClassicValues(Dataset):
    """Uniform over coordinates from -6 to 6. Plane: (x + y) / 10; hills: cones ±max(0, 1 - distance / 2).

    The value is taken at a place moved by up to 6 times the noise; the point stays.
    """

    difficulty = 9

    rule: Rule = "plane"

    @property
    def task(self) -> Task:
        return "regression"

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        sample = self.sample(count, 0.0, rng)
        return sample.x, sample.target

    def sample(self, count: int, noise: float, rng: np.random.Generator) -> Sample:
        x = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (count, 2))
        moved = x + noise * rng.uniform(-HALF_WIDTH, HALF_WIDTH, x.shape)
        value = _hills(moved) if self.rule == "hills" else _plane(moved)
        return Sample(x / HALF_WIDTH, value, self.task, self.classes)


def _plane(x: Array) -> Array:
    value: Array = x.sum(axis=1) / 10
    return value


def _hills(x: Array) -> Array:
    away = x[:, None, :] - HILLS[:, :2]
    height = np.maximum(0, 1 - np.hypot(away[..., 0], away[..., 1]) / 2)
    nearest = height.argmax(axis=1)
    value: Array = HILLS[nearest, 2] * height[np.arange(len(x)), nearest]
    return value
