"""An animation is a GIF that loops, its moments from the start to the end."""

import io
from itertools import pairwise

from PIL import Image

from app.pictures.animation import LAST_MILLISECONDS, animated, moments


def test_moments_lie_closer_together_at_first_and_end_with_the_last_epoch() -> None:
    epochs = moments(300, 40)
    assert (epochs[0], epochs[-1]) == (0, 300)
    gaps = [after - before for before, after in pairwise(epochs)]
    assert min(gaps) >= 1
    assert gaps[0] < gaps[-1]
    assert len(epochs) <= 40


def test_few_epochs_give_few_moments() -> None:
    assert moments(0, 40) == [0]
    assert moments(3, 40) == [0, 1, 2, 3]


def test_the_file_is_a_gif_that_loops_and_rests_on_its_last_picture() -> None:
    pictures = [Image.new("RGB", (30, 20), (shade, 0, 0)) for shade in (0, 120, 240)]
    gif = Image.open(io.BytesIO(animated(pictures)))
    assert (gif.format, gif.size, getattr(gif, "n_frames", 0), gif.info["loop"]) == ("GIF", (30, 20), 3, 0)
    shades = []
    for index in range(3):
        gif.seek(index)
        shades.append(gif.convert("RGB").getpixel((5, 5)))
    assert [shade[0] for shade in shades] == [0, 120, 240]  # type: ignore[index]
    assert gif.info["duration"] == LAST_MILLISECONDS


def test_one_picture_is_an_animation_too() -> None:
    assert animated([Image.new("RGB", (8, 8))]).startswith(b"GIF89a")
