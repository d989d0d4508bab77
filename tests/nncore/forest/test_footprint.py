"""What a forest may take is told before it grows, and is never less than what it takes."""

from typing import Any

import pytest

from nncore.config import Config
from nncore.footprint import View
from nncore.forest.footprint import checkpoint_bytes, footprint, most_nodes
from nncore.learner import begin, save

SMALL = {"random": 1, "completely_random": 1, "trees": 3, "levels": 2, "patience": 2, "folds": 2}


@pytest.mark.parametrize("data", ["xor", "rings"])
@pytest.mark.parametrize("changes", [{}, {"tree_depth": 2}])
def test_neither_nodes_nor_checkpoints_exceed_what_was_told(data: str, changes: dict[str, Any]) -> None:
    config = Config.from_json({"data": {"name": data, "count": 80, "label_noise": 0.4}, "forest": {**SMALL, **changes}})
    grower = begin(config)
    grower.run(2)
    assert grower.network.parameter_count <= most_nodes(config)
    assert len(save(grower)) <= checkpoint_bytes(config)


def test_a_tree_that_splits_once_has_three_nodes() -> None:
    config = Config.from_json({"data": {"name": "xor", "count": 80}, "forest": {**SMALL, "tree_depth": 1}})
    assert most_nodes(config) == 3 * 3 * 2 * 2 * 2


def test_pictures_and_points_take_more() -> None:
    config = Config.from_json({"data": {"name": "xor", "count": 80}, "forest": SMALL})
    plain, seen = footprint(config), footprint(config, View(24, 100, 40, 13))
    assert seen.pixels > plain.pixels == 0
    assert (seen.network, seen.points) == (plain.network, plain.points)
