"""A checkerboard."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset
from nncore.spec import Knob, Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="checkerboard",
        label="Checkerboard",
        sentence="Squares of two classes in turn: XOR, again and again.",
        formula=r"\text{class} = \left\lfloor \tfrac{k (x + 1)}{2} \right\rfloor "
        r"+ \left\lfloor \tfrac{k (y + 1)}{2} \right\rfloor \bmod 2",
        knobs=(Knob("cells", "Cells", "int", 4, 2, 8, sentence="How many cells k there are along each side."),),
    )
)
@dataclass(frozen=True)
class Checkerboard(Dataset):
    """Uniform over the square, cut into `cells` by `cells`; class 0 is the cell in the lower left corner."""

    difficulty = 7

    cells: int = 4

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(-1, 1, (count, 2))
        cell = np.floor((x + 1) / 2 * self.cells).astype(np.intp)
        return x, cell.sum(axis=1) % 2
