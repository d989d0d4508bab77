"""How numbers that a reader brings are made to lie in [-1, 1], and how they come back: exactly.

Not here: points and their labels (`points`).
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

FILL = 0.9
"""How far from the centre scaled numbers reach: not to the edge, where drawings cut dots and noise takes them out."""
WIDE_ENOUGH = 0.75
"""Numbers that lie in [-1, 1] already stay as they are, if their widest axis covers at least this share of it."""
DECIMALS = 6
"""Of scaled numbers: far finer than a pixel, and short in a Config's text."""
LOPSIDED = 4
"""Where one axis spans more than so many times the other, each is scaled by itself."""
_STEPS = (DECIMALS, 9, 12)
EXACT = 17
"""Decimals that stand for not rounding at all."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How numbers were brought into [-1, 1]: scaled = factor · (number - offset), so number = scaled / factor + offset.

    An offset and a factor for each axis; factors are equal, so that shapes are not distorted, unless one axis spans
    more than LOPSIDED times another. `decimals` says how many are kept of what is scaled, axis by axis: as few as
    bring every number back exactly.
    """

    offsets: tuple[float, ...]
    factors: tuple[float, ...]
    decimals: tuple[int, ...]

    @classmethod
    def fitting(cls, *axes: Sequence[float]) -> "Scaling":
        """The scaling whose axes reach from -FILL to FILL; none where numbers lie well in [-1, 1] already."""
        lows, highs = [min(axis) for axis in axes], [max(axis) for axis in axes]
        # Halves first: the difference of two finite numbers need not be finite.
        reaches = [high / 2 - low / 2 for low, high in zip(lows, highs, strict=True)]
        widest = max(reaches)
        apart = any(reach > sys.float_info.min and reach < widest / LOPSIDED for reach in reaches)
        if min(lows) >= -1 and max(highs) <= 1 and widest >= WIDE_ENOUGH and not apart:
            return cls.none(len(axes))
        middles = tuple(low / 2 + high / 2 for low, high in zip(lows, highs, strict=True))
        factors = tuple(_factor(reach if apart else widest) for reach in reaches)
        rough = cls(middles, factors, (DECIMALS,) * len(axes))
        return cls(middles, factors, tuple(rough._enough(axis, n) for n, axis in enumerate(axes)))

    @classmethod
    def none(cls, axes: int) -> "Scaling":
        """The scaling that leaves numbers in [-1, 1] as they are."""
        return cls((0.0,) * axes, (1.0,) * axes, (EXACT,) * axes)

    def scaled(self, number: float, axis: int = 0) -> float:
        """`number`, brought into [-1, 1]."""
        # Halves, again, so that nothing overflows.
        exact = (number / 2 - self.offsets[axis] / 2) * (2 * self.factors[axis])
        inside, decimals = min(1.0, max(-1.0, exact)), self.decimals[axis]
        return inside if decimals >= EXACT else round(inside, decimals)

    def original(self, scaled: float, axis: int = 0) -> float:
        """The number that `scaled` stands for: the shortest that is brought there, so 5.1 and not 5.1000000001."""
        offset, factor = self.offsets[axis], self.factors[axis]
        if factor == 1 and offset == 0:
            return scaled
        half = (scaled / factor) / 2 + offset / 2
        number = 2 * min(sys.float_info.max / 2, max(-sys.float_info.max / 2, half))
        # No number of digits makes what rounding has left of 0 a 0.
        shorter = chain((0.0,), (float(f"{number:.{digits}g}") for digits in range(1, EXACT + 1)))
        return next((short for short in shorter if self.scaled(short, axis) == scaled), number)

    def _enough(self, numbers: Sequence[float], axis: int) -> int:
        """The fewest decimals that bring every one of the `numbers` back."""
        different = set(numbers)
        for decimals in _STEPS:
            kept = tuple(decimals if n == axis else each for n, each in enumerate(self.decimals))
            finer = Scaling(self.offsets, self.factors, kept)
            if all(finer.original(finer.scaled(number, axis), axis) == number for number in different):
                return decimals
        return EXACT


def _factor(reach: float) -> float:
    return FILL / reach if reach > sys.float_info.min else 1.0
