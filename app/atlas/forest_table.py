"""What the rows of the atlas' forests say: a cell for each dataset and each cascade that was tried.

They stand beside the networks' table and not in it: a forest has no layers, no activation, nothing that is learnt by
descent, and its nodes are not parameters. Pure. Not here: the networks' cells (`table`), nor where rows lie (`store`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.atlas.table import measured
from nncore.config import Json
from nncore.forest.settings import Forest
from nncore.study.rows import Row
from nncore.study.study import Study
from nncore.study.summary import summaries


class ForestCell(NamedTuple):
    """One dataset and one cascade. `nodes` are those of all trees of the median run, `levels` its median, or None."""

    data: str
    forest: int
    nodes: int
    solved: int
    low: float
    high: float
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    levels: float | None
    run: str


def forests_of(study: Study, rows: Iterable[Row]) -> Json:
    """The cells of `study`, which varies data.name and forest, and its `cascades` from the smallest on: how many
    forests, trees and levels each has.
    """
    found = list(summaries(rows, study.paths, study.epochs))
    assert len(found) == len(study.pieces), "rows are missing"
    assert all(one.failed == 0 for one in found), "a run failed"
    cascades = list(dict.fromkeys(piece.config.forest for piece in study.pieces if piece.config.forest is not None))
    cells = [
        ForestCell(
            str(dict(one.values)["data.name"]),
            cascades.index(_forest(piece.config.forest)),
            one.parameters,
            *measured(one),
            str(one.best["link"]),
        )
        for one, piece in zip(found, study.pieces, strict=True)
    ]
    told = [{"forests": one.forests, "trees": one.trees, "levels": one.levels} for one in cascades]
    return {"cascades": told, "cells": [cell._asdict() for cell in cells]}


def _forest(forest: Forest | None) -> Forest:
    assert forest is not None, "networks have a table of their own"
    return forest
