"""Hills and hollows: a regression with something to bend around."""

from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset
from nncore.heads import Task
from nncore.spec import Spec
from nncore.tape import Array

HILLS = np.array(
    [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)],
)
"""Where each stands, in TensorFlow Playground's coordinates (-6 to 6), and whether it rises or falls."""

HALF_WIDTH = 6.0
RADIUS = 2.0


@DATASETS.register(
    Spec(
        name="hills",
        label="Hills",
        sentence="Three hills and three hollows, in turn, on flat ground.",
        formula=r"y = \pm \max\left(0,\; 1 - 3 \lVert x - c \rVert\right)",
    )
)
@dataclass(frozen=True)
class Hills(Dataset):
    """Uniform over the square; six cones of radius 1/3 about (-2/3, 0, 2/3) × (±5/12), heights 1 and -1 in turn.

    TensorFlow Playground's "multi gaussian", scaled into the square: height max(0, 1 - distance / 2) in its
    coordinates; where two cones overlap, the one of larger magnitude counts.
    """

    difficulty = 4

    @property
    def task(self) -> Task:
        return "regression"

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(-1, 1, (count, 2))
        away = HALF_WIDTH * x[:, None, :] - HILLS[:, :2]
        height = np.maximum(0, 1 - np.hypot(away[..., 0], away[..., 1]) / RADIUS)
        nearest = height.argmax(axis=1)
        return x, HILLS[nearest, 2] * height[np.arange(count), nearest]
