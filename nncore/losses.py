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
from nncore.spec import Knob, Spec
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
        np.multiply(losses, tape.constants[-1.0], dz)
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


class ErrorHead(Head):
    """What squared and Huber errors share: a loss of the error e = output - target, straight beyond `delta`.

    With the slope s = e cut off at ±delta, the loss is s (e - s / 2): e² / 2 inside, delta (|e| - delta / 2) outside.
    `delta` None is the squared error everywhere.
    """

    def __init__(self, units: int, delta: float | None = None) -> None:
        super().__init__(units)
        self.delta = delta

    def penalty(self, error: Array, tape: Tape) -> Array:
        """The loss of each error, in a scratch array; leaves the slope, which may be `error` itself, for `slope`."""
        value = tape.like("value", error)
        if self.delta is None:
            np.multiply(error, tape.constants[0.5], value)
            value *= error
            return value
        slope = np.minimum(error, tape.constants[self.delta], out=tape.like("slope", error))
        np.maximum(slope, tape.constants[-self.delta], out=slope)
        np.multiply(slope, tape.constants[-0.5], value)
        value += error
        value *= slope
        return value

    def slope(self, tape: Tape) -> Array:
        """The derivative of each loss by its error."""
        return tape.array("error" if self.delta is None else "slope", self.units)


class PlainHead(ErrorHead):
    """One plain number for regression; e = z - t."""

    activation = "identity"

    def __init__(self, delta: float | None = None) -> None:
        super().__init__(1, delta)

    def encode(self, target: Array) -> Array:
        return target[None, :].copy()

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        return self.penalty(np.subtract(z, target, tape.array("error", 1)), tape)

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        np.multiply(self.slope(tape), tape.constants[1.0 / tape.batch], dz)

    def predict(self, z: Array) -> Array:
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        return None


class TanhHead(ErrorHead):
    """Tanh units with targets -1 and 1: one for two classes, one per class for more; e = tanh z - t."""

    activation = "tanh"

    def encode(self, target: Array) -> Array:
        return _signs(target, self.units)

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        output = np.tanh(z, tape.array("output", self.units))
        return self.penalty(np.subtract(output, target, tape.array("error", self.units)), tape)

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        output = tape.array("output", self.units)
        np.subtract(tape.constants[1.0], np.multiply(output, output, dz), dz)
        dz *= self.slope(tape)
        dz *= tape.constants[1.0 / tape.batch]

    def predict(self, z: Array) -> Array:
        np.tanh(z, out=z)
        z += 1.0
        z *= 0.5
        if self.units > 1:
            z /= np.maximum(z.sum(axis=-2, keepdims=True), np.finfo(z.dtype).tiny)
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        return _same_sign(z, target) if self.units == 1 else _same_class(z, target)


class HingeHead(Head):
    """Margins with targets -1 and 1: one for two classes, one per class against the rest for more; Σ max(0, 1 - t z).

    Margins are no probabilities. What is shown for two classes is (1 + z) / 2, cut off at 0 and 1: the band between
    the two margins is what lies between; for more classes it is the softmax of the margins.
    """

    activation = "margin"

    def encode(self, target: Array) -> Array:
        return _signs(target, self.units)

    def losses(self, z: Array, target: Array, tape: Tape) -> Array:
        missing = np.multiply(z, target, tape.array("missing", self.units))
        np.subtract(tape.constants[1.0], missing, missing)
        np.maximum(missing, tape.constants[0.0], out=missing)
        return missing

    def gradient(self, losses: Array, z: Array, target: Array, dz: Array, tape: Tape) -> None:
        np.greater(losses, tape.constants[0.0], out=dz, casting="unsafe")
        dz *= target
        dz *= tape.constants[-1.0 / tape.batch]

    def predict(self, z: Array) -> Array:
        if self.units == 1:
            z += 1.0
            z *= 0.5
            return np.clip(z, 0.0, 1.0, out=z)
        z -= z.max(axis=-2, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(axis=-2, keepdims=True)
        return z

    def correct(self, z: Array, target: Array) -> Array | None:
        return _same_sign(z, target) if self.units == 1 else _same_class(z, target)


def _signs(target: Array, units: int) -> Array:
    """Class numbers (n,) as -1 and 1: (1, n) for two classes, one-against-the-rest (units, n) for more."""
    classes = target[None, :] if units == 1 else np.eye(units)[:, target.astype(np.intp)]
    signs: Array = 2.0 * classes - 1.0
    return signs


def _same_sign(z: Array, target: Array) -> Array:
    right: Array = (z > 0) == (target > 0)
    return right


def _mean(value: Array, tape: Tape) -> Array:
    """Sum over parts, mean over columns. For one network by way of a dot product, the quickest sum of few numbers."""
    if tape.lead:
        total: Array = np.add.reduce(value, axis=(-2, -1))
    else:
        total = value.reshape(-1).dot(tape.ones)
    return total / tape.batch


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


@LOSSES.register(
    Spec(
        name="hinge",
        label="Hinge",
        sentence="Asks for a margin: points that are right by enough cost nothing and teach nothing.",
        formula=r"L = \max(0, 1 - t z)",
        source="Cortes and Vapnik 1995",
    )
)
@dataclass(frozen=True)
class Hinge(Loss):
    """Σ max(0, 1 - t z), t being -1 or 1; for more than two classes one margin for each against the rest."""

    tasks = ("classification",)

    def head(self, task: Task, classes: int) -> Head:
        return HingeHead(1 if classes == 2 else classes)


@LOSSES.register(
    Spec(
        name="huber",
        label="Huber",
        sentence="Squared for small errors, straight for large ones: a few wild points do not pull everything.",
        formula=r"L = s (e - \tfrac{s}{2}), \quad s = \max(-\delta, \min(e, \delta))",
        knobs=(Knob("delta", "Delta", "float", 0.5, 0.01, 2.0, step=0.01, sentence="Where square turns to straight."),),
        source="Huber 1964",
    )
)
@dataclass(frozen=True)
class Huber(Loss):
    """e² / 2 up to delta, then delta (|e| - delta / 2); e as for the squared error."""

    tasks = ("classification", "regression")

    delta: float = 0.5

    def head(self, task: Task, classes: int) -> Head:
        if task == "regression":
            return PlainHead(self.delta)
        return TanhHead(1 if classes == 2 else classes, self.delta)
