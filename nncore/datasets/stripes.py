"""Upright stripes."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Knob, Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="stripes",
        label="Stripes",
        sentence="Upright stripes of two classes in turn: only x counts, but one threshold is not enough.",
        formula=r"\text{class} = \left\lfloor \tfrac{k (x + 1)}{2} \right\rfloor \bmod 2",
        knobs=(Knob("stripes", "Stripes", "int", 4, 2, 10, sentence="How many stripes k there are."),),
    )
)
@dataclass(frozen=True)
class Stripes(Dataset):
    """`stripes` upright stripes of one width; class 0 is the leftmost.

    Both classes have equally many points, so where one class has a stripe more, its stripes are less crowded.
    """

    difficulty = 6

    stripes: int = 4

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        which = shares(count, 2)
        stripe = 2 * rng.integers(0, (self.stripes + 1 - which) // 2) + which
        x = (stripe + rng.random(count)) * 2 / self.stripes - 1
        return np.column_stack([x, rng.uniform(-1, 1, count)]), which
