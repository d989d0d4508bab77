"""XOR as a field: four quadrants, opposite ones alike."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset
from nncore.spec import Spec
from nncore.tape import Array

MARGIN = 0.06
"""How far points are pushed off the axes, so that the classes do not touch."""


@DATASETS.register(
    Spec(
        name="xor",
        label="XOR",
        sentence="Opposite quadrants belong together: no single straight line divides them.",
        formula=r"\text{class} = [x y \ge 0]",
    )
)
@dataclass(frozen=True)
class Xor(Dataset):
    """Uniform over the square, 0.06 off the axes; class 1 where x y ≥ 0."""

    difficulty = 4

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(-1 + MARGIN, 1 - MARGIN, (count, 2))
        x += np.where(x >= 0, MARGIN, -MARGIN)
        return x, (x[:, 0] * x[:, 1] >= 0).astype(np.intp)
