"""Numbers over the plane as bytes: what 0 and 255 stand for, answers of classes, points in a window.

Where classes meet is told by z, before any squashing, so that a client can interpolate it and draw the border sharp
at any size. Bytes are spent where a picture shows something: z goes up to the borders and through what is unsure, by an
inverse hyperbolic sine, fine about 0 and coarse far from it; what is beyond is all one number.

Pure, and for whoever paints frames (`frames`, `lens`). Not here: which pictures a frame holds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nncore.pieces import Pieces, whole

TAME = 1e38
"""Pictures are of numbers up to this size, so that their differences are numbers, too; beyond, they are cut."""

SURE = 6.3
"""From here on, a sigmoid is within half a level of 255 of its end; tanh and a margin are so earlier."""

SMALLEST = 1e-3
"""What 255 stands for at least: where every z is 0, it is still a number to divide by."""

FINER = 5.0
"""How many times finer distances are told near 0 than z: several classes often meet where all are about as likely."""

NUMBERS_AT_ONCE = 200_000
"""A large answer of several classes is worked out so many numbers at a time."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]


def quantised(values: Floats, *, each: bool = False) -> tuple[Bytes, NDArray[np.float32]]:
    """`values` (..., p, p) as bytes and the two values (2,) that 0 and 255 stand for; a constant becomes all 0.

    With `each`, every picture along the first axis has two ends of its own: (units, p, p) and (units, 2).
    """
    rows = values.reshape(len(values) if each else 1, -1)
    low, high = rows.min(axis=1, keepdims=True), rows.max(axis=1, keepdims=True)
    if not (low.min() > -TAME and high.max() < TAME):
        # An extreme is NaN where any value is; and the span of numbers this large has to fit into float32.
        rows = _cut(rows)
        low, high = rows.min(axis=1, keepdims=True), rows.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)
    ends = np.concatenate([low, high], axis=1).astype(np.float32, copy=False)
    shares = rows - low
    shares /= span
    return _levels(shares).reshape(values.shape), ends if each else ends[0]


def answer(picture: Floats | None, z: Floats | None, name: str) -> dict[str, NDArray[Any]]:
    """Predictions (K, p, p) and what they are squashed from, `z` (K, p, p), as a frame's arrays.

    `name` is theirs, with what follows a dot kept last: "decision.0" goes with "decision_range.0". A regression has no
    `z`: its values are as they are. Of two classes (K = 1) there is z (`signed`), of more the chance of the likeliest
    and how far every class is behind it (`behind`), as "output_scores". Of two classes, `picture` is not needed.
    """
    return whole(answer_pieces(picture, z, name))


def answer_pieces(picture: Floats | None, z: Floats | None, name: str) -> Pieces[dict[str, NDArray[Any]]]:
    """The same in pieces."""
    stem, dot, layer = name.partition(".")
    ends = f"{stem}_range{dot}{layer}"
    if z is not None and len(z) == 1:
        levels, span = signed(z[0])
        return {name: levels, ends: span}
    assert picture is not None
    if z is None:
        values, span = quantised(picture[0])
        return {name: values, ends: span}
    scores, scores_span = yield from _behind(z)
    # fmax takes the number where the other is none: what is not a number is no chance.
    chances = np.fmin(np.fmax(picture, 0.0), 1.0).max(axis=0)
    return {
        name: _levels(chances),
        ends: np.array([0.0, 1.0], np.float32),
        f"{stem}_scores{dot}{layer}": scores,
        f"{stem}_scores_range{dot}{layer}": scores_span,
    }


def signed(z: Floats) -> tuple[Bytes, NDArray[np.float32]]:
    """z (p, p) as bytes, and the two values (2,) that 0 and 255 stand for, -r and r.

    A byte b stands for sinh((b / 127.5 - 1) asinh r): 128 and more is above 0, 127 and less below. Where z and all its
    neighbours are on one side and beyond SURE, it is -r or r.
    """
    z = _tame(z)
    sides = (z > SURE) + np.uint8(2) * (z < -SURE)
    sure = _among_neighbours(sides, np.bitwise_and) > 0
    unsure = np.where(sure, 0.0, z)
    reach = max(float(unsure.max()), -float(unsure.min()), SMALLEST)
    shares = np.arcsinh(unsure) / np.arcsinh(reach)
    np.copyto(shares, np.sign(z), where=sure)
    # The half that _levels adds is the half that 127.5 lacks.
    shares += 1.0
    shares /= 2.0
    return _levels(shares), np.array([-reach, reach], np.float32)


def behind(z: Floats) -> tuple[Bytes, NDArray[np.float32]]:
    """How far each class' z is behind the largest, (K, p, p), as bytes, and the values of 0 and 255: -r and 0.

    A byte b stands for -sinh((1 - b / 255) asinh 5 r) / 5. At each place 255 is the largest's alone, the first of
    several. Only what is next to a class' own places is told, for only there is a border with it; elsewhere it is -r.
    """
    return whole(_behind(z))


def _behind(z: Floats) -> Pieces[tuple[Bytes, NDArray[np.float32]]]:
    z = _tame(z)
    best = z.max(axis=0)
    largest = z == best
    taken = largest[0].copy()
    for one in largest[1:]:
        np.greater(one, taken, out=one)
        taken |= one
    told, distances = _among_neighbours(largest, np.logical_or), best - z
    yield
    together = max(1, NUMBERS_AT_ONCE // best.size)
    parts = [slice(first, first + together) for first in range(0, len(z), together)]
    reach = SMALLEST
    for part in parts:
        reach = max(reach, float(distances[part][told[part]].max(initial=0.0)))
    levels = np.empty(z.shape, np.uint8)
    for part in parts:
        shares = 1.0 - np.arcsinh(FINER * distances[part]) / np.arcsinh(FINER * reach)
        shares = np.where(told[part], shares, 0.0)
        levels[part] = np.where(largest[part], 255, np.minimum(_levels(shares), 254))
        yield
    return levels, np.array([-reach, 0.0], np.float32)


def _among_neighbours(pictures: NDArray[Any], choose: np.ufunc) -> NDArray[Any]:
    """Of each place of `pictures` (..., p, p) and the up to eight around it, what `choose` takes."""
    rows = pictures.copy()
    choose(rows[..., 1:, :], pictures[..., :-1, :], out=rows[..., 1:, :])
    choose(rows[..., :-1, :], pictures[..., 1:, :], out=rows[..., :-1, :])
    chosen = rows.copy()
    choose(chosen[..., 1:], rows[..., :-1], out=chosen[..., 1:])
    choose(chosen[..., :-1], rows[..., 1:], out=chosen[..., :-1])
    return chosen


def _tame(values: Floats) -> Floats:
    """`values`, cut where they have to be."""
    return values if values.min() > -TAME and values.max() < TAME else _cut(values)


def _cut(values: Floats) -> Floats:
    return np.nan_to_num(values, nan=0.0, posinf=TAME, neginf=-TAME).clip(-TAME, TAME)


def placed(places: Floats, window: Floats) -> Bytes:
    """`places` (2, ...) as the nearest of 256 levels across the `window` (2, 2): each coordinate's low and high end.

    What lies outside is put on the edge, 0 or 255.
    """
    low, high = (window[:, end].reshape(2, *[1] * (places.ndim - 1)) for end in (0, 1))
    return _levels(((places - low) / (high - low)).clip(0.0, 1.0))


def _levels(share: Floats) -> Bytes:
    """Shares from 0 to 1 as the nearest of 256 levels; written over."""
    share *= 255.0
    share += 0.5
    levels: Bytes = share.astype(np.uint8)
    return levels
