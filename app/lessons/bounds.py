"""Whether a lab's claims stand: every bound that its `holds` sets on what was measured.

    broken(measure_all(lab))      no sentence where all stand

Not here: what is measured (`claims`), how often other seeds would break a bound (`tests.app.lessons.margins`).
"""

import math
from collections.abc import Mapping
from typing import Any

from app.lessons.claims import Measured
from nncore.errors import UnknownName

Bound = Mapping[str, Any]
"""Such as ``{"what": "solved", "at_least": 18}``; one on ``beats`` names another claim in ``than``."""


def broken(measured: Mapping[str, Measured]) -> list[str]:
    """What does not hold, each in one sentence; raises UnknownName where a bound is on what no claim measures."""
    return [
        f"{name}: {bound['what']} is {value:g}, not {limit(bound)}"
        for name, one in measured.items()
        for bound in one.claim.holds
        if not holds(bound, value := bounded(one, bound, measured))
    ]


def bounded(one: Measured, bound: Bound, measured: Mapping[str, Measured]) -> float:
    """The figure of `one` that `bound` is about; infinite where there is none. Raises UnknownName."""
    what = bound["what"]
    if what == "beats":
        return _wins(one, measured[bound["than"]])
    figures = one.figures
    if what not in figures:
        raise UnknownName.of("figure", what, (*figures, "beats"), f"claims.{one.claim.id}.holds")
    return math.inf if figures[what] is None else float(figures[what])


def holds(bound: Bound, value: float) -> bool:
    """Whether `value` keeps to it."""
    return float(bound.get("at_least", -math.inf)) <= value <= float(bound.get("at_most", math.inf))


def limit(bound: Bound) -> str:
    """In words, without what it is about."""
    return " and ".join(
        f"{words} {bound[key]:g}" for key, words in (("at_least", "at least"), ("at_most", "at most")) if key in bound
    )


def _wins(one: Measured, other: Measured) -> int:
    """Seeds with which `one` gets more right than `other`."""
    return sum(mine > theirs for mine, theirs in zip(one.shares, other.shares, strict=True))
