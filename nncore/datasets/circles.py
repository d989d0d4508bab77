"""A disc inside a ring."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="circles",
        label="Circles",
        sentence="A disc inside a ring: easy for a neuron that measures distance, hard for straight lines.",
        formula=r"\text{class} = [r < 0.5]",
    )
)
@dataclass(frozen=True)
class Circles(Dataset):
    """Class 1: a disc of radius 0.5, class 0: a ring from 0.7 to 1; both uniform in area."""

    difficulty = 2

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        inner = shares(count, 2)
        low, high = np.where(inner, 0.0, 0.7), np.where(inner, 0.5, 1.0)
        radius = np.sqrt(rng.uniform(low**2, high**2))
        angle = rng.uniform(0, 2 * np.pi, count)
        return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), inner
