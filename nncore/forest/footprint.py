"""How much memory a forest takes at most, told before it has grown: what it keeps, and the pictures of it.

As `nncore.footprint` tells it of a network. A tree has one leaf for each of its points at most.
"""

import json

from nncore.config import Config
from nncore.footprint import HEADER_BYTES, PICTURE_BYTES, POINT_BYTES, SESSION_BYTES, UNSEEN, Footprint, View
from nncore.history import COLUMNS
from nncore.network import head_of
from nncore.probes.hidden_space import grid_places

TREE_BYTES, FOLD_BYTES = 4_000, 1_500
"""Beside its nodes: a tree while it is grown, and what holds a fold's arrays."""


def most_nodes(config: Config) -> int:
    """The nodes that all trees of `config` have together at most."""
    forest = config.forest
    assert forest is not None, "a network has none"
    points = _points(config)
    leaves = min(points, 2**forest.tree_depth if forest.tree_depth else points)
    return (2 * max(1, leaves) - 1) * forest.trees * _folds(config)


def checkpoint_bytes(config: Config) -> int:
    """The bytes that a checkpoint of a run of `config` never exceeds."""
    trees, classes, points = _folds(config) * _trees(config), config.dataset.classes, _points(config)
    leaves = most_nodes(config) // (2 * trees) + 1
    # A question has an input and a threshold, a leaf that it is one and a class: there is one more leaf than questions.
    # A leaf with the shares of the classes has two points at least, and costs more than two that have one each.
    mixed = min(leaves, points // 2)
    nodes = 7 * (mixed + min(leaves - mixed, points - 2 * mixed)) + 4 * classes * mixed
    said = len(json.dumps(json.dumps(config.to_json()))) + HEADER_BYTES
    return (nodes + 4) * trees + 8 * _folds(config) + said


def footprint(config: Config, view: View = UNSEEN) -> Footprint:
    """What a run of `config` takes while it is looked at like this."""
    forest, classes, count = config.forest, config.dataset.classes, config.data.count
    assert forest is not None, "a network has none"
    units, outputs = forest.surfaces(classes) * forest.levels, head_of(config).units
    places = view.unit_pixels**2 + view.output_pixels**2 + view.lens_pixels**2
    places += grid_places(view.lens_lines) if view.lens_lines else 0
    pictures = units * view.unit_pixels**2 + 2 * outputs * view.output_pixels**2
    pictures += 2 * outputs * (forest.levels + 1) * view.lens_pixels**2
    kept = most_nodes(config) * (10 + 4 * classes) + _folds(config) * FOLD_BYTES + forest.trees * TREE_BYTES
    return Footprint(
        network=SESSION_BYTES + kept + 2 * checkpoint_bytes(config),
        batch=0,
        points=count * (POINT_BYTES + 8 * units + 8 * len(COLUMNS)),
        pixels=4 * units * places + PICTURE_BYTES * pictures,
    )


def _points(config: Config) -> int:
    """How many a tree is grown on at most."""
    assert config.forest is not None, "a network has none"
    return config.data.train_count - config.data.train_count // config.forest.folds


def _folds(config: Config) -> int:
    forest = config.forest
    assert forest is not None, "a network has none"
    return forest.forests * forest.folds * forest.levels


def _trees(config: Config) -> int:
    assert config.forest is not None, "a network has none"
    return config.forest.trees
