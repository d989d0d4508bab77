"""Weights are written so that they come back exactly, and read well."""

import ast

import numpy as np
import pytest

from nncore.export.outline import WIDTH, describe, describe_output, layer_code, numbers
from tests.nncore.export.networks import CONFIGS, trained


@pytest.mark.parametrize("shape", [(3,), (1, 2), (4, 1), (40, 1), (5, 30), (2, 200)])
def test_numbers_come_back_exactly_from_lines_of_bounded_width(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(1)
    array = (rng.normal(size=shape) * 10.0 ** rng.integers(-30, 30, shape)).astype(np.float32)
    text = numbers(array, "    ")
    np.testing.assert_array_equal(np.array(ast.literal_eval(text), np.float32), array)
    assert max(map(len, text.splitlines())) <= WIDTH


def test_a_column_stands_in_one_line_where_it_fits() -> None:
    assert numbers(np.array([[0.5], [-2.0]], np.float32), "") == "[[0.5], [-2.0]]"


def test_a_layer_is_described_with_its_options() -> None:
    said = describe(trained("options").network.layers[0])
    assert said == "3 quadratic, layer norm, tanh, dropout 0.3 (in training only), residual"


def test_a_layer_without_biases_says_so_in_words_and_in_code() -> None:
    trainer = trained("bare_linear")
    assert describe(trainer.network.layers[0]) == "3 linear without bias, tanh"
    assert describe_output(trainer) == "1 linear without bias, sigmoid"
    assert layer_code(trainer.network.layers[0]) == ["z = x @ W.T", "a = xp.tanh(z)"]
    # A kind that never has any says nothing of it.
    assert describe(trained("bare_rbf").network.layers[0]) == "3 rbf, tanh"


def test_every_layers_code_ends_with_a() -> None:
    for name in CONFIGS:
        for layer in trained(name).network.layers[:-1]:
            assert layer_code(layer)[-1].startswith("a = "), name
