"""Shapes and fields become the pixels that they should."""

import numpy as np
import pytest

from app.pictures.palette import ramp
from app.pictures.pen import SHAPES, Pen

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (200, 0, 0)
GREY = ramp((BLACK, WHITE))


def pixels(pen: Pen) -> np.ndarray:
    return np.asarray(pen.finish()).astype(int)


def test_a_field_has_its_top_row_on_top_and_its_values_in_between() -> None:
    pen = Pen(40, 40, RED)
    pen.surface((10, 10), 20, np.array([[0.0, 0.0], [1.0, 1.0]]), GREY)
    column = pixels(pen)[:, 20, 0]
    assert column[10] == 0
    assert column[29] == 255
    assert (np.diff(column[10:30]) >= 0).all()
    assert 100 < column[20] < 155
    assert (pixels(pen)[5, 5] == RED).all()


def test_what_is_not_a_number_is_painted_all_the_same() -> None:
    pen = Pen(10, 10, RED)
    pen.surface((0, 0), 10, np.array([[np.nan, np.inf], [-np.inf, 0.5]]), GREY)
    assert pixels(pen).shape == (10, 10, 3)


def test_the_likeliest_class_has_its_colour() -> None:
    pen = Pen(20, 10, WHITE)
    chances = np.array([[[0.9, 0.1], [0.9, 0.1]], [[0.1, 0.9], [0.1, 0.9]]])
    pen.classes((0, 0), 10, chances, np.array([[0, 1], [0, 1]]), [ramp((WHITE, RED)), ramp((WHITE, BLACK))])
    left, right = pixels(pen)[5, 1], pixels(pen)[5, 8]
    assert left[0] > 180 > left[1]
    assert right.max() < 60


def test_of_equal_chances_the_class_that_was_decided_has_its_colour() -> None:
    pen = Pen(20, 10, WHITE)
    pen.classes(
        (0, 0), 10, np.full((2, 2, 2), 0.5), np.array([[1, 0], [1, 0]]), [ramp((WHITE, RED)), ramp((WHITE, BLACK))]
    )
    left, right = pixels(pen)[5, 1], pixels(pen)[5, 8]
    assert left[0] == left[1] == left[2]
    assert right[0] > right[1] + 60


@pytest.mark.parametrize("target", range(len(SHAPES)))
def test_every_class_has_a_shape_of_its_own_about_as_large_as_the_others(target: int) -> None:
    counts = []
    for hollow in (False, True):
        pen = Pen(60, 60, WHITE)
        pen.mark((30, 30), 12, target, BLACK, hollow=hollow)
        counts.append(int((pixels(pen)[..., 0] < 128).sum()))
        assert (pixels(pen)[30, 30] == (WHITE if hollow else BLACK)).all()
    assert 350 < counts[0] < 650
    assert 350 < counts[1] < 650


def test_an_edge_reaches_both_ends_and_fades_with_its_strength() -> None:
    strong, weak = (Pen(100, 60, WHITE) for _ in range(2))
    strong.curve((10, 10), (90, 50), BLACK, 4, 1.0)
    weak.curve((10, 10), (90, 50), BLACK, 4, 0.2)
    assert pixels(strong)[10, 11, 0] < 60
    assert pixels(strong)[50, 88, 0] < 60
    assert pixels(weak)[10, 11, 0] > 180


def test_text_is_written() -> None:
    pen = Pen(100, 30, WHITE)
    pen.text((5, 22), "epoch 12", 18, BLACK)
    assert (pixels(pen)[..., 0] < 100).sum() > 50


def test_what_is_drawn_within_a_square_is_cut_off_at_its_edges() -> None:
    pen = Pen(40, 40, WHITE)
    pen.mark((5, 5), 3, 0, BLACK, hollow=False)
    with pen.within((10, 10), 20):
        pen.mark((10, 20), 6, 0, RED, hollow=False)
    found = pixels(pen)
    assert (found[20, 12] == RED).all()
    assert (found[20, 7] == WHITE).all()
    assert (found[5, 5] == BLACK).all()
