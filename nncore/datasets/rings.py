"""Rings around one another."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Knob, Spec
from nncore.tape import Array

GAP = 0.3
"""The empty part of each ring's share of the radius, on its inner side."""


@DATASETS.register(
    Spec(
        name="rings",
        label="Rings",
        sentence="Rings around one another, each a class of its own: only the distance from the centre counts.",
        formula=r"\frac{\text{class} + 0.3}{k} \le r < \frac{\text{class} + 1}{k}",
        knobs=(Knob("rings", "Rings", "int", 3, 2, 5, sentence="How many rings k, each a class of its own."),),
    )
)
@dataclass(frozen=True)
class Rings(Dataset):
    """k rings, the i-th from radius (i + 0.3) / k to (i + 1) / k, each uniform in area; class 0 is the innermost."""

    difficulty = 5

    rings: int = 3

    @property
    def classes(self) -> int:
        return self.rings

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        ring = shares(count, self.rings)
        low, high = (ring + GAP) / self.rings, (ring + 1) / self.rings
        radius = np.sqrt(rng.uniform(low**2, high**2))
        angle = rng.uniform(0, 2 * np.pi, count)
        return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), ring
