"""Two half circles that reach into each other."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="moons",
        label="Moons",
        sentence="Two half circles that reach into each other: a line almost does it, a bend does.",
        formula=r"(\cos t, \sin t), \quad (1 - \cos t, \tfrac{1}{2} - \sin t)",
    )
)
@dataclass(frozen=True)
class Moons(Dataset):
    """Half circles (cos t, sin t) and (1 - cos t, 1/2 - sin t), t uniform in [0, π], moved and shrunk into the
    square.
    """

    difficulty = 3

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        moon = shares(count, 2)
        t = rng.uniform(0, np.pi, count)
        x = np.where(moon, 1 - np.cos(t), np.cos(t))
        y = np.where(moon, 0.5 - np.sin(t), np.sin(t))
        return 0.6 * np.column_stack([x - 0.5, y - 0.25]), moon
