"""Small pictures of a memory: a unit's colour is where the unit is, and an arrow points where its weights do."""

import numpy as np

from app.pictures.memory import arrows, grid, tiles
from app.pictures.palette import read_palette

PALETTE = read_palette()


def test_a_unit_that_is_on_has_its_square() -> None:
    image = grid(np.array([1.0, 0.0, 0.0, 0.0]), 8, PALETTE)
    assert image.size == (8, 8)
    assert (image.getpixel((1, 1)), image.getpixel((6, 1))) == (PALETTE.classes[1], PALETTE.ground)


def test_nine_pictures_stand_in_rows() -> None:
    pictures = np.zeros((12, 4))
    pictures[8] = 1.0
    image = tiles(pictures, 40, PALETTE)
    assert image.getpixel((33, 33)) == PALETTE.classes[1]
    assert image.getpixel((7, 7)) == PALETTE.ground


def test_an_arrow_points_up_where_its_second_weight_is_positive() -> None:
    image = arrows(np.zeros((0, 2)), np.array([[0.0, 1.0]]), 160, PALETTE)
    assert image.getpixel((80, 40)) == PALETTE.classes[1]
    assert image.getpixel((80, 120)) == PALETTE.ground
