"""Round clouds of points."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset, shares
from nncore.spec import Knob, Spec
from nncore.tape import Array


@DATASETS.register(
    Spec(
        name="gaussians",
        label="Clouds",
        sentence="Round clouds around centres on a circle: one straight line is enough for two.",
        formula=r"x \sim \mathcal{N}(c_{\text{class}}, \sigma^2)",
        knobs=(
            Knob("blobs", "Clouds", "int", 2, 2, 5, sentence="How many clouds, each a class of its own."),
            Knob("spread", "Spread", "float", 0.15, 0.02, 0.4, step=0.01, sentence="The clouds' standard deviation σ."),
        ),
    )
)
@dataclass(frozen=True)
class Gaussians(Dataset):
    """k normal clouds of standard deviation `spread` about centres at radius 0.5."""

    difficulty = 1

    blobs: int = 2
    spread: float = 0.15

    @property
    def classes(self) -> int:
        return self.blobs

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        blob = shares(count, self.blobs)
        angle = np.pi / 4 + 2 * np.pi * blob / self.blobs
        centers = 0.5 * np.column_stack([np.cos(angle), np.sin(angle)])
        return np.clip(centers + self.spread * rng.standard_normal((count, 2)), -1, 1), blob
