"""Makes nncore/memory/digits.bin.xz of the handwritten digits that scikit-learn ships: `python -m docs.make_digits`.

Each of the 1797 images, 8 by 8 pixels of 0 to 16, becomes 64 bits: on from 8. They are the test part of *Optical
Recognition of Handwritten Digits* (E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, CC BY 4.0), as
scikit-learn (BSD-3-Clause) has it. The file is in the repository: neither is needed to run anything.
"""

import lzma
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

TARGET = Path(__file__).resolve().parents[1] / "nncore" / "memory" / "digits.bin.xz"

ON = 8
"""Of 16 shades, from this one on."""


def packed() -> bytes:
    """The images one behind the other, a bit a pixel, row by row."""
    return np.packbits(load_digits().data >= ON).tobytes()


if __name__ == "__main__":
    TARGET.write_bytes(lzma.compress(packed(), preset=9 | lzma.PRESET_EXTREME))
