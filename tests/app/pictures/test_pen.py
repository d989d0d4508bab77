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


def test_a_border_lies_where_z_is_0_and_not_halfway() -> None:
    """A quarter of the way from the left middle to the right one: at 15 of 40."""
    pen = Pen(40, 40, RED)
    z = np.array([[-1.0, 3.0], [-1.0, 3.0]])
    pen.squashed((0, 0), 40, z, lambda many: (1 + np.tanh(50 * many)) / 2, GREY)
    row = pixels(pen)[20, :, 0]
    assert row[:14].max() == 0
    assert row[17:].min() == 255


def test_the_class_of_the_largest_z_has_its_colour_by_its_chance() -> None:
    pen = Pen(40, 40, WHITE)
    z = np.array([[[0.0, -3.0], [0.0, -3.0]], [[-1.0, 0.0], [-1.0, 0.0]]])
    chances = np.array([[1.0, 0.5], [1.0, 0.5]])
    pen.classes((0, 0), 40, chances, z, [ramp((WHITE, RED)), ramp((WHITE, BLACK))])
    row = pixels(pen)[20]
    assert (row[2] == RED).all()
    assert abs(int(row[38].max()) - 127) < 3
    grey = row[:, 0] == row[:, 1]
    assert abs(int(grey.argmax()) - 15) <= 1


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
