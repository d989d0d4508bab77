"""How weights get their first values: the rule and the random stream, handed to each neuron type.

A neuron type decides what to scale by how much (its docstring says why); this decides the distribution. Nearly every
kind aims at a z that starts with a linear neuron's variance, for standard normal x (docs/reference/what-is-known.md).
"""

import math
from typing import Literal

import numpy as np

from nncore.tape import Array

Rule = Literal["glorot", "he", "uniform", "small", "zeros"]
SMALL = 0.01
"""The standard deviation of the rule `small`."""


class Initializer:
    """Draws weights by `rule` from `rng`.

    glorot: uniform with variance 2 / (fan_in + fan_out), for odd and bounded activations (Glorot and Bengio 2010).
    he: normal with variance 2 / fan_in, for the rectifier family, which loses half of the variance (He et al. 2015).
    uniform: from -0.5 to 0.5 and biases of 0.1, whatever the layer, as in TensorFlow Playground.
    small: normal with standard deviation 0.01. zeros: all alike, so that broken symmetry can be shown.
    """

    def __init__(self, rule: Rule, rng: np.random.Generator, *, biased: bool = True) -> None:
        """Not `biased` where there are no biases: weights that would lean on one start otherwise then."""
        self.rule, self.rng, self.biased = rule, rng, biased

    def fill(self, weights: Array, gain: float = 1.0) -> None:
        """Fill `weights` of shape (units, fan_in) in place; `gain` multiplies the rule's standard deviation.

        The fixed rules (uniform, small, zeros) know no gain.
        """
        fan_out, fan_in = weights.shape
        match self.rule:
            case "glorot":
                limit = gain * math.sqrt(6.0 / (fan_in + fan_out))
                weights[...] = self.rng.uniform(-limit, limit, weights.shape)
            case "he":
                weights[...] = self.rng.normal(0.0, gain * math.sqrt(2.0 / fan_in), weights.shape)
            case "uniform":
                weights[...] = self.rng.uniform(-0.5, 0.5, weights.shape)
            case "small":
                weights[...] = self.rng.normal(0.0, SMALL, weights.shape)
            case "zeros":
                weights[...] = 0.0

    def sum_variance(self, weights: Array) -> float:
        """The variance v of W x under the rule, x of variance 1: what a linear neuron's z starts with.

        A kind that multiplies sums asks for it, so that its own z starts with v, and not with v². The fixed rules know
        no gain and have no use for it.
        """
        fan_out, fan_in = weights.shape
        return 2.0 * fan_in / (fan_in + fan_out) if self.rule == "glorot" else 2.0

    def factor_gain(self, weights: Array, share: float = 1.0) -> float:
        """The gain of both A and B with which (A x) ∘ (B x) starts with `share` of v; `weights` is either of them.

        For standard normal x, two sums of variance s have a product of variance s² (n + 2) / n: both grow with ‖x‖.
        """
        fan_in = weights.shape[1]
        return float((share * fan_in / (fan_in + 2) / self.sum_variance(weights)) ** 0.25)

    @property
    def kurtosis(self) -> float:
        """The mean of w⁴ over the square of the mean of w²: of the uniform distribution or of the normal one."""
        return 9 / 5 if self.rule == "glorot" else 3.0

    def bias(self, biases: Array, value: float = 0.0) -> None:
        """Fill `biases` in place: with `value`, unless the rule has one of its own."""
        biases[...] = {"uniform": 0.1, "zeros": 0.0}.get(self.rule, value)
