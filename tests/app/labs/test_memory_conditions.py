"""Conditions on a memory are decided from its settings and figures; what its machine does not have never holds."""

from typing import Any

import pytest

from app.labs.conditions import Condition
from app.labs.memory_conditions import MEMORY, MemoryFigures

SETTINGS = {"machine": "hopfield", "rule": "hebb", "side": 10}
RESTS = MemoryFigures(3, stored=4, damaged=0.3, remembered=1.0)


def holds(figures: MemoryFigures = RESTS, **condition: object) -> bool:
    return Condition.from_json(condition, "goal", MEMORY).holds(SETTINGS, figures)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"what": "remembered", "at_least": 0.95}, True),
        ({"what": "damaged", "at_least": 0.31}, False),
        ({"what": "stored", "at_most": 4}, True),
        ({"what": "grid", "at_most": 8}, False),
        ({"what": "rule", "only": ["hebb", "oja"]}, True),
        ({"what": "machine", "without": ["hopfield"]}, False),
        # Of other machines.
        ({"what": "angle", "at_most": 90}, False),
        ({"what": "hidden_units", "at_least": 0}, False),
        ({"what": "points", "only": ["cloud"]}, False),
    ],
)
def test_each_way_of_comparing(condition: dict[str, Any], expected: bool) -> None:
    assert holds(**condition) is expected


def test_what_still_falls_has_not_remembered() -> None:
    for how in ("at_least", "at_most"):
        assert not holds(MemoryFigures(1, stored=4, damaged=0.3), what="remembered", **{how: 0.5})
