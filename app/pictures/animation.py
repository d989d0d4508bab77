"""A training run as an animated GIF, for slides that take pictures and no frames.

Moments lie close together at first, when much happens, and further apart later. Not here: one picture (`scene`).
"""

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image

MOMENT_MILLISECONDS = 120
LAST_MILLISECONDS = 2500
"""How long the trained network stands before it starts again."""

COLOURS = 128


def moments(epochs: int, count: int) -> list[int]:
    """Up to `count` epochs from 0 to `epochs`, each once, their distances growing."""
    return sorted({round(epochs * (index / max(1, count - 1)) ** 2) for index in range(count)})


def animated(pictures: Iterable[Image.Image]) -> bytes:
    """The GIF of `pictures`, which loops for ever. One palette for all: colours of their own would flicker.

    The palette is known when the last picture is; until then the pictures wait packed, a tenth of their size.
    """
    frames = [_Packed.of(picture) for picture in pictures]
    palette = _together(frames).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    durations = [MOMENT_MILLISECONDS] * (len(frames) - 1) + [LAST_MILLISECONDS]
    out = io.BytesIO()
    rest = (_reduced(frame, palette) for frame in frames[1:])
    _reduced(frames[0], palette).save(
        out, "GIF", save_all=True, append_images=rest, duration=durations, loop=0, optimize=False
    )
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Packed:
    """A picture that waits for the palette."""

    size: tuple[int, int]
    pixels: bytes

    @classmethod
    def of(cls, picture: Image.Image) -> "_Packed":
        return cls(picture.size, zlib.compress(picture.tobytes(), 1))

    def open(self) -> Image.Image:
        return Image.frombytes("RGB", self.size, zlib.decompress(self.pixels))


def _reduced(frame: _Packed, palette: Image.Image) -> Image.Image:
    return frame.open().quantize(palette=palette, dither=Image.Dither.NONE)


def _together(frames: Sequence[_Packed]) -> Image.Image:
    """The first, the middle and the last picture in one: what a palette for all has to know."""
    width, height = frames[0].size
    strip = Image.new("RGB", (width, 3 * height))
    for row, frame in enumerate((frames[0], frames[len(frames) // 2], frames[-1])):
        strip.paste(frame.open(), (0, row * height))
    return strip
