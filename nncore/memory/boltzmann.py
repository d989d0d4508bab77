"""The restricted Boltzmann machine: visible and hidden units, 0 or 1 each, linked across and not among themselves.

E(v, h) = -aᵀv - bᵀh - vᵀWh (Smolensky 1986). Letters: v (..., V), h (..., H), W (V, H). Not here: how it learns
(`contrastive`).
"""

from typing import NamedTuple

import numpy as np

from nncore.tape import Array

SPREAD = 0.01
"""Of the first weights (Hinton 2010, A Practical Guide, section 8)."""

LEAST_SHARE = 0.01
"""First visible biases are the log odds of how often a unit is on, kept this far from never and always."""


class Gradient(NamedTuple):
    """What is added to W, a and b, per unit of the learning rate."""

    w: Array
    a: Array
    b: Array


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)), without overflow."""
    found: Array = 0.5 * (1 + np.tanh(0.5 * z))
    return found


def sampled(p: Array, rng: np.random.Generator) -> Array:
    """Each 1 with its own chance, else 0."""
    found: Array = (rng.random(p.shape) < p).astype(np.float64)
    return found


class Boltzmann:
    """With weights `w` (V, H), visible biases `a` (V,) and hidden biases `b` (H,)."""

    def __init__(self, w: Array, a: Array, b: Array) -> None:
        self.w, self.a, self.b = w, a, b

    @classmethod
    def fresh(cls, data: Array, hidden: int, rng: np.random.Generator) -> "Boltzmann":
        """Small random weights, and visible units that are on as often as in `data` (n, V)."""
        share = data.mean(axis=0).clip(LEAST_SHARE, 1 - LEAST_SHARE)
        w = SPREAD * rng.standard_normal((data.shape[1], hidden))
        return cls(w, np.log(share / (1 - share)), np.zeros(hidden))

    def hidden(self, v: Array) -> Array:
        """P(h = 1 | v)."""
        return sigmoid(self.b + v @ self.w)

    def visible(self, h: Array) -> Array:
        """P(v = 1 | h)."""
        return sigmoid(self.a + h @ self.w.T)

    def free_energy(self, v: Array) -> Array:
        """F(v) = -aᵀv - Σ log(1 + exp(b + vᵀW)), (...): the lower, the more likely, P(v) ∝ exp(-F)."""
        found: Array = -(v @ self.a) - np.logaddexp(0.0, self.b + v @ self.w).sum(axis=-1)
        return found

    def gibbs(self, v: Array, rng: np.random.Generator) -> Array:
        """One step of free dreaming: hidden units drawn from v, then visible ones from them."""
        return sampled(self.visible(sampled(self.hidden(v), rng)), rng)

    def divergence(self, v: Array, k: int, rng: np.random.Generator) -> Gradient:
        """CD-k on a batch v (n, V): ⟨v h⟩ as the data have it, less as k steps of Gibbs sampling have it.

        Hidden units that are driven by the data are drawn; in the last step probabilities stand for both, which adds no
        noise of its own (Hinton 2010, section 3).
        """
        first = self.hidden(v)
        h = sampled(first, rng)
        for _ in range(k - 1):
            h = sampled(self.hidden(sampled(self.visible(h), rng)), rng)
        last_v = self.visible(h)
        last_h = self.hidden(last_v)
        count = len(v)
        return Gradient(
            (v.T @ first - last_v.T @ last_h) / count, (v - last_v).mean(axis=0), (first - last_h).mean(axis=0)
        )
