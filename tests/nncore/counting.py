"""Numbers that know how they came about, so that operations can be counted in formulas written as plain loops.

A `Counted` is a number with the operation that made it and what that was made of. Nothing is counted while a formula
runs: `cost_of` walks back from its results, so what they do not need (slopes, say) is not counted, nor what depends on
weights alone, and what several of them share is counted once. The rule is that of `nncore.cost`; nothing of it is taken
from there but the three names.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from nncore.cost import Cost


class Counted:
    """A number, by what operation and of which others it was made. `varies` says whether it depends on the point."""

    made: ClassVar[dict[tuple[Any, ...], "Counted"]] = {}
    """Every number made so far: the same operation on the same numbers gives the same one."""

    def __init__(self, value: float, operation: str, parts: tuple["Counted", ...], varies: bool) -> None:
        self.value, self.operation, self.parts, self.varies = value, operation, parts, varies

    @classmethod
    def of(cls, value: float, operation: str, *parts: "Counted") -> "Counted":
        key = (operation, *map(id, parts))
        if key not in cls.made:
            cls.made[key] = cls(value, operation, parts, any(part.varies for part in parts))
        return cls.made[key]

    def __add__(self, other: Any) -> "Counted":
        # The 0 from which `sum` starts is no number of the formula.
        if (isinstance(other, int) and other == 0) or other is NOTHING:
            return self
        added = constant(other)
        if self is NOTHING:
            return added
        return Counted.of(self.value + added.value, "add", self, added)

    __radd__ = __add__

    def __neg__(self) -> "Counted":
        return Counted.of(-self.value, "sign", self)

    def __abs__(self) -> "Counted":
        return Counted.of(abs(self.value), "sign", self)

    def __sub__(self, other: Any) -> "Counted":
        return self + (-constant(other))

    def __rsub__(self, other: Any) -> "Counted":
        return constant(other) - self

    def __mul__(self, other: Any) -> "Counted":
        factor = constant(other)
        if self is NOTHING or factor is NOTHING:
            return NOTHING
        if factor.operation == "constant" and abs(factor.value) == 1:
            return self if factor.value == 1 else -self
        return Counted.of(self.value * factor.value, "multiply", self, factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Counted":
        other = constant(other)
        return Counted.of(self.value / other.value, "multiply", self, other)

    def __rtruediv__(self, other: Any) -> "Counted":
        return constant(other) / self

    def __pow__(self, power: int) -> "Counted":
        return self if power == 1 else self ** (power - 1) * self if power else constant(1.0)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Counted) and self.varies and self.value == other.value)

    def __hash__(self) -> int:
        return id(self)

    def __float__(self) -> float:
        return self.value

    def __lt__(self, other: Any) -> bool:
        return self.value < float(other)

    def __le__(self, other: Any) -> bool:
        return self.value <= float(other)

    def __gt__(self, other: Any) -> bool:
        return self.value > float(other)

    def __ge__(self, other: Any) -> bool:
        return self.value >= float(other)


NOTHING = Counted(0.0, "constant", (), False)
"""Stands in the place of a bias that a layer has not: nothing is added."""


def constant(value: Any) -> Counted:
    """A number of the formula itself."""
    if isinstance(value, Counted):
        return value
    return Counted.made.setdefault(("constant", float(value)), Counted(float(value), "constant", (), False))


def weight(value: float) -> Counted:
    """A number that is learnt."""
    return Counted(value, "weight", (), False)


def given(value: float) -> Counted:
    """A coordinate of the point."""
    return Counted(value, "input", (), True)


class CountedMath:
    """Stands in for the module `math` where a formula calls functions."""

    pi = math.pi

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        function = getattr(math, name)

        def call(value: Any) -> Any:
            if isinstance(value, Counted):
                return Counted.of(function(value.value), f"call {name}", value)
            return function(value)

        return call


def compared(choose: Callable[[Iterable[Any]], Any]) -> Callable[..., Any]:
    """`max` or `min` as a formula has it: a comparison less than there are numbers."""

    def among(*numbers: Any) -> Any:
        first, *others = numbers[0] if len(numbers) == 1 else numbers
        for other in others:
            a, b = constant(first), constant(other)
            first = Counted.of(choose((a.value, b.value)), "compare", a, b)
        return first

    return among


def where(z: Counted, above: Callable[[], Any], below: Callable[[], Any]) -> Counted:
    """`above` where z > 0, else `below`: one comparison, and what the piece needs."""
    chosen = constant(above() if z > 0 else below())
    return Counted.of(chosen.value, "compare", z, chosen)


def cost_of(results: Iterable[Counted]) -> Cost:
    """The operations behind `results`, for one point."""
    results = list(results)
    numbers = {id(number): number for number in _behind(results)}
    uses = dict.fromkeys(numbers, 0)
    for number in numbers.values():
        for part in number.parts:
            if id(part) in uses:
                uses[id(part)] += 1
    open_products: dict[int, int] = {}
    additions = 0
    for number in numbers.values():
        if number.operation == "multiply":
            open_products[id(number)] = 1
        elif number.operation in ("add", "sign"):
            # A product takes up one addition, wherever in a sum it stands; one that others need, too, has an end.
            free = sum(open_products.get(id(part), 0) for part in number.parts if uses.get(id(part)) == 1)
            additions += number.operation == "add" and not free
            open_products[id(number)] = max(0, free - 1) if number.operation == "add" else free
    operations = [number.operation for number in numbers.values()]
    calls = sum(operation.startswith("call") for operation in operations)
    return Cost(operations.count("multiply"), additions + operations.count("compare"), calls)


def _behind(results: Iterable[Counted]) -> Iterator[Counted]:
    """Every number that varies and on which a result depends, each once, after all that it is made of."""
    seen: set[int] = set()
    stack = [(number, False) for number in results]
    while stack:
        number, done = stack.pop()
        if done:
            yield number
        elif number.varies and id(number) not in seen:
            seen.add(id(number))
            stack.append((number, True))
            stack.extend((part, False) for part in number.parts)
