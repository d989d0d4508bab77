"""The picture is the one that was ordered, the same each time; making it is given up in time."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from app.errors import PictureTooCostly
from app.pictures.making import MOMENTS, make
from app.pictures.order import Order
from nncore import Config

ORDER = Order("poster", Config().to_json(), 3, 300, 160, "light", 60.0)


def test_a_poster_is_a_png_of_the_size_ordered_and_equal_each_time() -> None:
    first = make(ORDER)
    image = Image.open(io.BytesIO(first))
    assert (image.format, image.size) == ("PNG", (300, 160))
    assert make(ORDER) == first
    assert make(replace(ORDER, epochs=4)) != first


def test_a_training_has_a_picture_for_each_moment() -> None:
    gif = Image.open(io.BytesIO(make(replace(ORDER, kind="training", epochs=2, width=120, height=68))))
    assert getattr(gif, "n_frames", 0) == 3 <= MOMENTS


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(PictureTooCostly, match=r"epochs: 3 .* longer than 0 seconds; use fewer"):
        make(replace(ORDER, seconds=0.0))
