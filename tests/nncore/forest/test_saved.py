"""A forest's file: it goes on to the bit, holds no pickle, and believes nothing it is told."""

import json
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from app.settings import Settings
from nncore.config import Config
from nncore.errors import BadSnapshot
from nncore.forest.footprint import checkpoint_bytes
from nncore.forest.grower import Grower
from nncore.forest.trees import Trees, right_children
from nncore.learner import begin, load, save
from nncore.trainer import Trainer

TREES = 3
GIVEN = {"data": {"name": "rings", "count": 120}, "forest": {"random": 1, "completely_random": 1, "trees": TREES}}


def grown(steps: int) -> Grower:
    grower = begin(Config.from_json(GIVEN))
    assert isinstance(grower, Grower)
    grower.advance(steps)
    return grower


def contents(data: bytes) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """What a file says and holds; the order of its header is not the same every time."""
    length = int.from_bytes(data[:8], "little")
    said: dict[str, str] = json.loads(data[8 : 8 + length])["__metadata__"]
    return said, {name: (str(array.dtype), array.tobytes()) for name, array in load_tensors(data).items()}


@pytest.mark.parametrize("steps", [0, 1, 4, 6, 11, 33, 999])
def test_a_run_goes_on_to_the_bit(steps: int) -> None:
    whole, part = grown(999), load(save(grown(steps)))
    assert isinstance(part, Grower)
    # A fold that is not whole is grown again.
    assert part.step == min(steps, whole.step) // TREES * TREES
    part.advance(999)
    assert np.array_equal(part.history.since(0), whole.history.since(0))
    assert contents(save(part))[1] == contents(save(whole))[1]


def test_a_network_comes_back_as_a_network() -> None:
    assert isinstance(load(save(begin(Config()))), Trainer)


def changed(change: Any, steps: int = 8 * TREES) -> bytes:
    data = save(grown(steps))
    tensors = load_tensors(data)
    change(tensors)
    return save_tensors(tensors, contents(data)[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda tensors: tensors.pop("ends"),
        lambda tensors: tensors.update(more=np.zeros(3)),
        lambda tensors: tensors["trees.class"].__setitem__(0, 3),
        lambda tensors: tensors["trees.feature"].__setitem__(0, 0),
        lambda tensors: tensors["trees.class"].__setitem__(0, 255),
        lambda tensors: tensors["trees.feature"].__setitem__(0, 9),
        lambda tensors: tensors["ends"].__setitem__((0, 0), 10**9),
        lambda tensors: tensors["ends"].__setitem__((1, 1), 0),
        lambda tensors: tensors.update({"trees.shares": tensors["trees.shares"][:, :2]}),
        lambda tensors: tensors.update({"trees.threshold": tensors["trees.threshold"].astype(np.float64)}),
        lambda tensors: tensors.update(ends=np.repeat(tensors["ends"], 9, axis=0)),
    ],
)
def test_a_file_that_holds_no_trees_of_this_forest_is_refused(change: Any) -> None:
    with pytest.raises(BadSnapshot):
        load(changed(change))


def test_a_file_of_before_goes_on_too() -> None:
    """It said the right child of every question and the shares of every leaf, and had two bytes for an input."""
    grower = grown(33)
    folds = grower.folds()

    def as_before(tensors: dict[str, Any]) -> None:
        del tensors["trees.class"]
        leaf = np.concatenate([trees.feature < 0 for trees in folds])
        tensors["trees.feature"] = tensors["trees.feature"].astype(np.uint16)
        tensors["trees.right"] = np.concatenate([trees.right for trees in folds])[~leaf]
        tensors["trees.shares"] = np.concatenate([trees.shares for trees in folds])[leaf]

    assert contents(save(load(changed(as_before, 33)))) == contents(save(grower))


def test_whatever_stands_for_the_nodes_ends_or_is_found_out() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 9)).astype(np.float32)
    for length in range(1, 60):
        feature = rng.integers(-1, 2, length).astype(np.int16)
        numbers, shares = np.zeros(length, np.float32), np.tile(np.array([[1, 0]], np.float32), (length, 1))
        trees = Trees(feature, numbers, right_children(feature), shares, np.zeros(1, np.int32))
        assert trees.fault(2) or np.isfinite(trees.votes(x)).all()


@pytest.mark.parametrize("data", ["xor", "rings"])
def test_a_forest_of_default_size_fits_on_a_thousand_points(data: str) -> None:
    config = Config.from_json({"data": {"name": data, "count": 1000}, "forest": True})
    assert checkpoint_bytes(config) <= Settings().checkpoint_bytes


def test_a_file_of_another_forest_does_not_fit() -> None:
    other = Config.from_json({**GIVEN, "seeds": {"run": 5}})
    with pytest.raises(BadSnapshot, match="differs from the snapshot"):
        load(save(grown(3)), other)
