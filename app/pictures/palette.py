"""The page's colours for the server's pictures, read from the page's own tokens: there is no second list.

What is made of a colour (mixing, the ramps of 256) follows static/js/draw/colour.js and static/js/widgets/theme.js.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.links.race_link import LANES
from app.paths import COLOURS

Rgb = tuple[int, int, int]
Ramp = NDArray[np.uint8]
"""256 colours: (256, 3)."""
ThemeName = Literal["light", "dark"]

_TOKEN = re.compile(r"(?<![\w-])--([\w-]+):\s*#([0-9a-fA-F]{6})\b")
_OTHERS = ":root[data-palette="
"""Where a sheet goes on with other palettes than the first, which is the one that pictures have."""


@dataclass(frozen=True)
class Palette:
    """Every colour that a picture needs."""

    ground: Rgb
    ink: Rgb
    soft: Rgb
    line: Rgb
    train: Rgb
    test: Rgb
    edge_low: Rgb
    edge_both: Rgb
    edge_high: Rgb
    classes: tuple[Rgb, ...]
    marks: tuple[Rgb, ...]
    lanes: tuple[Rgb, ...]
    """Of a race, from a to f."""
    ends: tuple[Rgb, Rgb, Rgb]
    """Of a surface of values: low, middle, high."""

    def values(self) -> Ramp:
        """For surfaces whose middle is 0."""
        return ramp(self.ends)

    def probability(self) -> Ramp:
        """From class 0 to class 1."""
        return ramp((self.classes[0], self.ends[1], self.classes[1]))

    def confidence(self, target: int) -> Ramp:
        """From unsure to sure of class `target`."""
        return ramp((self.ends[1], self.classes[target % len(self.classes)]))

    def edge(self, leaning: float) -> Rgb:
        """Of an edge whose slopes all point down (-1), up (1), or both ways (0)."""
        return mix(self.edge_both, self.edge_low if leaning < 0 else self.edge_high, abs(leaning))

    def mark(self, target: int) -> Rgb:
        """Of a point of class `target`."""
        return self.marks[target % len(self.marks)]


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour that lies `share` (0 to 1) of the way from a to b."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(a, b, strict=True))
    return red, green, blue


def ramp(stops: tuple[Rgb, ...]) -> Ramp:
    """256 colours through evenly spaced stops."""
    places = np.linspace(0.0, len(stops) - 1.0, 256)
    parts = [np.interp(places, np.arange(len(stops)), part) for part in zip(*stops, strict=True)]
    return np.stack(parts, axis=1).round().astype(np.uint8)


@lru_cache(maxsize=8)
def read_palette(theme: ThemeName = "light") -> Palette:
    """The palette of the page's light or dark theme, from its style sheets."""
    tokens: dict[str, str] = {}
    for sheet in ("tokens", "dark") if theme == "dark" else ("tokens",):
        text = (COLOURS / f"{sheet}.css").read_text(encoding="utf-8")
        tokens |= _TOKEN.findall(text.partition(_OTHERS)[0])

    light, dark, _ = (COLOURS / "lanes.css").read_text(encoding="utf-8").split(":root", 3)[1:]
    tokens |= _TOKEN.findall(dark if theme == "dark" else light)

    def colour(name: str) -> Rgb:
        value = int(tokens[name], 16)
        return value >> 16, value >> 8 & 255, value & 255

    def numbered(name: str) -> tuple[Rgb, ...]:
        count = sum(token.startswith(f"{name}-") for token in tokens)
        return tuple(colour(f"{name}-{index}") for index in range(count))

    return Palette(
        ground=colour("ground"),
        ink=colour("ink"),
        soft=colour("ink-soft"),
        line=colour("line"),
        train=colour("train"),
        test=colour("test"),
        edge_low=colour("edge-low"),
        edge_both=colour("edge-both"),
        edge_high=colour("edge-high"),
        classes=numbered("class"),
        marks=numbered("mark"),
        lanes=tuple(colour(f"lane-{name}") for name in LANES),
        ends=(colour("low"), colour("middle"), colour("high")),
    )
