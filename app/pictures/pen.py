"""Drawing on a canvas that is twice as large as the picture: Pillow's lines are jagged, and shrinking smooths them.

All places and sizes are in pixels of the finished picture. Knows shapes and text, nothing of networks (`scene`).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.pictures.palette import Ramp, Rgb, mix

FINER = 2
"""Pixels of the canvas for one of the picture, each way."""

LARGEST = 1e30
"""Numbers beyond it could not be smoothed."""

Place = tuple[float, float]

_CORNERS = {
    "diamond": (4, 1.25, 0.0),
    "triangle": (3, 1.4, -math.pi / 2),
    "square": (4, 1.25, math.pi / 4),
    "wedge": (3, 1.4, math.pi / 2),
}
SHAPES = ("circle", "diamond", "triangle", "square", "cross", "wedge", "times", "bar")
"""Of class 0, 1, 2 ... as in static/js/draw/points.js."""


@lru_cache(maxsize=32)
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(pixels)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


class Pen:
    """A canvas of one colour to draw on."""

    def __init__(self, width: int, height: int, ground: Rgb) -> None:
        self.size = (width, height)
        self.ground = ground
        self._canvas = Image.new("RGB", (FINER * width, FINER * height), ground)
        self._draw = ImageDraw.Draw(self._canvas)

    def finish(self) -> Image.Image:
        """The picture."""
        return self._canvas.resize(self.size, Image.Resampling.BOX)

    def surface(self, at: Place, side: float, field: NDArray[np.floating], colours: Ramp) -> None:
        """A square field of shares (p, p), 0 to 1, from the top left corner `at`; values are smoothed, not colours."""
        self._paste(at, side, colours[_levels(field, round(FINER * side))])

    def squashed(
        self,
        at: Place,
        side: float,
        z: NDArray[np.floating],
        squash: Callable[[NDArray[np.floating]], NDArray[np.floating]],
        colours: Ramp,
    ) -> None:
        """A square field z (p, p) that is smoothed before it becomes shares, by `squash`: so its border stays sharp."""
        shares = squash(_smoothed(z, round(FINER * side))[None])[0]
        self._paste(at, side, colours[_bytes(np.clip(shares, 0.0, 1.0))])

    def classes(
        self, at: Place, side: float, chances: NDArray[np.floating], z: NDArray[np.floating], ramps: Sequence[Ramp]
    ) -> None:
        """The class of the largest z (K, p, p), once smoothed, chooses the colour, the chance (p, p) the strength."""
        pixels = round(FINER * side)
        winner = np.stack([_smoothed(one, pixels) for one in z]).argmax(axis=0)
        self._paste(at, side, np.stack(ramps)[winner % len(ramps), _levels(chances, pixels)])

    def frame(self, at: Place, side: float, colour: Rgb) -> None:
        """A thin line around a square."""
        x, y = self._scaled(at)
        self._draw.rectangle((x, y, x + FINER * side - 1, y + FINER * side - 1), outline=colour, width=FINER)

    @contextmanager
    def within(self, at: Place, side: float) -> Iterator[None]:
        """What is drawn meanwhile is cut off at the edges of a square."""
        before = self._canvas.copy()
        yield
        left, top = (round(place) for place in self._scaled(at))
        inside = self._canvas.crop((left, top, left + round(FINER * side), top + round(FINER * side)))
        self._canvas.paste(before)
        self._canvas.paste(inside, (left, top))

    def curve(self, start: Place, end: Place, colour: Rgb, width: float, strength: float) -> None:
        """An edge: level where it leaves and where it arrives; `strength` (0 to 1) fades it into the ground."""
        share = np.linspace(0.0, 1.0, 25)
        x = start[0] + (end[0] - start[0]) * (1.5 * share * (1 - share) + share**3 + 1.5 * share**2 * (1 - share))
        y = start[1] + (end[1] - start[1]) * (3 * share**2 - 2 * share**3)
        points = [self._scaled((float(px), float(py))) for px, py in zip(x, y, strict=True)]
        self._draw.line(points, mix(self.ground, colour, strength), max(1, round(FINER * width)), joint="curve")

    def line(self, points: Sequence[Place], colour: Rgb, width: float) -> None:
        """Straight from each place to the next."""
        if len(points) > 1:
            self._draw.line(list(map(self._scaled, points)), colour, max(1, round(FINER * width)), joint="curve")

    def mark(self, at: Place, radius: float, target: int, colour: Rgb, *, hollow: bool) -> None:
        """A data point: its shape tells the class, filled or hollow whether it is for training or for test."""
        shape = SHAPES[target % len(SHAPES)]
        halo = radius * (1.65 if hollow else 1.45)
        self._shape(shape, at, halo, self.ground)
        self._shape(shape, at, radius * 1.28 if hollow else radius, colour)
        if hollow:
            self._shape(shape, at, radius * 0.72, self.ground)

    def text(self, at: Place, text: str, pixels: float, colour: Rgb, anchor: str = "ls") -> None:
        """A line of text; `anchor` as Pillow has it: l, m or r, and s for its base line."""
        self._draw.text(self._scaled(at), text, colour, _font(round(FINER * pixels)), anchor)

    def width_of(self, text: str, pixels: float) -> float:
        """How long a line of text becomes."""
        return self._draw.textlength(text, _font(round(FINER * pixels))) / FINER

    def _shape(self, shape: str, at: Place, radius: float, colour: Rgb) -> None:
        x, y = self._scaled(at)
        r = FINER * radius
        if shape == "circle":
            self._draw.ellipse((x - r, y - r, x + r, y + r), colour)
        elif shape in ("cross", "times"):
            arm, reach, turn = 0.48 * r, 1.2 * r, 0.0 if shape == "cross" else math.pi / 4
            self._draw.polygon(_bar((x, y), reach, arm, turn), colour)
            self._draw.polygon(_bar((x, y), reach, arm, turn + math.pi / 2), colour)
        elif shape == "bar":
            self._draw.polygon(_bar((x, y), 1.45 * r, 0.6 * r, 0.0), colour)
        else:
            count, factor, turn = _CORNERS[shape]
            angles = [turn + 2 * math.pi * corner / count for corner in range(count)]
            self._draw.polygon([(x + factor * r * math.cos(a), y + factor * r * math.sin(a)) for a in angles], colour)

    def _paste(self, at: Place, side: float, pixels: NDArray[np.uint8]) -> None:
        x, y = self._scaled(at)
        self._canvas.paste(Image.fromarray(pixels), (round(x), round(y)))

    def _scaled(self, place: Place) -> Place:
        return FINER * place[0], FINER * place[1]


def _bar(at: Place, along: float, across: float, turn: float) -> list[Place]:
    """The corners of a bar, half of whose sides are `along` and `across`, turned by `turn`."""
    cos, sin = math.cos(turn), math.sin(turn)
    corners = ((-along, -across), (along, -across), (along, across), (-along, across))
    return [(at[0] + u * cos - v * sin, at[1] + u * sin + v * cos) for u, v in corners]


def _levels(field: NDArray[np.floating], pixels: int) -> NDArray[np.uint8]:
    """Shares (p, p) as bytes (pixels, pixels), the values in between interpolated."""
    shares = np.nan_to_num(field.astype(np.float32), nan=0.5, posinf=1.0, neginf=0.0).clip(0.0, 1.0)
    return _bytes(_smoothed(shares, pixels))


def _smoothed(field: NDArray[np.floating], pixels: int) -> NDArray[np.float32]:
    """Numbers (p, p) at (pixels, pixels) places, the values in between interpolated. What is none counts as 0."""
    numbers = np.nan_to_num(field.astype(np.float32), nan=0.0, posinf=LARGEST, neginf=-LARGEST)
    return np.array(
        Image.fromarray(numbers.clip(-LARGEST, LARGEST)).resize((pixels, pixels), Image.Resampling.BILINEAR)
    )


def _bytes(shares: NDArray[np.float32]) -> NDArray[np.uint8]:
    return (shares * 255.0 + 0.5).astype(np.uint8)
