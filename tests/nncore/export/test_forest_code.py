"""A forest's file says what the page says, to the bit, where nothing of this program is at hand."""

import ast
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.export import EXPORTS
from nncore.forest.grower import Grower
from nncore.plane import plane_points

SMALL = {"random": 1, "completely_random": 1, "trees": 3, "levels": 3, "patience": 3}
CASES: dict[str, dict[str, Any]] = {
    "two": {"data": {"name": "spirals", "count": 120}, "features": ["x", "y", "xy"], "forest": SMALL},
    "three": {"data": {"name": "rings", "count": 120, "scale": 6}, "forest": SMALL},
    "alone": {"data": {"name": "xor", "count": 120}, "forest": {**SMALL, "hand_on": False}},
}


@pytest.mark.parametrize(("name", "levels"), [("two", 3), ("three", 3), ("alone", 3), ("two", 0)])
def test_the_file_answers_as_the_cascade_does(name: str, levels: int, tmp_path: Path) -> None:
    grower = Grower(Config.from_json(CASES[name])).run(levels)
    file = tmp_path / "forest.py"
    file.write_text(EXPORTS["numpy"](grower), encoding="utf-8")
    told = runpy.run_path(str(file))
    places = plane_points(20, grower.config.data.scale)
    assert np.allclose(told["predict"](places.tolist()), grower.predict(places), rtol=0, atol=1e-6)
    right = told["classify"](grower.split.test_x) == grower.split.test_y
    assert right.mean() == grower.evaluate().test_accuracy


def test_it_is_a_python_file_that_needs_numpy_alone() -> None:
    tree = ast.parse(EXPORTS["numpy"](Grower(Config.from_json(CASES["two"])).run(1)))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported == {"base64", "zlib", "numpy"}
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


def test_there_is_no_pytorch_code_of_a_forest() -> None:
    with pytest.raises(OutOfRange, match="exported as NumPy code"):
        EXPORTS["torch"](Grower(Config.from_json(CASES["two"])))


def test_points_and_history_are_tables_as_of_a_network() -> None:
    grower = Grower(Config.from_json(CASES["two"])).run(1)
    assert len(EXPORTS["data"](grower).splitlines()) == 121
    assert [row.split(",")[0] for row in EXPORTS["history"](grower).splitlines()] == ["epoch", "0", "1"]
