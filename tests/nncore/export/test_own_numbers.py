"""What is taken home speaks the numbers and names of whoever brought the points."""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.export import numpy_code, torch_code
from nncore.export.own_numbers import own_numbers, protected
from nncore.tables import read_points
from nncore.trainer import Trainer

CLASSES = "age;income;buys\n" + "".join(
    f"{18 + n};{20000 + 137 * n * n};{'no' if n % 3 else '=yes'}\n" for n in range(40)
)
VALUES = "age;income;price\n" + "".join(f"{18 + n};{20000 + 137 * n * n};{1000 * n - 5.5}\n" for n in range(40))
ROWS = [[18.0, 20000.0], [57.0, 228377.0], [37.5, 120000.0]]


def trained(text: str, **config: Any) -> Trainer:
    data = {"name": "own", **read_points(text).knobs(), **config}
    return Trainer(Config.from_json({"data": data})).run(20)


def run(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(code, names)
    return names


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_predict_takes_the_readers_numbers(scale: float) -> None:
    trainer = trained(CLASSES, scale=scale)
    # Ages from 18 to 57 and incomes from 20,000 to 228,377 reach from -0.9 to 0.9.
    square = [[-0.9, -0.9], [0.9, 0.9], [0.0, 1.8 * (120000 - 20000) / 208377 - 0.9]]
    expected = trainer.predict(scale * np.array(square))
    names = run(numpy_code(trainer))
    np.testing.assert_allclose(names["predict"](ROWS), expected, atol=1e-5)
    assert names["CLASSES"] == ["=yes", "no"]


def test_a_regressions_values_are_the_readers() -> None:
    trainer = trained(VALUES)
    square = [[-0.9, -0.9], [0.9, 0.9], [0.0, 1.8 * (120000 - 20000) / 208377 - 0.9]]
    # Prices from -5.5 to 38,994.5 are learnt as -0.9 to 0.9.
    expected = (trainer.predict(square) + 0.9) / 1.8 * 39000 - 5.5
    np.testing.assert_allclose(run(numpy_code(trainer))["predict"](ROWS), expected, rtol=1e-4)


@pytest.mark.parametrize("text", [CLASSES, VALUES])
def test_pytorch_gives_the_same(text: str) -> None:
    pytest.importorskip("torch")
    trainer = trained(text)
    expected = run(numpy_code(trainer))["predict"](ROWS)
    np.testing.assert_allclose(run(torch_code(trainer))["predict"](ROWS).numpy(), expected, rtol=1e-3)


def test_the_code_is_code_whatever_columns_and_classes_are_called() -> None:
    odd = CLASSES.replace("age", '"a\\""""b"').replace("=yes", '\\\'""" + exit()')
    for make in (numpy_code, torch_code):
        compile(make(trained(odd)), "taken_home.py", "exec")


def test_a_dataset_that_is_a_rule_has_no_numbers_of_its_own() -> None:
    assert own_numbers(Trainer(Config())) is None


@pytest.mark.parametrize(
    ("text", "cell"), [("=1+1", "'=1+1"), ("'-b", "''-b"), ("-1.5", "-1.5"), ("b", "b"), ("it's", "it's")]
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert protected(text) == cell
