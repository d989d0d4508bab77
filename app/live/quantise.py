"""Numbers over the plane as bytes: what 0 and 255 stand for, chances of classes, points in a window.

Pure, and for whoever paints frames (`frames`, `lens`). Not here: which pictures a frame holds.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

TAME = 1e38
"""Pictures are of numbers up to this size, so that their differences are numbers, too; beyond, they are cut."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]


def quantised(values: Floats, *, each: bool = False) -> tuple[Bytes, NDArray[np.float32]]:
    """`values` (..., p, p) as bytes and the two values (2,) that 0 and 255 stand for; a constant becomes all 0.

    With `each`, every picture along the first axis has two ends of its own: (units, p, p) and (units, 2).
    """
    axes = (-2, -1) if each else None
    low = values.min(axis=axes, keepdims=True)
    high = values.max(axis=axes, keepdims=True)
    if not max(abs(low).max(), abs(high).max()) < TAME:
        # A maximum is NaN where any value is; and the span of numbers this large has to fit into float32.
        values = np.nan_to_num(values, nan=0.0, posinf=TAME, neginf=-TAME).clip(-TAME, TAME)
        low = values.min(axis=axes, keepdims=True)
        high = values.max(axis=axes, keepdims=True)
    span = np.where(high > low, high - low, 1.0)
    ends = np.concatenate([low.reshape(-1, 1), high.reshape(-1, 1)], axis=1).astype(np.float32)
    shares = values - low
    shares /= span
    return _levels(shares), ends if each else ends[0]


def answer(picture: Floats, task: str) -> tuple[Bytes, NDArray[np.float32]]:
    """Predictions (K, p, p) as bytes, and the two values that 0 and 255 stand for.

    Of two classes (K = 1) it is the chance of class 1, of more that of the likeliest, of regression the value.
    """
    if task == "regression":
        return quantised(picture[0])
    ends = np.array([0.0, 1.0], np.float32)
    # fmax takes the number where the other is none: what is not a number is no chance.
    chances = np.fmin(np.fmax(picture, 0.0), 1.0)
    return _levels(chances.max(axis=0)), ends


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
