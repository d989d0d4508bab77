"""A grown cascade as one .safetensors file, from which it grows on to the bit: the trees as arrays, nothing pickled.

What a fold under way has grown is not kept, for it grows the same trees again. For each array of `Trees` there is one
tensor of all folds together, in the order in which they were grown; `ends` says where each fold's nodes and roots end.
Nothing is said twice: leaves have no threshold, questions no shares. Whatever else a run knows follows from them and
the Config. A file may come from a stranger: everything in it is checked before it is used.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors.numpy import save as save_tensors

from nncore.config import Config
from nncore.errors import BadSnapshot
from nncore.forest.grower import Grower
from nncore.forest.trees import LEAF, Trees
from nncore.sentence import Sentence
from nncore.snapshot import KIND, ODD_ARRAY, VERSION
from nncore.tape import Array

_NO_TREES = Sentence("refused.no_trees", "does not hold trees of this forest")

DTYPES = {"feature": np.uint16, "threshold": np.float32, "right": np.int32, "shares": np.float32, "roots": np.int32}
"""Such as a page reads, too: inputs are counted from 1, and 0 is a leaf."""

ENDS = "ends"
MOST_INPUTS = 1000
"""Far more than a level has."""


def body(grower: Grower) -> dict[str, Any]:
    """What a file says beside its arrays."""
    step = len(grower.folds()) * grower.forest.trees
    return {"config": grower.config.to_json(), "epoch": grower.epoch, "step": step}


def save(grower: Grower) -> bytes:
    """The whole state of `grower`."""
    assert grower.draws_own_points, "a snapshot holds the rule that draws the points, not points from elsewhere"
    folds = grower.folds()
    counts = np.array([(trees.nodes, len(trees.roots)) for trees in folds], np.int32).reshape(-1, 2)
    tensors: dict[str, Array] = {ENDS: counts.cumsum(axis=0, dtype=np.int32)}
    for name, dtype in DTYPES.items():
        parts = [getattr(trees, name)[_rows(name, trees.feature)] for trees in folds]
        if name == "feature":
            parts = [(part + 1).astype(dtype) for part in parts]
        empty = np.empty((0, grower.split.classes) if name == "shares" else 0, dtype)
        tensors[f"trees.{name}"] = np.concatenate([empty, *parts])
    said = {"version": VERSION, **body(grower)}
    return save_tensors(tensors, {"kind": KIND, "body": json.dumps(said)})


def load(tensors: Mapping[str, Array], config: Config) -> Grower:
    """The run of `config` whose trees `tensors` hold, ready to go on. Raises BadSnapshot."""
    grower = Grower(config)
    expected = {*(f"trees.{name}" for name in DTYPES), ENDS}
    if set(tensors) != expected:
        raise BadSnapshot(min(set(tensors) ^ expected), ODD_ARRAY)
    for trees in _folds(tensors, grower):
        level = min(grower.epoch, grower.forest.levels - 1)
        fault = trees.fault(grower.network.layers[level].fan_in)
        if fault is not None or len(trees.roots) != grower.forest.trees or grower.finished:
            raise BadSnapshot(f"trees.{fault or 'roots'}", _NO_TREES)
        grower.take(trees)
    return grower


def _rows(name: str, feature: Array) -> Any:
    """Which nodes say something by the array `name`: a question has a threshold and a child, a leaf has shares."""
    if name in ("threshold", "right"):
        return feature != LEAF
    return feature == LEAF if name == "shares" else slice(None)


def _folds(tensors: Mapping[str, Array], grower: Grower) -> list[Trees]:
    """What each fold has grown, its arrays of the right kind and length."""
    ends, classes = tensors[ENDS], grower.split.classes
    high = grower.forest.levels * grower.forest.forests * grower.forest.folds
    if ends.dtype != np.int32 or ends.ndim != 2 or ends.shape[1] != 2 or len(ends) > high:
        raise BadSnapshot(ENDS, _NO_TREES)
    nodes, roots = ends[-1].tolist() if len(ends) else (0, 0)
    if not (tensors["trees.feature"] <= MOST_INPUTS).all():
        raise BadSnapshot("trees.feature", _NO_TREES)
    feature = tensors["trees.feature"].astype(np.int16) - np.int16(1)
    whole: dict[str, Array] = {}
    for name, dtype in DTYPES.items():
        array, length = tensors[f"trees.{name}"], roots if name == "roots" else nodes
        if name in ("threshold", "right", "shares"):
            length = np.count_nonzero(_rows(name, feature))
        if array.dtype != dtype or array.shape != ((length, classes) if name == "shares" else (length,)):
            raise BadSnapshot(f"trees.{name}", _NO_TREES)
        if name in ("feature", "roots"):
            whole[name] = feature if name == "feature" else array
        else:
            whole[name] = np.zeros((nodes, *array.shape[1:]), dtype)
            whole[name][_rows(name, feature)] = array
    starts = np.concatenate([np.zeros((1, 2), np.int32), ends])
    if (np.diff(starts, axis=0) < 1).any():
        raise BadSnapshot(ENDS, _NO_TREES)
    return [
        Trees(*(whole[name][slice(*_part(name, start, end))] for name in DTYPES))
        for start, end in zip(starts[:-1], ends, strict=True)
    ]


def _part(name: str, start: Array, end: Array) -> tuple[int, int]:
    column = 1 if name == "roots" else 0
    return int(start[column]), int(end[column])
