"""A small study for tests of engines and of what keeps rows, and what of its rows is the same every time."""

from collections.abc import Iterable
from typing import Any

from nncore.study import Study
from nncore.study.tasks import Done

BASE: dict[str, Any] = {"data": {"name": "circles", "count": 40}, "layers": [{"units": 3}]}


def study(seeds: int = 3, values: int = 4) -> Study:
    """Tasks as many as `values`, each of a shape of its own."""
    return Study(BASE, vary={"layers.units": list(range(2, 2 + values))}, seeds=seeds, epochs=2)


def unmeasured(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "seconds": None} for row in rows]


def rows_in_order(results: Iterable[Done]) -> list[dict[str, Any]]:
    return [row for done in sorted(results, key=lambda one: one.index) for row in unmeasured(done.rows)]
