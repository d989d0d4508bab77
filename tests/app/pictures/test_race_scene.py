"""Pictures of a race: each lane's answer in a square of its own, in one row or two, at any size."""

import numpy as np
import pytest

from app.links.race_link import LANES
from app.pictures.palette import read_palette
from app.pictures.race_scene import Contender, RaceScene
from nncore.config import Config
from nncore.trainer import Trainer


def lanes(count: int, **more: object) -> list[Contender]:
    kinds = ["linear", "quadratic", "kan", "rbf", "product", "polynomial"][:count]
    return [
        Contender(
            Trainer(Config.from_json({"layers": [{"units": 3, "neuron": kind}], "data": {"name": "circles"}, **more}))
        )
        for kind in kinds
    ]


SIZES = [(1200, 630), (480, 270), (200, 600)]
# Colours alone are other ones in the dark.
SCENES = [*((count, *size, "light") for count in (2, 3, 6) for size in SIZES), (6, *SIZES[0], "dark")]


@pytest.mark.parametrize(("count", "width", "height", "theme"), SCENES)
def test_every_lane_has_a_square_of_its_own_within_the_picture(count: int, width: int, height: int, theme: str) -> None:
    palette = read_palette(theme)
    scene = RaceScene(width, height, palette)
    places = scene._places(count, 40 * scene.unit)
    squares = [(x, y, x + side, y + side) for (x, y), side in places]
    assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in squares)
    for index, one in enumerate(squares):
        for other in squares[index + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    picture = np.asarray(scene.draw(lanes(count)))
    assert picture.shape == (height, width, 3)
    # Points have the colours of their classes in each square, and nowhere else.
    marks = (picture == np.array(palette.marks[0])).all(axis=-1)
    for left, top, right, bottom in squares:
        part = marks[round(top) : round(bottom), round(left) : round(right)]
        assert part.any() or right - left < 40
        marks[round(top) : round(bottom), round(left) : round(right)] = False
    assert not marks.any()


def test_each_lane_s_name_has_its_colour() -> None:
    palette = read_palette()
    picture = np.asarray(RaceScene(1200, 630, palette).draw(lanes(3))).reshape(-1, 3)
    for index, _ in enumerate(LANES):
        assert (picture == np.array(palette.lanes[index])).all(axis=-1).any() == (index < 3)


def test_a_lane_that_solved_it_and_one_that_diverged_look_otherwise() -> None:
    scene, race = RaceScene(1200, 630, read_palette()), lanes(2)
    before = np.asarray(scene.draw(race))
    race[0].solved = 12
    assert (np.asarray(scene.draw(race)) != before).any()
