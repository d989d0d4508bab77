"""Above or below a curve."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.dataset import DATASETS, Dataset
from nncore.spec import Knob, Spec
from nncore.tape import Array

CURVES: dict[str, Callable[[Array], Array]] = {
    "sine": lambda x: 0.6 * np.sin(np.pi * x),
    "cubic": lambda x: x**3,
    "absolute_value": lambda x: np.abs(x) - 0.5,
}
"""Each halves the square, so that both classes are equally large."""


@DATASETS.register(
    Spec(
        name="above_curve",
        label="Above a curve",
        sentence="Above or below a curve: the answer is a function's graph.",
        formula=r"\text{class} = [y > f(x)], \quad f(x) \in \{0.6 \sin \pi x,\; x^3,\; |x| - \tfrac{1}{2}\}",
        knobs=(
            Knob(
                "curve", "Curve", "choice", "sine", choices=tuple(CURVES), sentence="The function f that divides them."
            ),
        ),
    )
)
@dataclass(frozen=True)
class AboveCurve(Dataset):
    """Uniform over the square; class 1 where y > f(x), f being 0.6 sin(πx), x³ or |x| - 1/2."""

    difficulty = 3

    curve: str = "sine"

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        x = rng.uniform(-1, 1, (count, 2))
        return x, (x[:, 1] > CURVES[self.curve](x[:, 0])).astype(np.intp)
