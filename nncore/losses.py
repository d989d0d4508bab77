"""Losses: what a run minimises, and which output units that needs.

A loss is turned into a Head for the task at hand: the head knows the number of output units, encodes the targets, gives
value and gradient together, and turns z into predictions. Stable for any finite z.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncore.errors import UnknownName
from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array, Tape

Task = Literal["classification", "regression"]


class Head(ABC):
    """The end of a network: from the output layer's z to a loss and to predictions.

    `units` is the number of output units; `activation` names what is applied to z for a prediction.
    """

    activation: ClassVar[str]

    def __init__(self, units: int) -> None:
        self.units = units

    @abstractmethod
    def encode(self, target: Array) -> Array:
        """Targets (n,), class numbers or values, as the (units, n) array that `measure` and `correct` read."""

    @abstractmethod
    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        """Loss of every column, in parts (..., parts, batch) whose sum it is; a scratch array of `tape`."""

    @abstractmethod
    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        """Write dLoss/dz of the mean loss into `dz`; `losses` is what `losses` has just returned for the same z."""

    @abstractmethod
    def predict(self, z: Array) -> Array:
        """Predictions in place of z: the probability of class 1, of every class, or a plain value."""

    @abstractmethod
    def correct(self, z: Array, target: Array) -> Array | None:
        """Whether the class of each column is right, (..., 1, batch); None where there are no classes."""

    def measure(self, z: Array, target: Array, dz: Array, tape: Tape) -> Array:
        """Mean loss over the batch, shape () or (R,); writes its gradient into `dz`."""
        losses = self.losses(z, target, tape)
        mean = _mean(losses, tape)
        self.gradient(losses, z, target, dz, tape)
        return mean


class LogitHead(Head):
    """One logit for two classes. Targets are kept as signs s: +1 for class 0, -1 for class 1; loss = log(1 + exp(s
    z)).
    """

    activation = "sigmoid"

    def __init__(self) -> None:
        super().__init__(1)

    def encode(self, target: Array) -> Array:
        return 1.0 - 2.0 * target[None, :]

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        value = np.multiply(z, target, tape.array("value", 1))
        np.logaddexp(tape.constants[0.0], value, value)
        return value

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        # The derivative of log(1 + exp(u)) is 1 - exp(-log(1 + exp(u))): no second exponential of z, no overflow.
        np.negative(losses, dz)
        np.expm1(dz, dz)
        dz *= target
        dz *= tape.constants[-1.0 / tape.batch]

    def predict(self, z: Array) -> Array:
        z *= 0.5
        np.tanh(z, out=z)
        z *= 0.5
        z += 0.5
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        right: Array = (z > 0) == (target < 0)
        return right


class SoftmaxHead(Head):
    """K logits for K classes; loss = log Σ exp(z) - z[class]. Targets are one-hot columns."""

    activation = "softmax"

    def encode(self, target: Array) -> Array:
        one_hot: Array = np.eye(self.units)[:, target.astype(np.intp)]
        return one_hot

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        # log Σ exp(z - max) for each column, then z - max of its class taken off: shares of one sum, row by row.
        shifted: Array = np.subtract(z, z.max(axis=-2, keepdims=True), tape.array("shifted", self.units))
        exponents = np.exp(shifted, tape.array("exponents", self.units))
        np.subtract(np.log(exponents.sum(axis=-2, keepdims=True)), shifted, shifted)
        shifted *= target
        return shifted

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        exponents = tape.array("exponents", self.units)
        np.divide(exponents, exponents.sum(axis=-2, keepdims=True), dz)
        dz -= target
        dz *= tape.constants[1.0 / tape.batch]

    def predict(self, z: Array) -> Array:
        z -= z.max(axis=-2, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(axis=-2, keepdims=True)
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        return _same_class(z, target)


class PlainHead(Head):
    """One plain number for regression; loss = (z - t)² / 2."""

    activation = "identity"

    def __init__(self) -> None:
        super().__init__(1)

    def encode(self, target: Array) -> Array:
        return target[None, :].copy()

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        error = np.subtract(z, target, tape.array("error", 1))
        return _half_square(error, tape)

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        np.multiply(tape.array("error", 1), tape.constants[1.0 / tape.batch], dz)

    def predict(self, z: Array) -> Array:
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        return None


class TanhHead(Head):
    """Tanh units with targets -1 and 1: one for two classes, one per class for more; loss = Σ (tanh z - t)² / 2."""

    activation = "tanh"

    def encode(self, target: Array) -> Array:
        if self.units == 1:
            return 2.0 * target[None, :] - 1.0
        return 2.0 * np.eye(self.units)[:, target.astype(np.intp)] - 1.0

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        output = np.tanh(z, tape.array("output", self.units))
        error = np.subtract(output, target, tape.array("error", self.units))
        return _half_square(error, tape)

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        output = tape.array("output", self.units)
        slope = np.subtract(tape.constants[1.0], np.multiply(output, output, dz), dz)
        slope *= tape.array("error", self.units)
        slope *= tape.constants[1.0 / tape.batch]

    def predict(self, z: Array) -> Array:
        np.tanh(z, out=z)
        z += 1.0
        z *= 0.5
        if self.units > 1:
            z /= np.maximum(z.sum(axis=-2, keepdims=True), np.finfo(z.dtype).tiny)
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        if self.units == 1:
            right: Array = (z > 0) == (target > 0)
            return right
        return _same_class(z, target)


def _mean(value: Array, tape: Tape) -> Array:
    """Sum over parts, mean over columns. For one network by way of a dot product, the quickest sum of few numbers."""
    if tape.lead:
        total: Array = np.add.reduce(value, axis=(-2, -1))
    else:
        total = value.reshape(-1).dot(tape.ones)
    return total / tape.batch


def _half_square(error: Array, tape: Tape) -> Array:
    value = np.multiply(error, error, tape.like("value", error))
    value *= tape.constants[0.5]
    return value


def _same_class(z: Array, target: Array) -> Array:
    right: Array = z.argmax(axis=-2, keepdims=True) == target.argmax(axis=-2, keepdims=True)
    return right


class Loss(ABC):
    """One loss with its knobs set."""

    spec: ClassVar[Spec]
    tasks: ClassVar[tuple[Task, ...]]

    @abstractmethod
    def head(self, task: Task, classes: int) -> Head:
        """The head for a task that this loss can measure (`require_task` tells)."""

    def require_task(self, task: Task, path: str) -> None:
        """Raise UnknownName, naming the losses that fit, where this one cannot measure `task`."""
        if task not in self.tasks:
            fitting = tuple(name for name in LOSSES if task in LOSSES[name].tasks)
            sentence = f"{self.spec.name!r} cannot measure {task}; those that can are {', '.join(fitting)}"
            raise UnknownName(path, sentence, fitting)


LOSSES: Registry[Loss] = Registry("loss")


@LOSSES.register(
    Spec(
        name="cross_entropy",
        label="Cross-entropy",
        sentence="How surprised the network is by the right class: being sure and wrong costs most.",
        formula=r"L = -\log p_{\mathrm{class}}",
    )
)
@dataclass(frozen=True)
class CrossEntropy(Loss):
    """-log p(class), in nats: one logit for two classes, softmax for more."""

    tasks = ("classification",)

    def head(self, task: Task, classes: int) -> Head:
        return LogitHead() if classes == 2 else SoftmaxHead(classes)


@LOSSES.register(
    Spec(
        name="mse",
        label="Squared error",
        sentence="Half of the squared distance to the target; classes are the targets -1 and 1 of a tanh output.",
        formula=r"L = \frac{1}{2} (p - y)^2",
    )
)
@dataclass(frozen=True)
class SquaredError(Loss):
    """(p - y)² / 2. The half makes the gradient p - y, as in the well-known playground and scikit-learn."""

    tasks = ("classification", "regression")

    def head(self, task: Task, classes: int) -> Head:
        if task == "regression":
            return PlainHead()
        return TanhHead(1 if classes == 2 else classes)
