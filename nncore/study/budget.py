"""Equal budgets: the width at which a network of a kind and depth comes nearest to a number of parameters or products.

    budgeted(config, "parameters", 209)     # its hidden layers all as wide; .size 201, .said "201 of 209"

Not here: how large a network is (`size`).
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal, get_args

from nncore.config import Config
from nncore.errors import OutOfRange, UnknownName
from nncore.fields import FIELDS
from nncore.sentence import Sentence
from nncore.size import size_of

Measure = Literal["parameters", "multiply_adds"]
"""What two networks may have equal: what they learn, or the multiply-adds of one point (`cost`)."""

MEASURES: tuple[Measure, ...] = get_args(Measure)

NEAR = 0.1
"""A size within so large a share of the target is near it."""

_NO_LAYERS = Sentence("refused.budget_layers", "has no hidden layer whose width could meet a budget")
_NO_TARGET = Sentence("refused.budget_target", "must be a whole number of at least 1, not {value}")


@dataclass(frozen=True, slots=True)
class Budgeted:
    """The nearest that there is. `size` is in the `measure` of the `target`."""

    config: Config
    width: int
    measure: Measure
    size: int
    target: int

    @property
    def said(self) -> str:
        """How near: "201 of 209"."""
        return f"{self.size:,} of {self.target:,}"

    @property
    def is_near(self) -> bool:
        """Whether it is within a tenth of the target. Where not, no width is: say so beside the comparison."""
        return abs(self.size - self.target) <= NEAR * self.target


def budgeted(config: Config, measure: str, target: int, *, widest: int | None = None) -> Budgeted:
    """`config` with all hidden layers as wide as brings its size nearest to `target`; all else stays.

    From 1 to `widest` units, or to as many as a layer may have. Of two widths that are equally near, the narrower.
    Where even one unit is too large, or the widest too small, that one: `is_near` then says that it is not near. A
    residual connection asks for equal widths, so where the first layer has one, its width is the number of inputs.
    Raises an InputError for another measure, for a target under 1, and where there is no hidden layer.
    """
    if measure not in MEASURES:
        raise UnknownName.of("budget", measure, MEASURES, "budget")
    known: Measure = measure
    if target < 1:
        raise OutOfRange("budget", _NO_TARGET, value=target)
    if not config.layers:
        raise OutOfRange("layers", _NO_LAYERS)
    high = FIELDS["layers.units"].high
    assert high is not None
    widths = range(1, min(int(high), widest or int(high)) + 1)
    if config.layers[0].residual:
        widths = range(len(config.features), len(config.features) + 1)

    def size(width: int) -> int:
        return _size(_as_wide(config, width), known)

    # A wider network is never smaller: the nearest is the first that is large enough, or the one before it.
    place = bisect_left(widths, target, key=size)
    beside = widths[max(place - 1, 0) : place + 1]
    width = min(beside, key=lambda one: (abs(size(one) - target), one))
    return Budgeted(_as_wide(config, width), width, known, size(width), target)


def _as_wide(config: Config, width: int) -> Config:
    return replace(config, layers=tuple(replace(layer, units=width) for layer in config.layers))


def _size(config: Config, measure: Measure) -> int:
    size = size_of(config)
    return size.parameters if measure == "parameters" else size.cost.multiply_adds
