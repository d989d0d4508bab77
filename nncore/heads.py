"""Heads: the end of a network, from the output layer's z to losses, gradients and predictions.

A loss is turned into a head for the task at hand (`losses`): the head knows the number of output units, encodes the
targets, and gives losses and their gradient. Stable for any finite z.
"""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

import numpy as np

from nncore.tape import Array, Tape

Task = Literal["classification", "regression"]

_SOFTMAX = ["p = xp.exp(z - xp.amax(z, axis=1, keepdims=True))", "p = p / p.sum(axis=1, keepdims=True)"]


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
    def code(self) -> list[str]:
        """The same as lines of code: the last gives the predictions p (n, units) for z (n, units); see
        `NeuronType.code`.
        """

    @abstractmethod
    def correct(self, z: Array, target: Array) -> Array | None:
        """Whether the class of each column is right, (..., 1, batch); None where there are no classes."""

    def finite(self, z: Array, target: Array, tape: Tape) -> Array:
        """Whether the losses of all columns are finite, shape () or (R,)."""
        finite: Array = np.asarray(np.isfinite(self.losses(z, target, tape)).all(axis=(-2, -1)))
        return finite

    def classes(self, z: Array) -> Array | None:
        """The class that each column is given, (..., batch); None where there are no classes.

        Always by z, never by `predict`'s shares, which can be equal where z is not.
        """
        decided: Array = z[..., 0, :] > 0 if self.units == 1 else z.argmax(axis=-2)
        return decided

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

    def finite(self, z: Array, target: Array, tape: Tape) -> Array:
        # log(1 + exp(u)) lies between u and u + log 2 above 0, and below it between 0 and log 2, whatever u.
        value = np.multiply(z, target, tape.array("value", 1))
        finite: Array = np.asarray((value < np.inf).all(axis=(-2, -1)))
        return finite

    def predict(self, z: Array) -> Array:
        z *= 0.5
        np.tanh(z, out=z)
        z *= 0.5
        z += 0.5
        return z

    def code(self) -> list[str]:
        return ["p = (1 + xp.tanh(z / 2)) / 2"]

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

    def code(self) -> list[str]:
        return _SOFTMAX

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

    def code(self) -> list[str]:
        return ["p = z"]

    def correct(self, z: Array, target: Array) -> Array | None:
        return None

    def classes(self, z: Array) -> Array | None:
        return None


class TanhHead(ErrorHead):
    """Tanh units with targets -1 and 1: one for two classes, one per class for more; e = tanh z - t.

    The probability of class 1 is (1 + tanh z) / 2; of more classes, these numbers brought to a sum of 1. They saturate:
    where two outputs are large, both have the same share, and only z still tells which is larger (`classes`).
    """

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
        if self.units == 1:
            np.tanh(z, out=z)
            z += 1.0
            z *= 0.5
            return z
        # Of (1 + tanh z) / 2 by way of half its logarithm: shares add up to 1 even where all of these vanish.
        z[...] = np.minimum(z, 0.0) - 0.5 * np.log1p(np.exp(-2.0 * np.abs(z)))
        z -= z.max(axis=-2, keepdims=True)
        np.exp(2.0 * z, out=z)
        z /= z.sum(axis=-2, keepdims=True)
        return z

    def code(self) -> list[str]:
        if self.units == 1:
            return ["p = (1 + xp.tanh(z)) / 2"]
        return [
            "half_log = xp.clip(z, None, 0) - xp.log1p(xp.exp(-2 * xp.abs(z))) / 2  # of (1 + tanh z) / 2",
            "p = xp.exp(2 * (half_log - xp.amax(half_log, axis=1, keepdims=True)))",
            "p = p / p.sum(axis=1, keepdims=True)",
        ]

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

    def code(self) -> list[str]:
        return ["p = xp.clip((1 + z) / 2, 0, 1)"] if self.units == 1 else _SOFTMAX

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
