"""A network's answer over the plane, with its points: the large square of every picture.

Not here: what stands around it (`scene`, `race_scene`), how a shape is drawn (`pen`).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.pictures.palette import Palette, Ramp, Rgb, mix
from app.pictures.pen import Pen, Place
from nncore.contour import zero_set
from nncore.learner import AnyLearner
from nncore.plane import reach

MIDDLE_DEPTH = 0.45
"""The middle of the marks for values, this far from the surface's middle to the ink, as on the page."""


BORDER = 1.6 / 420
"""How broad the line between classes is, as a share of the square's side."""


def draw_answer(
    pen: Pen,
    palette: Palette,
    trainer: AnyLearner,
    maps: dict[str, NDArray[np.floating]],
    at: Place,
    side: float,
    *,
    discrete: bool = False,
    tests: bool = True,
) -> None:
    """What `trainer` gives over the plane (`maps`, as the probe `unit_maps` has them), and its points.

    `discrete`: without shades. Test points are drawn where `tests` says so.
    """
    split, output = trainer.split, maps["output"]
    if split.task == "regression":
        pen.surface(at, side, centred(output[0]), _seen(palette.values(), discrete=discrete))
    else:
        _draw_classes(pen, palette, trainer, maps, at, side, discrete=discrete)
    points = [(*place, False) for place in _places(split.train_x, split.train_y)]
    if tests:
        points += [(*place, True) for place in _places(split.test_x, split.test_y)]
    radius = side * min(0.014, 0.0075 * max(1.0, (500 / len(points)) ** 0.5))
    largest = max([abs(label) for _, _, label, _ in points] + [1e-9])
    end, regression = reach(trainer.config.data.scale), split.task == "regression"
    with pen.within(at, side):
        # Test points first: where they meet, the filled ones lie on top, as on the page.
        for x, y, label, is_test in reversed(points):
            place = (at[0] + side * (1 + x / end) / 2, at[1] + side * (1 - y / end) / 2)
            colour = _value_colour(palette, label / largest) if regression else palette.mark(int(label))
            pen.mark(place, radius, 0 if regression else int(label), colour, hollow=is_test)
    pen.frame(at, side, palette.line)


def _draw_classes(
    pen: Pen,
    palette: Palette,
    trainer: AnyLearner,
    maps: dict[str, NDArray[np.floating]],
    at: Place,
    side: float,
    *,
    discrete: bool,
) -> None:
    """Where classes meet is told by z (K, p, p), as on the page, and always drawn as a line."""
    chances, z = maps["output"], maps["output_z"]
    if len(z) == 1:
        pen.squashed(at, side, z[0], trainer.network.head.predict, _seen(palette.probability(), discrete=discrete))
        pieces = zero_set(z[0])
    else:
        ramps = [_seen(palette.confidence(index), 0, discrete=discrete) for index in range(len(palette.classes))]
        pen.classes(at, side, chances.max(axis=0), z, ramps)
        pieces = np.concatenate([zero_set(ahead) for ahead in _ahead(z)])
    for x0, y0, x1, y1 in (pieces * side).tolist():
        ends = [(at[0] + x0, at[1] + y0), (at[0] + x1, at[1] + y1)]
        pen.line(ends, palette.ink, max(1.0, BORDER * side))


def centred(field: NDArray[np.floating]) -> NDArray[np.floating]:
    """Values as shares from 0 to 1, 0 in the middle, as the page colours them."""
    finite = np.nan_to_num(field, nan=0.0, posinf=1e30, neginf=-1e30).astype(np.float64)
    largest = float(np.abs(finite).max(initial=0.0)) or 1.0
    shares: NDArray[np.floating] = 0.5 + 0.5 * finite / largest
    return shares


def short(value: object) -> str:
    """A loss in few letters."""
    number = float(value)  # type: ignore[arg-type]
    return "-" if not np.isfinite(number) else f"{number:.4f}" if 0.0001 <= abs(number) < 1000 else f"{number:.1e}"


def data_line(trainer: AnyLearner) -> str:
    """What the points are."""
    data = trainer.config.data
    noise = f", noise {data.noise:g}" if data.noise else ""
    return f"{trainer.config.dataset.spec.label}{noise}, {data.count} points"


def _seen(colours: Ramp, middle: int = 128, *, discrete: bool) -> Ramp:
    """The colours as they are, or with no shades but those of the two ends."""
    return colours[np.where(np.arange(256) < middle, 0, 255)] if discrete else colours


def _ahead(z: NDArray[np.floating]) -> Iterator[NDArray[np.floating]]:
    """By how much z (K, p, p) of each class is ahead of the best other one: 0 where two meet.

    Not of the last class, which meets those before.
    """
    for index in range(len(z) - 1):
        yield z[index] - np.delete(z, index, axis=0).max(axis=0)


def _value_colour(palette: Palette, share: float) -> Rgb:
    low, middle, high = palette.marks[0], mix(palette.ends[1], palette.ink, MIDDLE_DEPTH), palette.marks[1]
    return mix(middle, high if share > 0 else low, abs(share))


def _places(x: NDArray[np.floating], y: NDArray[np.floating]) -> list[tuple[float, float, float]]:
    """Points (n, 2) and what they are (n,), as x, y and label each."""
    return [(float(px), float(py), float(label)) for (px, py), label in zip(x, y, strict=True)]
