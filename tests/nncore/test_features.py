"""Features are the functions of the plane that their names say, with a last row of ones."""

import numpy as np
import pytest

from nncore.export.dialect import Dialect
from nncore.features import FEATURES, inputs
from tests.nncore.taken_home import EVERY_LIBRARY, run

POINTS = np.array([[0.5, -0.25], [-1.0, 0.75]])
X, Y = POINTS.T
EXPECTED = {
    "x": X,
    "y": Y,
    "x_squared": X**2,
    "y_squared": Y**2,
    "xy": X * Y,
    "sin_x": np.sin(np.pi * X),
    "sin_y": np.sin(np.pi * Y),
    "cos_x": np.cos(np.pi * X),
    "cos_y": np.cos(np.pi * Y),
    "r": np.sqrt(X**2 + Y**2),
}


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_what_its_name_says(name: str) -> None:
    rows = inputs(POINTS, [name], 1.0, np.float64)
    np.testing.assert_allclose(rows, [EXPECTED[name], [1, 1]], atol=1e-15)


def test_features_come_in_the_order_asked_for() -> None:
    np.testing.assert_array_equal(inputs(POINTS, ["y", "x"], 1.0, np.float64), [Y, X, [1, 1]])


def test_off_the_unit_square_waves_have_the_frequency_of_tensorflow_playground() -> None:
    np.testing.assert_allclose(inputs(6 * POINTS, ["sin_x"], 6.0, np.float64)[0], np.sin(6 * X))


@EVERY_LIBRARY
@pytest.mark.parametrize("name", FEATURES)
def test_the_code_to_take_home_is_the_same_function(name: str, library: Dialect) -> None:
    found = run(library, [f"value = {FEATURES[name].code}"], "value", x=X, y=Y, omega=1.0)
    np.testing.assert_allclose(found, inputs(POINTS, [name], 6.0, np.float64)[0], rtol=1e-12)
