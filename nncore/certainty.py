"""How sure a network is of its answers far from all points: along the edge of the plane that is drawn.

Nothing was learnt there, so an honest answer would be near one over the number of classes. Not here: how right it is
(`evaluation`).
"""

import math

import numpy as np

from nncore.learner import Learner
from nncore.plane import reach
from nncore.tape import Array

PLACES = 40
"""Along the edge, the corners among them."""


def edge_points(scale: float) -> Array:
    """Places (`PLACES`, 2) all around the plane that is drawn, equally far apart, from the lower left corner on."""
    along = np.linspace(-1, 1, PLACES // 4, endpoint=False)
    ends = np.ones(PLACES // 4)
    x = np.concatenate([along, ends, -along, -ends])
    y = np.concatenate([-ends, along, ends, -along])
    return reach(scale) * np.column_stack([x, y])


def far_certainty(learner: Learner) -> float:
    """The probability, from 0 to 1, of the class that it answers with, in the middle (median) of the edge's places.

    NaN for a regression, whose answers are values.
    """
    if learner.split.task == "regression":
        return math.nan
    found = learner.predict(edge_points(learner.config.data.scale))
    # One number a place is the probability of class 1 alone.
    sure = np.maximum(found, 1 - found) if learner.split.classes == 2 else found.max(axis=-1)
    return float(np.median(sure))
