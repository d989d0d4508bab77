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


@dataclass(slots=True)
class Step:
    """What a step needs beside its arrays: its number from 1, the learning rate to use now, and scratch like theta.

    What depends on these two is asked for as an array: of runs in a stack each has its own (`nncore.stack`).
    """

    scratch: Array
    constants: Constants
    count: int = 0
    rate: float = 0.0

    def rate_times(self, factor: float) -> Array:
        """η times `factor`, in theta's dtype."""
        return self.constants[self.rate * factor]

    def unbiased_rate(self, beta: float) -> Array:
        """η / (1 - βᵗ)."""
        return np.array(self.rate / (1.0 - beta**self.count), self.constants.dtype)

    def unbiased_root(self, beta: float) -> Array:
        """1 / √(1 - βᵗ)."""
        return np.array(1.0 / math.sqrt(1.0 - beta**self.count), self.constants.dtype)


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


def _epsilon(default: float) -> Knob:
    return Knob("epsilon", "Epsilon", "float", default, 1e-12, 1.0, scale="log", sentence="Keeps the division finite.")


class Optimizer(ABC):
    """One update rule with its knobs set. Subclasses are frozen dataclasses; all have a `learning_rate`."""

    spec: ClassVar[Spec]
    slots: ClassVar[tuple[str, ...]] = ()
    """The arrays of its memory. Where one of them is no longer finite, the last of them or theta is not, either: the
    trainer need not look at them all.
    """
    learning_rate: float
    weight_decay: float = 0.0

    def memory(self, theta: Array) -> Memory:
        """What the rule remembers between steps, at the start: zeros like `theta`, one array for each of `slots`."""
        return {name: np.zeros_like(theta) for name in self.slots}

    def decay(self, theta: Array, penalized: Array, step: Step) -> None:
        """Decoupled weight decay, to be called before `update` where `weight_decay` is not 0.

        θ ← θ - η λ θ where `penalized` is 1; it is 0 for every bias.
        """
        np.multiply(theta, penalized, step.scratch)
        step.scratch *= step.rate_times(self.weight_decay)
        theta -= step.scratch

    @abstractmethod
    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        """One step, in place; `grad` is only read, for a reader may ask for it afterwards."""


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

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        theta -= np.multiply(grad, step.rate_times(1.0), step.scratch)


@OPTIMIZERS.register(
    Spec(
        name="momentum",
        label="Momentum",
        sentence="Rolls downhill like a ball: steps in the same direction add up.",
        formula=r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta v",
        knobs=(
            _learning_rate(0.03),
            Knob(
                "momentum",
                "Momentum",
                "float",
                0.9,
                0.0,
                0.999,
                step=0.01,
                sentence="Share of the last step that is kept.",
            ),
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

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        velocity = memory["velocity"]
        velocity *= step.constants[self.momentum]
        velocity += grad
        theta -= np.multiply(velocity, step.rate_times(1.0), step.scratch)


@OPTIMIZERS.register(
    Spec(
        name="nesterov",
        label="Nesterov",
        sentence="Momentum that looks ahead: it reads the slope where the roll is about to take it.",
        formula=r"v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta (g + \mu v)",
        knobs=Momentum.spec.knobs,
        source="Nesterov 1983; Sutskever et al. 2013",
    )
)
@dataclass(frozen=True)
class Nesterov(Momentum):
    """v ← μ v + g; θ ← θ - η (g + μ v)."""

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        velocity, momentum = memory["velocity"], step.constants[self.momentum]
        velocity *= momentum
        velocity += grad
        ahead = np.multiply(velocity, momentum, step.scratch)
        ahead += grad
        ahead *= step.rate_times(1.0)
        theta -= ahead


@OPTIMIZERS.register(
    Spec(
        name="rmsprop",
        label="RMSprop",
        sentence="Divides each step by the usual size of that weight's gradient.",
        formula=(
            r"v \leftarrow \alpha v + (1 - \alpha) g^2, \quad "
            r"\theta \leftarrow \theta - \eta \frac{g}{\sqrt v + \epsilon}"
        ),
        knobs=(
            _learning_rate(0.01),
            Knob(
                "alpha",
                "Alpha",
                "float",
                0.99,
                0.0,
                0.9999,
                step=0.01,
                sentence="How long it remembers the squared gradient.",
            ),
            _epsilon(1e-8),
        ),
        source="Tieleman and Hinton 2012",
    )
)
@dataclass(frozen=True)
class RmsProp(Optimizer):
    """v ← α v + (1 - α) g²; θ ← θ - η g / (√v + ε)."""

    slots = ("square",)
    learning_rate: float = 0.01
    alpha: float = 0.99
    epsilon: float = 1e-8

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        square, scratch = memory["square"], step.scratch
        square *= step.constants[self.alpha]
        np.multiply(grad, grad, scratch)
        scratch *= step.constants[1.0 - self.alpha]
        square += scratch
        _divided_step(theta, grad, square, self.epsilon, step)


@OPTIMIZERS.register(
    Spec(
        name="adagrad",
        label="Adagrad",
        sentence="Divides each step by all that this weight's gradient has ever been: steps only get smaller.",
        formula=r"v \leftarrow v + g^2, \quad \theta \leftarrow \theta - \eta \frac{g}{\sqrt v + \epsilon}",
        knobs=(_learning_rate(0.1), _epsilon(1e-10)),
        source="Duchi et al. 2011",
    )
)
@dataclass(frozen=True)
class Adagrad(Optimizer):
    """v ← v + g²; θ ← θ - η g / (√v + ε)."""

    slots = ("square",)
    learning_rate: float = 0.1
    epsilon: float = 1e-10

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        square = memory["square"]
        square += np.multiply(grad, grad, step.scratch)
        _divided_step(theta, grad, square, self.epsilon, step)


@OPTIMIZERS.register(
    Spec(
        name="adam",
        label="Adam",
        sentence="Gives every weight its own step size, by how large and how steady its gradient has been.",
        formula=r"\theta \leftarrow \theta - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
        knobs=(
            _learning_rate(0.01),
            Knob(
                "beta1",
                "Beta 1",
                "float",
                0.9,
                0.0,
                0.9999,
                step=0.01,
                sentence="How long it remembers the mean gradient.",
            ),
            Knob(
                "beta2",
                "Beta 2",
                "float",
                0.999,
                0.0,
                0.99999,
                step=0.001,
                sentence="How long it remembers its square.",
            ),
            _epsilon(1e-8),
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

    def update(self, theta: Array, grad: Array, memory: Memory, step: Step) -> None:
        mean, square, scratch, constants = memory["mean"], memory["square"], step.scratch, step.constants
        mean *= constants[self.beta1]
        mean += np.multiply(grad, constants[1.0 - self.beta1], scratch)
        square *= constants[self.beta2]
        np.multiply(grad, grad, scratch)
        scratch *= constants[1.0 - self.beta2]
        square += scratch
        np.sqrt(square, scratch)
        scratch *= step.unbiased_root(self.beta2)
        scratch += constants[self.epsilon]
        np.divide(mean, scratch, scratch)
        scratch *= step.unbiased_rate(self.beta1)
        theta -= scratch


@OPTIMIZERS.register(
    Spec(
        name="adamw",
        label="AdamW",
        sentence="Adam, with weights that shrink a little at every step, whatever their gradient.",
        formula=r"\theta \leftarrow (1 - \eta \lambda) \theta - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
        knobs=(
            *Adam.spec.knobs,
            Knob("weight_decay", "Decay", "float", 0.01, 0.0, 1.0, step=0.01, sentence="How fast weights shrink, λ."),
        ),
        source="Loshchilov and Hutter 2019",
    )
)
@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled decay: θ ← θ - η λ θ for every weight (biases are spared), then Adam's step."""

    weight_decay: float = 0.01


def _divided_step(theta: Array, grad: Array, square: Array, epsilon: float, step: Step) -> None:
    """θ ← θ - η g / (√square + ε)."""
    scratch = np.sqrt(square, step.scratch)
    scratch += step.constants[epsilon]
    np.divide(grad, scratch, scratch)
    scratch *= step.rate_times(1.0)
    theta -= scratch
