"""Named arrays as the bytes of a safetensors file: a header in JSON, then the arrays one after the other.

The public library writes the same bytes in four times as long, which counts where it is done ten times a second for
every session. What is written seldom (checkpoints, exports) is left to it, and so is all reading.
"""

import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

_NAMES: dict[str, str] = {
    np.dtype(kind).char: name for name, kind in {"U8": "u1", "I32": "i4", "U16": "u2", "F32": "f4", "F64": "f8"}.items()
}
"""The format's names of what messages hold, by NumPy's letter."""

_ALIGNED = 8
"""The header is filled up with blanks to a multiple of so many bytes, and the widest numbers come first."""

_Shape = tuple[str, str, tuple[int, ...]]


def serialized(arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """The file that holds `arrays` by name, and `metadata` in its header. KeyError for other types of numbers."""
    order, entries = _layout(tuple((name, array.dtype.char, array.shape) for name, array in arrays.items()))
    header = b'{"__metadata__":' + to_json(metadata) + entries + b"}"
    header += b" " * (-len(header) % _ALIGNED)
    return b"".join([len(header).to_bytes(8, "little"), header, *(_bytes(arrays[name]) for name in order)])


@lru_cache(maxsize=512)
def _layout(shapes: tuple[_Shape, ...]) -> tuple[tuple[str, ...], bytes]:
    """In which order the arrays lie, and what the header says of them. One run's frames have a handful of layouts."""
    order, entries, start = [], [], 0
    for name, letter, shape in sorted(shapes, key=lambda one: (-np.dtype(one[1]).itemsize, one[0])):
        stop = start + int(np.prod(shape, dtype=np.int64)) * np.dtype(letter).itemsize
        entry = {"dtype": _NAMES[letter], "shape": shape, "data_offsets": (start, stop)}
        entries.append(b"," + to_json(name) + b":" + to_json(entry))
        order.append(name)
        start = stop
    return tuple(order), b"".join(entries)


def _bytes(array: NDArray[Any]) -> bytes:
    return (array if sys.byteorder == "little" else array.byteswap()).tobytes()
