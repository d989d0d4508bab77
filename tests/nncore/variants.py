"""Every entry of a registry with every combination of its knobs' defaults and ends: for contract tests."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nncore.cost import Cost
from nncore.formula import Letters
from nncore.initializers import Initializer
from nncore.neuron import NeuronType, Parameter, Params
from nncore.neurons import NEURONS
from nncore.registry import Registry
from nncore.slopes import Slopes
from nncore.spec import Knob, Spec
from nncore.tape import Array, Tape
from nncore.unbiased import has_bias, without_bias

CORNERS = ((-1.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (1.0, 1.0, 0.0), (1.0, -1.0, 1.0))
"""As few points as own points may be, at the edge of the square."""


MOST_VARIANTS = 64
"""Of an entry whose knobs have more combinations, every two values of two knobs meet at least once."""


def every_variant(registry: Registry[Any]) -> list[Any]:
    """An instance for each entry and each combination."""
    return [
        registry.build(name, dict(zip((knob.name for knob in knobs), values, strict=True)))
        for name in registry
        for knobs in [registry[name].spec.knobs]
        for values in combinations([values_of(knob) for knob in knobs])
    ]


def combinations(choices: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    """All of them, or as few as it takes for every two values to meet: the one with most new pairs comes next."""
    everything = list(itertools.product(*choices))
    if len(everything) <= MOST_VARIANTS:
        return everything
    kept = [everything[0]]
    missing = set().union(*map(_pairs, everything)) - _pairs(everything[0])
    while missing:
        kept.append(max(everything, key=lambda values: len(_pairs(values) & missing)))
        missing -= _pairs(kept[-1])
    return kept


def _pairs(values: Sequence[object]) -> set[tuple[int, object, int, object]]:
    """Every two of `values`, with their places."""
    return {(i, values[i], k, values[k]) for i, k in itertools.combinations(range(len(values)), 2)}


def values_of(knob: Knob) -> list[object]:
    """The default and both ends of a knob, or all that it can be."""
    if knob.kind == "bool":
        return [False, True]
    if knob.kind == "choice":
        return list(knob.choices)
    if knob.kind == "points":
        return [knob.default, CORNERS]
    if knob.kind == "texts":
        return [knob.default, ("one", "two")]
    if knob.kind == "numbers":
        return [knob.default, (5.0, 0.5, 6.0, -3.0, 2.0, 17.0)]
    return list(dict.fromkeys([knob.default, knob.low, knob.high]))


@dataclass
class WithoutBias(NeuronType):
    """A kind without biases for whichever size `parameters` was asked about last: the contract tests ask for many."""

    kind: NeuronType

    def __post_init__(self) -> None:
        self.sized = without_bias(self.kind, 1, 1)

    @property
    def spec(self) -> Spec:  # type: ignore[override]  # as `Unbiased` has it
        return self.sized.spec

    def parameters(self, fan_in: int, units: int) -> dict[str, Parameter]:
        self.sized = without_bias(self.kind, fan_in, units)
        return self.sized.parameters(fan_in, units)

    def cost(self, fan_in: int, units: int) -> Cost:
        return self.kind.cost(fan_in, units)

    def initialize(self, params: Params, init: Initializer) -> None:
        self.sized.initialize(params, init)

    def written(self, w: Letters, x: Sequence[str]) -> str:
        return self.sized.written(w, x)

    def forward(self, params: Params, x: Array, tape: Tape) -> Array:
        return self.sized.forward(params, x, tape)

    def code(self, biased: bool = False) -> list[str]:
        return self.sized.code(biased)

    def backward(self, params: Params, grads: Params, tape: Tape, dz: Array, need_dx: bool) -> Array | None:
        return self.sized.backward(params, grads, tape, dz, need_dx)

    def slopes(self, params: Params, x: Array, units: int) -> Slopes:
        return self.sized.slopes(params, x, units)


def every_kind_without_bias() -> list[NeuronType]:
    """Every kind that has biases, without them: as it is by default, and with each of its switches turned."""
    kinds = (
        NEURONS.build(name, {knob.name: value for knob, value in zip(knobs, values, strict=True)})
        for name in NEURONS
        for knobs in [[knob for knob in NEURONS[name].spec.knobs if knob.kind == "bool"]]
        for values in itertools.product([False, True], repeat=len(knobs))
    )
    return [WithoutBias(kind) for kind in kinds if has_bias(kind)]
