"""A training run as an animated GIF, for slides that take pictures and no frames.

Moments lie close together at first, when much happens, and further apart later. Not here: one picture (`scene`).
"""

import io
from collections.abc import Iterable

from PIL import Image

MOMENT_MILLISECONDS = 120
LAST_MILLISECONDS = 2500
"""How long the trained network stands before it starts again."""

COLOURS = 128


def moments(epochs: int, count: int) -> list[int]:
    """Up to `count` epochs from 0 to `epochs`, each once, their distances growing."""
    return sorted({round(epochs * (index / max(1, count - 1)) ** 2) for index in range(count)})


def animated(pictures: Iterable[Image.Image]) -> bytes:
    """The GIF of `pictures`, which loops for ever. One palette for all: colours of their own would flicker."""
    frames = list(pictures)
    palette = _together(frames).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [MOMENT_MILLISECONDS] * (len(frames) - 1) + [LAST_MILLISECONDS]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=False)
    return out.getvalue()


def _together(frames: list[Image.Image]) -> Image.Image:
    """The first, the middle and the last picture in one: what a palette for all has to know."""
    width, height = frames[0].size
    strip = Image.new("RGB", (width, 3 * height))
    for row, frame in enumerate((frames[0], frames[len(frames) // 2], frames[-1])):
        strip.paste(frame, (0, row * height))
    return strip
