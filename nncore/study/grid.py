"""What a study varies: each path with its values, or several paths together; and every combination of them.

    {"data.noise": [0.0, 0.1], "layers.units": {"from": 2, "to": 8, "step": 2}, "l1, l2": [[0, 0], [0.1, 0.1]]}

The last axis changes fastest. Not here: what becomes of a Config (`paths`), nor whether there are too many (`study`).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from nncore.errors import described, shown
from nncore.study.bad_study import BadStudy

MOST_VALUES = 100_000
"""Of one axis."""

RANGE_KEYS = ("from", "to", "step", "count", "scale")


@dataclass(frozen=True, slots=True)
class Axis:
    """Paths that change together, and for each step what they are: as many values as paths."""

    paths: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


def axes_of(vary: object) -> tuple[Axis, ...]:
    """The axes that `vary` says. A key that is a tuple, or has commas, is a zip of several paths. Raises BadStudy."""
    if not isinstance(vary, Mapping):
        raise BadStudy("vary", f"must be a table of paths with their values, not {described(vary)}")
    axes = tuple(_axis(key, values) for key, values in vary.items())
    seen: set[str] = set()
    for path in (path for axis in axes for path in axis.paths):
        if path in seen:
            raise BadStudy(f"vary.{path}", "is varied a second time")
        seen.add(path)
    return axes


def combinations(axes: Sequence[Axis]) -> Iterator[tuple[tuple[str, Any], ...]]:
    """Every combination, as (path, value) in the order of the paths."""
    for steps in product(*(axis.values for axis in axes)):
        yield tuple(pair for axis, step in zip(axes, steps, strict=True) for pair in zip(axis.paths, step, strict=True))


def _axis(key: object, values: object) -> Axis:
    names = key if isinstance(key, tuple) else str(key).split(",")
    paths = tuple(str(name).strip() for name in names)
    place = f"vary.{', '.join(paths)}"[:80]
    listed = _range(values, place) if isinstance(values, Mapping) else values
    if isinstance(listed, str) or not isinstance(listed, Sequence | np.ndarray):
        raise BadStudy(place, f"must be a list or a range, not {described(values)}")
    if not len(listed):
        raise BadStudy(place, "is an empty list: give at least one value")
    if len(listed) > MOST_VALUES:
        raise BadStudy(place, f"has {len(listed):,} values; at most {MOST_VALUES:,} are allowed")
    steps = [step if len(paths) > 1 else (step,) for step in listed]
    for step in steps:
        if isinstance(step, str) or not isinstance(step, Sequence) or len(step) != len(paths):
            raise BadStudy(place, f"must give {len(paths)} values at each step, one a path, not {shown(step)}")
    found = tuple(tuple(_plain(value) for value in step) for step in steps)
    texts = [repr(step) for step in found]
    if len(set(texts)) < len(texts):
        twice = next(step for step in found if texts.count(repr(step)) > 1)
        raise BadStudy(place, f"has {shown(twice if len(paths) > 1 else twice[0])} twice")
    return Axis(paths, found)


def _range(given: Mapping[Any, Any], place: str) -> list[float]:
    """{from, to, step} or {from, to, count, scale}: both ends are in it; of two whole ends come whole numbers."""
    for name in given:
        if name not in RANGE_KEYS:
            raise BadStudy(place, f"a range has no {shown(name)}; known are {', '.join(RANGE_KEYS)}")
    low, high, step, count = (given.get(name) for name in ("from", "to", "step", "count"))
    for name, value in (("from", low), ("to", high)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BadStudy(place, f"a range needs a finite number as {name}, not {described(value)}")
    assert low is not None
    assert high is not None
    if (step is None) == (count is None):
        raise BadStudy(place, "a range needs either step or count")
    if high < low:
        raise BadStudy(place, f"a range goes upwards, not from {low:g} to {high:g}")
    whole = isinstance(low, int) and isinstance(high, int) and not isinstance(step, float)
    if step is not None:
        return _by_step(low, high, step, place)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_VALUES:
        raise BadStudy(place, f"count must be a whole number from 1 to {MOST_VALUES:,}, not {described(count)}")
    scale = given.get("scale", "linear")
    if scale not in ("linear", "log") or (scale == "log" and low <= 0):
        raise BadStudy(place, "scale must be linear, or log for a range over 0")
    places = (np.geomspace if scale == "log" else np.linspace)(low, high, count).tolist()
    return list(dict.fromkeys(round(one) if whole else _short(one) for one in places))


def _by_step(low: float, high: float, step: Any, place: str) -> list[float]:
    if isinstance(step, bool) or not isinstance(step, int | float) or not (math.isfinite(step) and step > 0):
        raise BadStudy(place, f"step must be a number over 0, not {described(step)}")
    count = math.floor((high - low) / step + 1e-9) + 1
    if count > MOST_VALUES:
        raise BadStudy(place, f"has {count:,} values; at most {MOST_VALUES:,} are allowed")
    return [one if isinstance(one, int) else _short(one) for one in (low + index * step for index in range(count))]


def _short(value: float) -> float:
    """0.3 and not 0.30000000000000004: a value that a person would write."""
    return float(f"{value:.12g}")


def _plain(value: Any) -> Any:
    """NumPy's numbers as Python's own."""
    return value.item() if isinstance(value, np.generic) else value
