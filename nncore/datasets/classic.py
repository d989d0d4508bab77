"""TensorFlow Playground's classification data, by its own rules: links of it open as the same experiment.

Not here: its regression data (`classic_values`), nor this project's own circles, XOR, clouds and spirals.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncore.dataset import DATASETS, Dataset, Sample, shares
from nncore.spec import Knob, Spec
from nncore.tape import Array

Rule = Literal["circle", "xor", "gauss", "spiral"]
HALF_WIDTH = 6.0
"""The rules' coordinates run from -6 to 6; points are scaled into the square."""
REACH = 5.0


@DATASETS.register(
    Spec(
        name="classic",
        label="Classic",
        sentence="TensorFlow Playground's data by its own rules: noise changes labels rather than points.",
        formula=r"\text{class} = [\text{rule}(x + n\,u)]",
        knobs=(
            Knob(
                "rule",
                "Rule",
                "choice",
                "circle",
                choices=("circle", "xor", "gauss", "spiral"),
                sentence="Which of its four datasets.",
            ),
        ),
        source="Smilkov et al. 2017",
    )
)
@dataclass(frozen=True)
class Classic(Dataset):
    """Disc and ring, XOR, two clouds or two spirals in coordinates from -6 to 6; class 1 is its positive one.

    `noise` is read as there, its 25 being 0.25. Circle and XOR: the label is taken at a place moved by up to 5 times
    the noise, the point stays. Clouds: their variance is 0.5 + 7 noise. Spirals: points move by up to the noise.
    """

    difficulty = 9

    rule: Rule = "circle"

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        sample = self.sample(count, 0.0, rng)
        return sample.x, sample.target

    def sample(self, count: int, noise: float, rng: np.random.Generator) -> Sample:
        rules = {"circle": _circle, "xor": _xor, "gauss": _gauss, "spiral": _spiral}
        x, target = rules[self.rule](count, noise, rng)
        return Sample(x / HALF_WIDTH, target.astype(np.intp), self.task, self.classes)


def _circle(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    inner = 1 - shares(count, 2)
    radius = REACH * rng.uniform(np.where(inner, 0.0, 0.7), np.where(inner, 0.5, 1.0))
    angle = rng.uniform(0, 2 * np.pi, count)
    x = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    moved = x + noise * rng.uniform(-REACH, REACH, x.shape)
    return x, np.hypot(*moved.T) < REACH / 2


def _xor(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    x = rng.uniform(-REACH, REACH, (count, 2))
    x += np.where(x > 0, 0.3, -0.3)
    moved = x + noise * rng.uniform(-REACH, REACH, x.shape)
    return x, moved.prod(axis=1) >= 0


def _gauss(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    positive = 1 - shares(count, 2)
    centre = np.where(positive, 2.0, -2.0)[:, None]
    return centre + np.sqrt(0.5 + 7 * noise) * rng.standard_normal((count, 2)), positive


def _spiral(count: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    positive = 1 - shares(count, 2)
    along = np.arange(count) // 2 / (count / 2)
    angle = 1.75 * 2 * np.pi * along + np.pi * (1 - positive)
    x = REACH * along[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    return x + noise * rng.uniform(-1, 1, x.shape), positive
