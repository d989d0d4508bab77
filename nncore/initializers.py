"""How weights get their first values: the rule and the random stream, handed to each neuron type.

A neuron type decides what to scale by how much (its docstring says why); this decides the distribution.
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
    uniform: from -0.5 to 0.5 and biases of 0.1, whatever the layer, as in the well-known playground.
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

    def bias(self, biases: Array, value: float = 0.0) -> None:
        """Fill `biases` in place: with `value`, unless the rule has one of its own."""
        biases[...] = {"uniform": 0.1, "zeros": 0.0}.get(self.rule, value)
