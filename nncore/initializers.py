"""How weights get their first values: the rule and the random stream, handed to each neuron type.

A neuron type decides what to scale by how much (its docstring says why); this decides the distribution.
"""

import math
from typing import Literal

import numpy as np

from nncore.tape import Array

Rule = Literal["glorot", "he"]


class Initializer:
    """Draws weights by `rule` from `rng`.

    glorot: uniform with variance 2 / (fan_in + fan_out), for odd and bounded activations (Glorot and Bengio 2010).
    he: normal with variance 2 / fan_in, for the rectifier family, which loses half of the variance (He et al. 2015).
    """

    def __init__(self, rule: Rule, rng: np.random.Generator) -> None:
        self.rule, self.rng = rule, rng

    def fill(self, weights: Array, gain: float = 1.0) -> None:
        """Fill `weights` of shape (units, fan_in) in place; `gain` multiplies the standard deviation."""
        fan_out, fan_in = weights.shape
        if self.rule == "he":
            weights[...] = self.rng.normal(0.0, gain * math.sqrt(2.0 / fan_in), weights.shape)
        else:
            limit = gain * math.sqrt(6.0 / (fan_in + fan_out))
            weights[...] = self.rng.uniform(-limit, limit, weights.shape)
