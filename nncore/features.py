"""Input features: what a network is told of a point of the plane.

`inputs` turns points into a network's input, with the last row of ones of the bias trick.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import DTypeLike

from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array


class Feature(ABC):
    """One function of the plane."""

    spec: ClassVar[Spec]
    code: ClassVar[str]
    """The same as an expression in x, y and omega: see `NeuronType.code`."""

    @abstractmethod
    def value(self, x: Array, y: Array, omega: float) -> Array:
        """The feature at the points (x, y), all of shape (n,). `omega` is the angular frequency of the waves."""


FEATURES: Registry[Feature] = Registry("feature")


def _feature(
    name: str, label: str, formula: str, sentence: str, function: Callable[[Array, Array, float], Array], code: str
) -> None:
    class Formula(Feature):
        def value(self, x: Array, y: Array, omega: float) -> Array:
            return function(x, y, omega)

    Formula.code = code
    FEATURES.register(Spec(name=name, label=label, sentence=sentence, formula=formula))(Formula)


_feature("x", "x", "x", "Left to right.", lambda x, y, omega: x, "x")
_feature("y", "y", "y", "Bottom to top.", lambda x, y, omega: y, "y")
_feature("x_squared", "x²", "x^2", "Distance from the vertical axis, squared.", lambda x, y, omega: x * x, "x**2")
_feature("y_squared", "y²", "y^2", "Distance from the horizontal axis, squared.", lambda x, y, omega: y * y, "y**2")
_feature(
    "xy", "xy", "x y", "Positive in two opposite quadrants: XOR in one number.", lambda x, y, omega: x * y, "x * y"
)
_feature(
    "sin_x",
    "sin x",
    r"\sin \omega x",
    "A wave from left to right.",
    lambda x, y, omega: np.sin(omega * x),
    "xp.sin(omega * x)",
)
_feature(
    "sin_y",
    "sin y",
    r"\sin \omega y",
    "A wave from bottom to top.",
    lambda x, y, omega: np.sin(omega * y),
    "xp.sin(omega * y)",
)
_feature(
    "cos_x",
    "cos x",
    r"\cos \omega x",
    "An even wave from left to right.",
    lambda x, y, omega: np.cos(omega * x),
    "xp.cos(omega * x)",
)
_feature(
    "cos_y",
    "cos y",
    r"\cos \omega y",
    "An even wave from bottom to top.",
    lambda x, y, omega: np.cos(omega * y),
    "xp.cos(omega * y)",
)
_feature(
    "r", "r", r"\sqrt{x^2 + y^2}", "Distance from the centre.", lambda x, y, omega: np.hypot(x, y), "xp.hypot(x, y)"
)


def inputs(points: Array, names: Sequence[str], scale: float, dtype: DTypeLike = np.float32) -> Array:
    """The features `names` of `points` (n, 2) and a last row of ones: (len(names) + 1, n).

    Waves have ω = π on the unit square (`scale` 1), so that one period fits it; on any other scale ω = 1, so that at
    scale 6 they are TensorFlow Playground's.
    """
    omega = math.pi if scale == 1 else 1.0
    rows = np.ones((len(names) + 1, len(points)), dtype)
    for row, name in enumerate(names):
        rows[row] = FEATURES.build(name).value(points[:, 0], points[:, 1], omega)
    return rows
