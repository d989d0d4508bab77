"""Every entry of a registry with every combination of its knobs' defaults and ends: for contract tests."""

import itertools
from typing import Any

from nncore.registry import Registry
from nncore.spec import Knob

CORNERS = ((-1.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (1.0, 1.0, 0.0), (1.0, -1.0, 1.0))
"""As few points as own points may be, at the edge of the square."""


def every_variant(registry: Registry[Any]) -> list[Any]:
    """An instance for each entry and each combination."""
    return [
        registry.build(name, dict(zip((knob.name for knob in knobs), values, strict=True)))
        for name in registry
        for knobs in [registry[name].spec.knobs]
        for values in itertools.product(*map(values_of, knobs))
    ]


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
    return list(dict.fromkeys([knob.default, knob.low, knob.high]))
