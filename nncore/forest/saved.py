"""A grown cascade as one .safetensors file, from which it grows on to the bit: the trees as arrays, nothing pickled.

What a fold under way has grown is not kept, for it grows the same trees again. There is one tensor of each sort for all
folds together, in the order in which they were grown; `ends` says where each fold's nodes and roots end. Nothing is
said twice: leaves have no threshold, a right child follows from the order of the nodes, a leaf of one class is that
class' number. Whatever else a run knows follows from them and the Config. A file may come from a stranger: everything
in it is checked before it is used.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors.numpy import save as save_tensors

from nncore.config import Config
from nncore.errors import BadSnapshot
from nncore.forest.grower import Grower
from nncore.forest.trees import LEAF, Trees, right_children
from nncore.sentence import Sentence
from nncore.snapshot import KIND, ODD_ARRAY, VERSION
from nncore.tape import Array

_NO_TREES = Sentence("refused.no_trees", "does not hold trees of this forest")

DTYPES = {
    "feature": np.uint8,
    "threshold": np.float32,
    "class": np.uint8,
    "shares": np.float32,
    "roots": np.int32,
}
"""Of each node its input, counted from 1, and 0 at a leaf; of each question its threshold; of each leaf its class, or
MIXED; of each mixed leaf the shares of the classes; of each tree where it begins.
"""

MIXED = 255
"""In place of a class' number: a leaf that knows more than one."""

ENDS = "ends"


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
    parts = [_written(trees) for trees in folds]
    for name, dtype in DTYPES.items():
        empty = np.empty((0, grower.split.classes) if name == "shares" else 0, dtype)
        tensors[f"trees.{name}"] = np.concatenate([empty, *(part[name] for part in parts)])
    said = {"version": VERSION, **body(grower)}
    return save_tensors(tensors, {"kind": KIND, "body": json.dumps(said)})


def load(tensors: Mapping[str, Array], config: Config) -> Grower:
    """The run of `config` whose trees `tensors` hold, ready to go on. Raises BadSnapshot."""
    grower = Grower(config)
    tensors = _as_written_now(tensors)
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


def _written(trees: Trees) -> dict[str, Array]:
    """A fold's arrays as a file has them."""
    leaf = trees.feature == LEAF
    shares = trees.shares[leaf]
    pure = (shares.max(axis=1) == 1.0) & (np.count_nonzero(shares, axis=1) == 1)
    assert trees.feature.max() < np.iinfo(np.uint8).max, "a level has fewer inputs"
    return {
        "feature": (trees.feature + 1).astype(np.uint8),
        "threshold": trees.threshold[~leaf],
        "class": np.where(pure, shares.argmax(axis=1), MIXED).astype(np.uint8),
        "shares": shares[~pure],
        "roots": trees.roots,
    }


def _as_written_now(tensors: Mapping[str, Array]) -> dict[str, Array]:
    """Files of before say of every question its right child, and of every leaf the shares."""
    now = dict(tensors)
    if "trees.class" not in now and "trees.shares" in now and "trees.feature" in now:
        now.pop("trees.right", None)
        now["trees.class"] = np.full(len(now["trees.shares"]), MIXED, np.uint8)
        if now["trees.feature"].dtype == np.uint16 and (now["trees.feature"] <= np.iinfo(np.uint8).max).all():
            now["trees.feature"] = now["trees.feature"].astype(np.uint8)
    return now


def _folds(tensors: Mapping[str, Array], grower: Grower) -> list[Trees]:
    """What each fold has grown, its arrays of the right kind and length."""
    ends, classes = tensors[ENDS], grower.split.classes
    high = grower.forest.levels * grower.forest.forests * grower.forest.folds
    if ends.dtype != np.int32 or ends.ndim != 2 or ends.shape[1] != 2 or len(ends) > high:
        raise BadSnapshot(ENDS, _NO_TREES)
    nodes, roots = ends[-1].tolist() if len(ends) else (0, 0)
    leaf, mixed = tensors["trees.feature"] == 0, tensors["trees.class"] == MIXED
    leaves = np.count_nonzero(leaf)
    shapes = {
        "feature": (nodes,),
        "threshold": (nodes - leaves,),
        "class": (leaves,),
        "shares": (np.count_nonzero(mixed), classes),
        "roots": (roots,),
    }
    for name, dtype in DTYPES.items():
        array = tensors[f"trees.{name}"]
        if array.dtype != dtype or array.shape != shapes[name]:
            raise BadSnapshot(f"trees.{name}", _NO_TREES)
    if not (mixed | (tensors["trees.class"] < classes)).all():
        raise BadSnapshot("trees.class", _NO_TREES)
    starts = np.concatenate([np.zeros((1, 2), np.int32), ends])
    if (np.diff(starts, axis=0) < 1).any():
        raise BadSnapshot(ENDS, _NO_TREES)
    feature = tensors["trees.feature"].astype(np.int16) - np.int16(1)
    threshold, shares = np.zeros(nodes, np.float32), np.zeros((nodes, classes), np.float32)
    threshold[~leaf] = tensors["trees.threshold"]
    ones = np.eye(classes, dtype=np.float32)
    told = ones[np.where(mixed, 0, tensors["trees.class"])]
    told[mixed] = tensors["trees.shares"]
    shares[leaf] = told
    folds = []
    for (start, first), (end, last) in zip(starts[:-1].tolist(), ends.tolist(), strict=True):
        some = slice(start, end)
        right = right_children(feature[some])
        folds.append(Trees(feature[some], threshold[some], right, shares[some], tensors["trees.roots"][first:last]))
    return folds
