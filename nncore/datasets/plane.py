"""A tilted plane: the simplest regression."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset
from nncore.heads import Task
from nncore.spec import Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="plane",
        label="Plane",
        sentence="A value that rises evenly from one corner to the opposite one: one linear neuron is exact.",
        formula=r"y = \frac{x_1 + x_2}{2}",
    )
)
@dataclass(frozen=True)
class Plane(Dataset):
    """Uniform over the square; target (x + y) / 2."""

    difficulty = 1

    @property
    def task(self) -> Task:
        return "regression"

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(-1, 1, (count, 2))
        return x, x.mean(axis=1)
