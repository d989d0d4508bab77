"""XOR as its four corners, for the classic experiment."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Spec
from nncore.tape import Array

CORNERS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]])


@DATASETS.register(
    Spec(
        name="xor_points",
        label="XOR corners",
        sentence="The four corners alone, repeated: the smallest problem that one linear neuron cannot solve.",
        formula=r"\text{class} = [x y \ge 0]",
        source="Minsky and Papert 1969",
    )
)
@dataclass(frozen=True)
class XorPoints(Dataset):
    """The corners (±1, ±1) in turn; class 1 where x y ≥ 0."""

    difficulty = 4

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        corner = shares(count, len(CORNERS))
        return CORNERS[corner].copy(), (corner % 2 == 0).astype(np.intp)
