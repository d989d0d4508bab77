"""How many patterns a Hopfield network holds: random ones are stored, each is shown damaged and should come back.

With Hebb's rule and endlessly many units, up to 0.138 patterns a unit do (Amit, Gutfreund and Sompolinsky 1985). The
few hundred units of a page lose them little by little around that, the sooner the more damaged they are shown. In
pieces, a sweep each. Not here: one recall (`recall`).
"""

import numpy as np

from nncore.memory.ending import ALIKE
from nncore.memory.hopfield import Hopfield, Modern, store
from nncore.memory.patterns import flipped, random_patterns
from nncore.pieces import Pieces
from nncore.tape import Array

HEBB_LIMIT = 0.138
"""Patterns a unit."""

MOST_SHOWN = 40
"""Of the patterns that are stored, so many at most are shown again."""

MOST_SWEEPS = 30

LOADS: dict[str, tuple[float, ...]] = {
    "hebb": (0.04, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.22, 0.26),
    "pseudo_inverse": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0),
    "modern": (0.14, 0.5, 1.0, 2.0, 3.0, 4.0),
}
"""Patterns a unit that are worth trying, by the rule."""


def recalled_share(
    units: int, patterns: int, rule: str, beta: float, damage: float, rng: np.random.Generator, most: int = MOST_SHOWN
) -> Pieces[float]:
    """Of up to `most` of so many random patterns, the share that comes back (overlap 0.9 or more).

    Each is shown with a share `damage` of its units, 0 to 1, flipped.
    """
    x = random_patterns(patterns, units, rng)
    network = store(x, rule, beta)
    wanted = x[:most]
    yield
    settled = yield from _settled(network, np.array([flipped(one, damage, rng) for one in wanted]), rng)
    alike = np.einsum("pi,pi->p", settled, wanted) / units
    return float((alike >= ALIKE).mean())


def _settled(network: Hopfield, s: Array, rng: np.random.Generator) -> Pieces[Array]:
    """The states (P, N) at rest. What the modern rule does is done to all units at once, as it was published."""
    for _ in range(MOST_SWEEPS):
        before = s.copy()
        if isinstance(network, Modern):
            s = network.all_wanted(s)
        else:
            for unit in rng.permutation(network.units):
                s[:, unit] = network.wanted(s, unit)
        yield
        if np.abs(s - before).max() < 1e-3:
            break
    return s
