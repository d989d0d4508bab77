"""Four simple figures, as patterns of any size: what a memory begins with before its reader has drawn anything.

About half of each one's units are on, and no two are much alike, which Hebb's rule asks for. Pure.
"""

import numpy as np

from nncore.tape import Array


def glyphs(side: int) -> Array:
    """(4, side²): a ring, a cross, a heart and bars, +1 where there is ink, row by row from the top."""
    axis = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = np.tile(axis, side), -np.repeat(axis, side)
    r = np.hypot(x, y)
    ring = (r > 0.36) & (r < 0.93)
    cross = np.abs(np.abs(x) - np.abs(y)) < 0.36
    # The well-known sextic curve, a little wider than high.
    u, v = 1.16 * x, 1.2 * y + 0.14
    heart = (u * u + v * v - 1) ** 3 - u * u * v**3 < 0
    bars = np.tile(np.arange(side) // max(1, round(side / 5)) % 2 == 0, side)
    return np.where([ring, cross, heart, bars], 1.0, -1.0)
