"""What a neuron type is: the contract that every file in `neurons` fulfils.

A neuron type is stateless. For one layer of units it says which parameters there are, fills them, maps an input x to
z (before the activation) and maps dLoss/dz back to gradients. Every formula uses only the last two axes, so the same
code trains one network or R replicas.

*The bias trick*: x carries a trailing column of ones, so a bias is the last row of a weight matrix (fan_in + 1, units).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncore.initializers import Initializer
from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array, Shape, Tape

Params = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter array of a layer. `bias` says which part of it is a bias, which penalties leave alone."""

    shape: Shape
    bias: Literal["none", "last_row", "all"] = "none"


class NeuronType(ABC):
    """One kind of neuron with its knobs set. Subclasses are frozen dataclasses whose fields are their knobs."""

    spec: ClassVar[Spec]

    @abstractmethod
    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        """The parameter arrays of a layer, by the letters of the formula."""

    @abstractmethod
    def initialize(self, params: Params, init: Initializer) -> None:
        """Fill `params` (of one network: no replica axis) in place, drawing from `init`."""

    @abstractmethod
    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        """z of shape (..., batch, units) for x of shape (..., batch, fan_in + 1), whose last column is ones."""

    @abstractmethod
    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        """Fill `grads` in place from dz = dLoss/dz; return dLoss/dx of shape (..., batch, fan_in) if `need_dx`."""

    def mean_slope(self, params: Params, x: Array, units: int) -> Array:
        """Mean over the rows of x of d z_j / d x_i, shape (fan_in, units); for one network, not for replicas.

        This is the general way, a backward pass for each unit. A kind with a shorter formula may override it.
        """
        batch, columns = x.shape
        tape = Tape(batch, columns - 1, units, lead=(units,), input_lead=(), dtype=x.dtype, training=False)
        self.forward(params, x, tape)
        one_at_a_time = np.ascontiguousarray(
            np.broadcast_to(np.eye(units, dtype=x.dtype)[:, None, :], (units, batch, units))
        )
        unused = {name: np.empty((units, *array.shape), array.dtype) for name, array in params.items()}
        dx = self.backward(params, unused, tape, one_at_a_time, True)
        assert dx is not None
        return np.ascontiguousarray(dx.mean(axis=-2).T)


NEURONS: Registry[NeuronType] = Registry("neuron type")
