"""Points and history as CSV: everything is there, and the points can be read back."""

import csv
import io
import math

import numpy as np

from nncore.export import data_table, history_table
from tests.nncore.export.networks import trained


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_point_is_there_with_its_half() -> None:
    split = trained("three_mse").split
    head, *body = rows(data_table(trained("three_mse")))
    assert head == ["x", "y", "target", "split"]
    assert [row[3] for row in body] == ["train"] * len(split.train_x) + ["test"] * len(split.test_x)
    found = np.array([[float(cell) for cell in row[:3]] for row in body])
    np.testing.assert_array_equal(found[:, :2], np.concatenate([split.train_x, split.test_x]))
    np.testing.assert_array_equal(found[:, 2], np.concatenate([split.train_y, split.test_y]))
    assert {row[2] for row in body} == {"0", "1", "2"}


def test_values_of_a_regression_are_exact() -> None:
    split = trained("regression_mse").split
    body = rows(data_table(trained("regression_mse")))[1:]
    np.testing.assert_array_equal([float(row[2]) for row in body], np.concatenate([split.train_y, split.test_y]))


def test_the_history_has_a_row_for_each_recorded_epoch() -> None:
    head, *body = rows(history_table(trained("options")))
    assert head == ["epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"]
    assert [row[0] for row in body] == [str(epoch) for epoch in range(9)]
    np.testing.assert_array_equal([[float(cell) for cell in row] for row in body], trained("options").history.since(0))


def test_a_regression_has_no_accuracy_to_tell() -> None:
    body = rows(history_table(trained("regression_mse")))[1:]
    assert all(row[3:] == ["", ""] and math.isfinite(float(row[1])) for row in body)
