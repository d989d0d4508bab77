"""A lab's picture is there, small, and of the size that the index has room for."""

import io

import pytest
from PIL import Image

from app.labs.registry import labs
from app.lessons.picture import SIDE, picture


@pytest.mark.parametrize("name", labs())
def test_it_is_there(name: str) -> None:
    data = (labs()[name].folder / "picture.png").read_bytes()
    assert len(data) < 40_000
    assert Image.open(io.BytesIO(data)).size == (SIDE, SIDE)


def test_it_shows_the_output_alone() -> None:
    made = Image.open(io.BytesIO(picture(labs()["depth_without_activation"]))).convert("RGB")
    # Opposite corners have one colour, the others another: XOR is solved.
    corners = [made.getpixel(place) for place in ((12, 12), (195, 195), (195, 12), (12, 195))]
    reds = [pixel[0] for pixel in corners if isinstance(pixel, tuple)]
    assert (reds[0] > 200, reds[1] > 200) == (True, True)
    assert max(reds[2:]) < 170
