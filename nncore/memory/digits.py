"""Handwritten digits, 8 by 8 pixels that are on or off, for a machine to learn and to dream of.

Of *Optical Recognition of Handwritten Digits* (E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, CC BY
4.0), as scikit-learn ships them; docs/make_digits.py says how the file was made.
"""

import lzma
from functools import cache
from pathlib import Path

import numpy as np

from nncore.tape import Array

SIDE = 8

_FILE = Path(__file__).with_name("digits.bin.xz")


@cache
def digits() -> Array:
    """(1797, 64), 0 or 1, row by row from the top; the same array each time, not to be written to."""
    bits = np.unpackbits(np.frombuffer(lzma.decompress(_FILE.read_bytes()), np.uint8))
    images = bits.reshape(-1, SIDE * SIDE).astype(np.float64)
    images.flags.writeable = False
    return images
