"""What no training can mend: a network that draws straight where its points need something bent, or one that gives the
same answer at places that mirror each other where its points do not.

Kinds are asked, not listed: z of random weights tells what a kind can do. Points are asked, too: their nearest
neighbours say how well any network could do, and how well one that mirrors. Not here: what is said (`diagnosis`).
"""

from functools import lru_cache
from typing import Literal

import numpy as np

from nncore.network import Network
from nncore.neuron import NeuronType
from nncore.split import Split
from nncore.tape import Array, Tape

Limit = Literal["straight_layers", "straight_output", "opposite", "mirrored"]
"""Linear layers without an activation; no hidden layer and a linear output; the same at (x, y) and (-x, -y); the same
at (x, y), (-x, y) and (x, -y)."""

ENOUGH_BETTER = 0.08
"""So much more of the points right, or of the variance met, is a reason to say that something is in the way."""
MOST_ASKED, NEIGHBOURS = 400, 5

MIRRORS = {"mirrored": ((-1, 1), (1, -1)), "opposite": ((-1, -1),)}


def limit_of(network: Network, features: tuple[str, ...], split: Split) -> Limit | None:
    """What keeps `network` from learning the training points of `split`, if it is one of these."""
    if features not in (("x", "y"), ("y", "x")):
        return None  # Whatever else it is told may be bent, or tell one side from the other.
    if _is_straight(network):
        x, y = _asked(split)
        if _as_neighbours_say(x, x, y, split.task) - _at_best_straight(x, y, split.task) < ENOUGH_BETTER:
            return None
        return "straight_layers" if len(network.layers) > 1 else "straight_output"
    symmetry = symmetry_of(network.layers[0].neuron)
    if symmetry is not None:
        x, y = _asked(split)
        best = _as_neighbours_say(x, x, y, split.task)
        mirrored = min(_as_neighbours_say(x * mirror, x, y, split.task) for mirror in MIRRORS[symmetry])
        # Half of the points are right where every place has another answer than its mirror image: at best the average.
        if (best - mirrored) / 2 > ENOUGH_BETTER:
            return symmetry
    return None


@lru_cache(maxsize=64)
def symmetry_of(neuron: NeuronType) -> Literal["mirrored", "opposite"] | None:
    """Whether z is the same at places that mirror each other, whatever the weights: across each axis, or the origin."""
    x = np.random.default_rng(1).normal(size=(2, 8))
    for symmetry in ("mirrored", "opposite"):
        images = [x * np.array(mirror)[:, None] for mirror in MIRRORS[symmetry]]
        if all(np.allclose(_z(neuron, x), _z(neuron, image), rtol=1e-9, atol=1e-12) for image in images):
            return symmetry
    return None


@lru_cache(maxsize=64)
def is_affine(neuron: NeuronType) -> bool:
    """Whether z is a weighted sum plus a constant, whatever the weights."""
    rng = np.random.default_rng(2)
    x, other = rng.normal(size=(2, 2, 8))
    middle = (_z(neuron, x) + _z(neuron, other)) / 2
    return bool(np.allclose(middle, _z(neuron, (x + other) / 2), rtol=1e-9, atol=1e-12))


def _z(neuron: NeuronType, x: Array) -> Array:
    """z of units with random weights at x (2, n)."""
    rng, units = np.random.default_rng(3), getattr(neuron, "units", 3)
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(2, units).items()}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    tape = Tape(x.shape[1], 2, units, dtype=np.float64)
    return neuron.forward(params, np.vstack([x, np.ones(x.shape[1])]), tape).copy()


def _is_straight(network: Network) -> bool:
    hidden = network.layers[:-1]
    flat = all(layer.activation.spec.name == "identity" and layer.norm is None for layer in hidden)
    # Kinds are asked with two inputs and three units; one without biases is of its layer's size, so its kind is asked.
    return flat and all(is_affine(getattr(layer.neuron, "kind", layer.neuron)) for layer in network.layers)


def _asked(split: Split) -> tuple[Array, Array]:
    """Some of the training points (n, 2), and what they are (n,)."""
    x, y = split.train_x, split.train_y
    while x.ndim > 2:
        x, y = x[0], y[0]
    return x[:MOST_ASKED], y[:MOST_ASKED]


def _as_neighbours_say(places: Array, x: Array, y: Array, task: str) -> float:
    """How well the points `x` answer at `places` (n, 2) what `y` is there, each without itself."""
    apart = ((places[:, None] - x) ** 2).sum(axis=-1)
    np.fill_diagonal(apart, np.inf)
    count = min(NEIGHBOURS, len(x) - 1)
    if count < 1:
        return 0.0
    nearest = y[np.argpartition(apart, count - 1, axis=1)[:, :count]]
    if task == "regression":
        return _score(nearest.mean(axis=1), y, task)
    classes = np.arange(int(y.max()) + 1)
    return _score((nearest[..., None] == classes).sum(axis=1).argmax(axis=1), y, task)


def _at_best_straight(x: Array, y: Array, task: str) -> float:
    """How well a weighted sum of the coordinates meets y: least squares, for classes one of each."""
    known = np.column_stack([x, np.ones(len(x))])
    wanted = y[:, None] if task == "regression" else (y[:, None] == np.arange(int(y.max()) + 1)).astype(float)
    found = known @ np.linalg.lstsq(known, wanted, rcond=None)[0]
    return _score(found[:, 0] if task == "regression" else found.argmax(axis=1), y, task)


def _score(found: Array, y: Array, task: str) -> float:
    """The share of points that are right or, of values, of their variance that is met."""
    if task == "regression":
        return 1.0 - float(((found - y) ** 2).mean() / max(float(y.var()), 1e-12))
    return float((found == y).mean())
