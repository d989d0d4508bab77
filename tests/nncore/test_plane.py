"""Passes over the plane: where places lie, and that a network sees each of them."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.features import inputs
from nncore.plane import Plane, plane_points
from nncore.trainer import Trainer


def test_pictures_run_from_the_top_left() -> None:
    points = plane_points(4, 2.0).reshape(4, 4, 2)
    # A square of 2 each way and 8 % more: the middles of its outermost cells.
    np.testing.assert_allclose(points[0, 0], [-1.62, 1.62])
    np.testing.assert_allclose(points[0, 3], [1.62, 1.62])
    np.testing.assert_allclose(points[3, 0], [-1.62, -1.62])


@pytest.mark.parametrize("pixels", [4, 40])
def test_every_place_is_passed_once_in_order(pixels: int) -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "xor", "scale": 3.0}, "features": ["xy", "x"]}))
    seen: list[float] = []
    for columns, tape, z in Plane().grid_passes(trainer, pixels):
        assert columns.start == len(seen)
        assert tape.passes[-1].z is z
        seen.extend(z[0].tolist())
    x = inputs(plane_points(pixels, 3.0), ("xy", "x"), 3.0)
    expected = trainer.network.forward(x, trainer.network.tape(pixels**2))[0]
    np.testing.assert_allclose(seen, expected, rtol=1e-5, atol=1e-6)


def test_a_plane_follows_from_trainer_to_trainer() -> None:
    plane = Plane()
    a, b = Trainer(Config()), Trainer(Config.from_json({"features": ["r"], "seeds": {"run": 1}}))

    def answer(trainer: Trainer) -> np.ndarray:
        return next(plane.grid_passes(trainer, 4))[2].copy()

    first, other = answer(a), answer(b)
    assert (first != other).all()
    np.testing.assert_array_equal(answer(a), first)
