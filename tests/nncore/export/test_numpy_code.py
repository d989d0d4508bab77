"""The NumPy file says what the page says, for every kind of network, where nothing of this program is at hand."""

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.export import numpy_code
from nncore.plane import plane_points
from nncore.tape import Array
from nncore.trainer import Trainer
from tests.nncore.export.fresh import ask_each, run_alone
from tests.nncore.export.networks import CONFIGS, SATURATED, agrees, places, trained
from tests.nncore.plain_network import classes_over_the_plane


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Array, Array]]:
    files = {name: numpy_code(trained(name)) for name in CONFIGS}
    return ask_each(tmp_path_factory.mktemp("files"), files, {name: places(name) for name in CONFIGS})


@pytest.mark.parametrize("name", CONFIGS)
def test_predictions_are_the_pages_up_to_its_rounding(name: str, answers: dict[str, tuple[Array, Array]]) -> None:
    agrees(name, *answers[name])


@pytest.mark.parametrize("name", ["options", "knobs", "activation_gelu", "three_mse"])
def test_it_is_a_python_file_that_needs_numpy_alone(name: str) -> None:
    tree = ast.parse(numpy_code(trained(name)))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported - {"math"} == {"numpy"}
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    hidden = [f"layer_{number}" for number in range(1, len(trained(name).network.layers))]
    assert functions == ["features", *hidden, "output", "outputs", "predict", "classify"]


def test_where_shares_saturate_it_still_tells_the_class_that_the_network_decides_for() -> None:
    trainer = Trainer(Config.from_json(SATURATED)).run(400)
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(numpy_code(trainer), names)  # our own code, as a reader would run it
    wanted, clear = classes_over_the_plane(trainer, 20)
    found = names["classify"](plane_points(20, 1.0)).reshape(20, 20)
    np.testing.assert_array_equal(found[clear], wanted[clear])
    assert (names["predict"](plane_points(20, 1.0)).argmax(axis=1).reshape(20, 20) != wanted).any()


def test_of_two_classes_it_tells_the_likelier_and_of_values_none() -> None:
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(numpy_code(trained("options")), names)
    likelier = (names["predict"](places("options")) > 0.5).astype(int)
    np.testing.assert_array_equal(names["classify"](places("options")), likelier)
    assert "classify" not in numpy_code(trained("regression_mse"))


def test_weights_are_exact_and_by_name() -> None:
    trainer, rng = Trainer(Config()), np.random.default_rng(3)
    theta = trainer.network.theta
    theta[...] = rng.normal(size=theta.shape) * 10.0 ** rng.integers(-30, 30, theta.shape)
    theta[:4] = [1e-38, -0.0, 3.4e38, 1 / 3]
    names: dict[str, object] = {"__name__": "taken_home"}
    exec(numpy_code(trainer), names)  # our own code, as a reader would run it
    weights = names["WEIGHTS"]
    assert isinstance(weights, dict)
    for name, array in trainer.network.parameters():
        layer, _, letter = name.rpartition(".")
        np.testing.assert_array_equal(weights[layer][letter], array.astype(float))


def test_run_by_itself_it_prints_a_few_predictions(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(numpy_code(trained("options")), encoding="utf-8")
    lines = run_alone(tmp_path, "network.py").splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("[0.0, 0.0] ")


def test_it_opens_with_what_it_is() -> None:
    said = ast.get_docstring(ast.parse(numpy_code(trained("options"))))
    assert said is not None
    for words in ("circles", "8 epochs", "3 quadratic, layer norm, tanh, dropout 0.3", "residual", "from -1 to 1"):
        assert words in said
