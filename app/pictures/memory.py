"""A memory as one small picture: the units of a Hopfield network, what a Boltzmann machine mends, arrows among points.

Not here: the same on the page (static/js/memory).
"""

import numpy as np
from PIL import Image, ImageDraw

from app.pictures.palette import Palette, Rgb
from nncore.tape import Array

TILES, GAP = 3, 4
"""Pictures of a Boltzmann machine, each way, and the pixels between them."""

REACH = 1.6
"""Half the width of the plane in which points and arrows are drawn."""


def grid(units: Array, side: int, palette: Palette) -> Image.Image:
    """Units (N,) from 0 to 1, row by row, `side` pixels each way."""
    count = round(units.size**0.5)
    shares = units.reshape(count, count, 1)
    colours = np.array(palette.ground) * (1 - shares) + np.array(palette.classes[1]) * shares
    image = Image.fromarray(np.round(colours).astype(np.uint8), "RGB")
    return image.resize((side, side), Image.Resampling.NEAREST)


def tiles(pictures: Array, side: int, palette: Palette) -> Image.Image:
    """The first pictures (n, N) of units from 0 to 1."""
    image = Image.new("RGB", (side, side), palette.line)
    size = (side - (TILES + 1) * GAP) // TILES
    for place, one in enumerate(pictures[: TILES * TILES]):
        corner = (GAP + place % TILES * (size + GAP), GAP + place // TILES * (size + GAP))
        image.paste(grid(one, size, palette), corner)
    return image


def arrows(x: Array, w: Array, side: int, palette: Palette) -> Image.Image:
    """Points x (n, 2) and arrows w (K, 2) from the middle."""
    image = Image.new("RGB", (side, side), palette.ground)
    draw = ImageDraw.Draw(image)

    def place(point: Array) -> tuple[float, float]:
        return (side / 2 * (1 + point[0] / REACH), side / 2 * (1 - point[1] / REACH))

    for point in x:
        _dot(draw, place(point), 2.5, palette.classes[0])
    for row in w:
        draw.line([place(np.zeros(2)), place(row)], fill=palette.classes[1], width=6)
        _dot(draw, place(row), 8, palette.classes[1])
    return image


def _dot(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float, colour: Rgb) -> None:
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
