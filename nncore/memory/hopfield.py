"""Networks that store patterns as valleys of an energy (Hopfield 1982): how a rule stores, and how one unit is updated.

`x` are the patterns (P, N) of +1 and -1, `s` a state (..., N). Whichever the rule, the update of one unit alone never
raises the energy. Not here: in which order units are updated and until when (`recall`), what comes of it (`ending`).
"""

from abc import ABC, abstractmethod

import numpy as np

from nncore.errors import UnknownName
from nncore.tape import Array

NEVER = 1e-9
"""A field this weak is none but for rounding: the unit stays as it is."""


class Hopfield(ABC):
    """Patterns that are stored, in a network of `units` units."""

    def __init__(self, x: Array) -> None:
        """Stores `x` (P, N), of which there may be none."""
        self.x = x
        self.units: int = x.shape[1]

    @abstractmethod
    def wanted(self, s: Array, unit: int) -> Array:
        """What `unit` becomes in each state (..., N) when it is updated alone: (...)."""

    @abstractmethod
    def energy(self, s: Array) -> Array:
        """The energy of each state (..., N): (...)."""


class Weights(Hopfield):
    """Stored in weights between units, which are +1 or -1: s_i = sign(Σ_j w_ij s_j), E = -½ sᵀ W s.

    W is symmetric with a zero diagonal, so an update changes the energy by -|h| or not at all.
    """

    def __init__(self, x: Array, w: Array) -> None:
        super().__init__(x)
        self.w = w
        np.fill_diagonal(self.w, 0.0)

    def wanted(self, s: Array, unit: int) -> Array:
        """The sign of its field; where that is none, the unit stays."""
        field = s @ self.w[unit]
        return np.where(np.abs(field) < NEVER, s[..., unit], np.sign(field))

    def energy(self, s: Array) -> Array:
        """-½ sᵀ W s."""
        found: Array = -0.5 * np.einsum("...i,...i->...", s @ self.w, s)
        return found


class Modern(Hopfield):
    """Stored as they are, and looked up by likeness (Ramsauer et al. 2020): s = Xᵀ softmax(β X s), from -1 to 1.

    E = -1/β log Σ exp(β X s) + ½ sᵀs + 1/β log P + ½ N. One unit's part of it is a convex and a concave function of
    that unit, so the rule for all units, applied to one of them, never raises it either.
    """

    def __init__(self, x: Array, beta: float) -> None:
        super().__init__(x)
        self.beta = beta

    def wanted(self, s: Array, unit: int) -> Array:
        """What the stored patterns have there, each weighed by how like it the state is."""
        return s[..., unit] if len(self.x) == 0 else self._shares(s) @ self.x[:, unit]

    def all_wanted(self, s: Array) -> Array:
        """The same of every unit at once, (..., N): the rule as it was published."""
        return s if len(self.x) == 0 else np.asarray(self._shares(s) @ self.x)

    def energy(self, s: Array) -> Array:
        """From 0 upwards; without patterns, 0."""
        if len(self.x) == 0:
            return np.zeros(s.shape[:-1])
        likeness = self.beta * (s @ self.x.T)
        top = likeness.max(axis=-1)
        log_sum = top + np.log(np.exp(likeness - top[..., None]).sum(axis=-1))
        squares = np.einsum("...i,...i->...", s, s)
        found: Array = (np.log(len(self.x)) - log_sum) / self.beta + 0.5 * (squares + self.units)
        return found

    def _shares(self, s: Array) -> Array:
        likeness = self.beta * (s @ self.x.T)
        shares: Array = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return shares


RULES = ("hebb", "pseudo_inverse", "modern")
"""How patterns are stored."""


def hebb(x: Array) -> Weights:
    """W = Σ ξ ξᵀ / N: units that are alike in a pattern pull each other (Hebb 1949, Hopfield 1982)."""
    return Weights(x, x.T @ x / x.shape[1])


def pseudo_inverse(x: Array) -> Weights:
    """W = X⁺ X: projects onto what the patterns span, so that each of fewer than N rests (Personnaz 1985)."""
    return Weights(x, np.linalg.pinv(x) @ x)


def store(x: Array, rule: str, beta: float) -> Hopfield:
    """`x` stored by the rule of this name; `beta` is the modern one's."""
    if rule == "modern":
        return Modern(x, beta)
    if rule not in RULES:
        raise UnknownName.of("rule", rule, RULES, "rule")
    return hebb(x) if rule == "hebb" else pseudo_inverse(x)
