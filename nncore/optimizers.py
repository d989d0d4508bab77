"""Optimisers: how a gradient becomes a step. Each works on the flat vector of all parameters, whatever the network.

An optimiser is stateless: its memory is a dictionary of arrays like theta, which the trainer keeps and a snapshot
saves. The update rules are those of PyTorch's classes of the same names.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.registry import Registry
from nncore.spec import Knob, Spec
from nncore.tape import Array, Constants

Memory = dict[str, Array]


def _learning_rate(default: float) -> Knob:
    return Knob(
        "learning_rate",
        "Learning rate",
        "float",
        default,
        1e-5,
        10.0,
        scale="log",
        sentence="How far one step goes: small is slow, large may overshoot or diverge.",
    )


class Optimizer(ABC):
    """One update rule with its knobs set. Subclasses are frozen dataclasses; all have a `learning_rate`."""

    spec: ClassVar[Spec]
    slots: ClassVar[tuple[str, ...]] = ()
    learning_rate: float
    weight_decay: float = 0.0

    def memory(self, theta: Array) -> Memory:
        """What the rule remembers between steps, at the start: zeros like `theta`, one array for each of `slots`."""
        return {name: np.zeros_like(theta) for name in self.slots}

    def decay(self, theta: Array, penalized: Array, rate: float, scratch: Array, constants: Constants) -> None:
        """Decoupled weight decay, to be called before `update` where `weight_decay` is not 0.

        θ ← θ - η λ θ where `penalized` is 1; it is 0 for every bias.
        """
        np.multiply(theta, penalized, scratch)
        scratch *= constants[rate * self.weight_decay]
        theta -= scratch

    @abstractmethod
    def update(
        self, theta: Array, grad: Array, memory: Memory, count: int, rate: float, scratch: Array, constants: Constants
    ) -> None:
        """One step, in place; `count` is its number from 1, `rate` the learning rate to use now.

        `grad` and `scratch` may be overwritten.
        """


OPTIMIZERS: Registry[Optimizer] = Registry("optimizer")


@OPTIMIZERS.register(
    Spec(
        name="sgd",
        label="SGD",
        sentence="Steps straight down the slope of each batch.",
        formula=r"\theta \leftarrow \theta - \eta g",
        knobs=(_learning_rate(0.1),),
        source="Robbins and Monro 1951",
    )
)
@dataclass(frozen=True)
class Sgd(Optimizer):
    """θ ← θ - η g."""

    learning_rate: float = 0.1

    def update(
        self, theta: Array, grad: Array, memory: Memory, count: int, rate: float, scratch: Array, constants: Constants
    ) -> None:
        grad *= constants[rate]
        theta -= grad


@OPTIMIZERS.register(
    Spec(
        name="momentum",
        label="Momentum",
        sentence="Rolls downhill like a ball: steps in the same direction add up.",
        formula=r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta v",
        knobs=(
            _learning_rate(0.03),
            Knob("momentum", "Momentum", "float", 0.9, 0.0, 0.999, step=0.01, sentence="Share of the last step kept."),
        ),
        source="Polyak 1964",
    )
)
@dataclass(frozen=True)
class Momentum(Optimizer):
    """v ← μ v + g; θ ← θ - η v."""

    slots = ("velocity",)
    learning_rate: float = 0.03
    momentum: float = 0.9

    def update(
        self, theta: Array, grad: Array, memory: Memory, count: int, rate: float, scratch: Array, constants: Constants
    ) -> None:
        velocity = memory["velocity"]
        velocity *= constants[self.momentum]
        velocity += grad
        theta -= np.multiply(velocity, constants[rate], scratch)


@OPTIMIZERS.register(
    Spec(
        name="adam",
        label="Adam",
        sentence="Gives every weight its own step size, by how large and how steady its gradient has been.",
        formula=r"\theta \leftarrow \theta - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
        knobs=(
            _learning_rate(0.01),
            Knob("beta1", "Beta 1", "float", 0.9, 0.0, 0.9999, step=0.01, sentence="Memory of the mean gradient."),
            Knob("beta2", "Beta 2", "float", 0.999, 0.0, 0.99999, step=0.001, sentence="Memory of its square."),
            Knob("epsilon", "Epsilon", "float", 1e-8, 1e-12, 1.0, scale="log", sentence="Keeps the division finite."),
        ),
        source="Kingma and Ba 2015",
    )
)
@dataclass(frozen=True)
class Adam(Optimizer):
    """m, v: running means of g and g²; θ ← θ - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)."""

    slots = ("mean", "square")
    learning_rate: float = 0.01
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def update(
        self, theta: Array, grad: Array, memory: Memory, count: int, rate: float, scratch: Array, constants: Constants
    ) -> None:
        mean, square = memory["mean"], memory["square"]
        mean *= constants[self.beta1]
        mean += np.multiply(grad, constants[1.0 - self.beta1], scratch)
        square *= constants[self.beta2]
        grad *= grad
        grad *= constants[1.0 - self.beta2]
        square += grad
        np.sqrt(square, scratch)
        scratch *= np.array(1.0 / math.sqrt(1.0 - self.beta2**count), theta.dtype)
        scratch += constants[self.epsilon]
        np.divide(mean, scratch, scratch)
        scratch *= np.array(rate / (1.0 - self.beta1**count), theta.dtype)
        theta -= scratch
