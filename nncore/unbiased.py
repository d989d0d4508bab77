"""A layer without biases: its neuron with a zero in the place of each, which is neither kept nor learnt.

A kind knows one formula only, the one with biases. Here it is given scratch arrays in its own shapes, zero where its
biases are, and what it writes into them is copied back without those. So there really are fewer parameters, and a layer
that has biases pays nothing for the choice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.cost import Cost
from nncore.formula import Letters
from nncore.initializers import Initializer
from nncore.neuron import NeuronType, Parameter, Params, Spikes
from nncore.slopes import Slopes
from nncore.spec import Spec
from nncore.tape import Array, Tape


def has_bias(kind: NeuronType) -> bool:
    """Whether a kind of neuron has biases at all."""
    return any(parameter.bias != "none" for parameter in kind.parameters(1, 1).values())


def without_bias(kind: NeuronType, fan_in: int, units: int) -> NeuronType:
    """The neuron of a layer of this size without biases; `kind` itself if it never has any."""
    return Unbiased(kind, fan_in, units) if has_bias(kind) else kind


@dataclass(frozen=True)
class Unbiased(NeuronType):
    """`kind`, in a layer of `units` units with `fan_in` inputs, without its biases."""

    kind: NeuronType
    fan_in: int
    units: int

    @property
    def spec(self) -> Spec:  # type: ignore[override]  # of the kind that it was made of, not of the class
        return self.kind.spec

    @property
    def own_gradient(self) -> bool:  # type: ignore[override]  # likewise
        return self.kind.own_gradient

    @property
    def fires(self) -> bool:
        return self.kind.fires

    @property
    def rescales(self) -> bool:
        return self.kind.rescales

    @property
    def constrains(self) -> bool:
        return self.kind.constrains

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        assert (fan_in, units) == (self.fan_in, self.units), "a layer of another size"
        weights = ((name, _weights_of(parameter)) for name, parameter in self._parameters.items())
        return {name: parameter for name, parameter in weights if math.prod(parameter.shape)}

    def cost(self, fan_in: int, units: int) -> Cost:
        return self.kind.cost(fan_in, units)

    def initialize(self, params: Params, init: Initializer) -> None:
        whole = _Whole(self._parameters, params)
        self.kind.initialize(whole.arrays, Initializer(init.rule, init.rng, biased=False))
        whole.give(params)

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return self.kind.written(w, x)

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        whole = tape.once("whole params", lambda: _Whole(self._parameters, params))
        whole.take(params)
        return self.kind.forward(whole.arrays, x, tape)

    def spikes(self, tape: Tape) -> Spikes | None:
        return self.kind.spikes(tape)

    def code(self, biased: bool = False) -> list[str]:
        return self.kind.code(biased)

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        # As the forward pass of this tape has left them.
        known = tape.once("whole params", lambda: _Whole(self._parameters, params))
        whole = tape.once("whole grads", lambda: _Whole(self._parameters, grads))
        dx = self.kind.backward(known.arrays, whole.arrays, tape, dz, need_dx)
        whole.give(grads)
        return dx

    def rescale(self, params: Params, grads: Params) -> None:
        whole = _Whole(self._parameters, grads)
        self.kind.rescale(_Whole(self._parameters, params).arrays, whole.arrays)
        whole.give(grads)

    def constrain(self, params: Params) -> None:
        whole = _Whole(self._parameters, params)
        self.kind.constrain(whole.arrays)
        whole.give(params)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        return self.kind.slopes(_Whole(self._parameters, params).arrays, x, units)

    def slope_numbers(self, fan_in: int, units: int) -> int | None:
        return self.kind.slope_numbers(fan_in, units)

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        """Those of the kind, biases and all."""
        return self.kind.parameters(self.fan_in, self.units)


class _Whole:
    """Arrays in a kind's own shapes, with zeros for biases: the numbers are those of others that have none."""

    def __init__(self, parameters: Mapping[str, Parameter], arrays: Params) -> None:
        some = next(iter(arrays.values()))
        self.arrays = {
            name: np.zeros((*some.shape[:-2], *parameter.shape), some.dtype) for name, parameter in parameters.items()
        }
        self._weights = [
            (name, self.arrays[name][..., :-1] if parameter.bias == "last_column" else self.arrays[name])
            for name, parameter in parameters.items()
            if name in arrays
        ]
        self.take(arrays)

    @property
    def nbytes(self) -> int:
        """All its bytes."""
        return sum(array.nbytes for array in self.arrays.values())

    def take(self, arrays: Params) -> None:
        """The numbers of `arrays` from now on."""
        for name, weights in self._weights:
            np.copyto(weights, arrays[name])

    def give(self, arrays: Params) -> None:
        """Write the numbers into `arrays`, but for those in the place of biases."""
        for name, weights in self._weights:
            np.copyto(arrays[name], weights)


def _weights_of(parameter: Parameter) -> Parameter:
    """`parameter` without its biases: of no size if there is nothing else in it."""
    rows, columns = parameter.shape
    left = {"none": columns, "last_column": columns - 1, "all": 0}[parameter.bias]
    return replace(parameter, shape=(rows, left), bias="none")
