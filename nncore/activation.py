"""What an activation is: the contract that every entry in `activations` fulfils.

`forward` writes a = f(z) into `out`; `backward` turns da = dLoss/da into dz = dLoss/dz, in place. An activation may own
parameters, one slope per unit say; most own none. `family` chooses the initialisation of the layer before it: "he" for
those that pass the positive side and lose most of the negative one, which halves the variance; "glorot" for the rest.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

from nncore.cost import Cost
from nncore.initializers import Rule
from nncore.neuron import Parameter, Params
from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array, Tape


class Activation(ABC):
    """One activation with its knobs set. Subclasses are frozen dataclasses whose fields are their knobs."""

    spec: ClassVar[Spec]
    family: ClassVar[Rule] = "glorot"
    own_gradient: ClassVar[bool] = False
    """Whether its gradient is a definition of its own instead of the derivative."""

    def parameters(self, units: int) -> dict[str, Parameter]:
        """The parameter arrays that are learnt, by name: none, unless overridden."""
        return {}

    def initialize(self, params: Params) -> None:
        """Fill `params` in place."""
        assert not params, f"{self.spec.name} has parameters and must fill them"

    @abstractmethod
    def cost(self) -> Cost:
        """What f(z) costs for one unit and point, from the formula, by the rule of `cost`; of pieces, the dearest."""

    @abstractmethod
    def forward(self, params: Params, z: Array, out: Array, tape: Tape) -> None:
        """Write f(z) into `out`, which is not `z`; both (..., units, batch). What `backward` needs stays on `tape`."""

    @abstractmethod
    def code(self) -> str:
        """f(z) without randomness, as an expression in z (n, units) and the parameters: see `NeuronType.code`."""

    @abstractmethod
    def backward(self, params: Params, grads: Params, z: Array, a: Array, da: Array, tape: Tape) -> Array:
        """dLoss/dz from `da` = dLoss/da, in place of `da`; fills `grads`. `a` is what `forward` wrote for `z`."""


ACTIVATIONS: Registry[Activation] = Registry("activation")
