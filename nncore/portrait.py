"""One typical unit of a kind of neuron, as a picture of its z over the plane: what the kind can draw, at a glance.

For menus and cards, before there is any network. Not a probe: those look at the network that is trained.
"""

import numpy as np

from nncore.initializers import Initializer
from nncore.neuron import NeuronType
from nncore.plane import MARGIN, plane_points
from nncore.tape import Array, Tape

CANDIDATES = 64
"""How many units are drawn at random, for the most telling one to be shown."""

SHARES = (0.25, 0.5)
"""Of the plane, how much may be over zero in a telling picture: a shape on a ground, both well visible."""

SCALE = 1.5
"""Half of the plane's width: the data's square and a margin."""

SPREAD = 0.6
"""Standard deviation of what is added to every parameter: some kinds start as lines, all through the middle."""


def portrait(neuron: NeuronType, pixels: int, seed: int = 0) -> Array:
    """z of one unit with two inputs at the centres of `pixels` by `pixels` cells, row 0 at the top; always the same.

    Where the sign changes is the unit's zero set. A kind whose z never changes its sign (the radial one) is shown less
    the middle of its range: the set is then where it is half on.
    """
    rng = np.random.default_rng(seed)
    x = np.ones((3, pixels * pixels))
    x[:-1] = plane_points(pixels, SCALE / MARGIN).T
    z = neuron.forward(_params(neuron, rng), x, Tape(x.shape[1], 2, CANDIDATES, dtype=np.float64))
    one_sided = (z.min() >= 0) | (z.max() <= 0)
    level = (z.min(axis=1, keepdims=True) + z.max(axis=1, keepdims=True)) / 2 if one_sided else 0.0
    picture: Array = (z - level)[_most_telling(z > level, x)].reshape(pixels, pixels)
    return picture


def _most_telling(over: Array, x: Array) -> int:
    """Which row of `over` (units, places) is least like what a straight line could draw, neither side too small.

    How like a line is how much of the two sides the best plane over the places `x` explains: near 1 for a line, 0 for
    a circle in the middle.
    """
    sides = np.where(over, 1.0, -1.0)
    planes = np.linalg.lstsq(x.T, sides.T)[0].T @ x
    likeness = np.var(planes, axis=1)
    shares = np.mean(over, axis=1)
    shares_missed = np.maximum(SHARES[0] - shares, shares - SHARES[1]).clip(0.0)
    return int(np.argmin(np.where(shares_missed == 0.0, likeness, 1.0 + shares_missed)))


def _params(neuron: NeuronType, rng: np.random.Generator) -> dict[str, Array]:
    """CANDIDATES units with two inputs, a little away from where they start, as training would have moved them."""
    shapes = neuron.parameters(2, CANDIDATES)
    params = {name: np.zeros(parameter.shape) for name, parameter in shapes.items()}
    neuron.initialize(params, Initializer("he", rng))
    for array in params.values():
        array += rng.normal(0.0, SPREAD, array.shape)
    neuron.constrain(params)
    return params
