"""The picture is the one that was ordered, the same each time; making it is given up in time."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from app.errors import PictureTooCostly
from app.links.limits import read_race
from app.pictures.making import MOMENTS, make
from app.pictures.order import Order
from app.pictures.palette import read_palette
from app.pictures.query import order_of
from app.pictures.race_scene import Contender, RaceScene
from app.settings import Settings
from nncore import Config
from nncore.trainer import Trainer

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


def test_a_race_is_trained_lane_by_lane_as_each_would_be_alone() -> None:
    query = "data=circles&count=60&layers=3&rate=0.1&epochs=6&b.neuron=quadratic&width=400&height=220"
    order = order_of("poster", query, Settings())
    lanes = [Contender(Trainer(config).run(6)) for config in read_race(query.partition("&width")[0], Settings()).lanes]
    for lane in lanes:
        rows = lane.trainer.history.since(0)
        solved = [int(row[0]) for row in rows if row[4] >= 0.95]
        lane.solved = solved[0] if solved else None
    expected = RaceScene(400, 220, read_palette()).draw(lanes)
    found = Image.open(io.BytesIO(make(order)))
    assert found.tobytes() == expected.tobytes()


def test_the_training_of_a_race_is_an_animation_of_all_lanes() -> None:
    order = order_of("training", "data=xor&count=40&layers=2&epochs=3&b.neuron=product&width=300", Settings())
    found = Image.open(io.BytesIO(make(order)))
    assert (found.format, getattr(found, "n_frames", 0), found.size) == ("GIF", 4, (300, 168))
