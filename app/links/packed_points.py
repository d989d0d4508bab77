"""Points as a short text of letters and digits: every number as it is, to the bit, in as few bits as its column needs.

The text is base64url of these bytes:

    version 1   count n   column x   column y   column label   code of point 1 … code of point n   CRC-16 of all before

A column says how its numbers become whole ones from 0 to size - 1: by so many decimals and the lowest of them, or by a
list of those that there are, where that is shorter. A point's code is (x·size_y + y)·size_label + label, in as many
bits as the largest code takes. Counts are LEB128, signed ones zigzagged. Pure. Not here: what points mean (`nncore`).
"""

import base64
import binascii
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from nncore.errors import InputError
from nncore.sentence import Sentence
from nncore.spec import Points
from nncore.tape import Array

_NOT_PACKED = Sentence("refused.not_packed", "cannot be unpacked as points: the link has been cut short or altered")

VERSION = 1
MOST_DECIMALS = 9
AS_BITS = 15
"""In the place of decimals, where some number has more: each number is then its own 64 bits."""
LISTED = 16
"""Added to the decimals of a column that lists its numbers."""
MOST_COUNT = 1 << 14
"""More points than a link holds: whatever claims more is not unpacked."""
MOST_WHOLE = 1 << 66
KEPT = 16
"""Texts of points that are kept; with 2,000 points each, they and theirs take 6 MB."""


class Column(NamedTuple):
    """Whole number `whole[k]` stands for place k of `size`; divided by ten to the `decimals`, it is the number."""

    decimals: int
    whole: Sequence[int]
    size: int

    def numbers(self, places: Sequence[int]) -> list[float]:
        """The numbers at these places."""
        whole = [self.whole[place] for place in places]
        if self.decimals == AS_BITS:
            return list(map(float, np.array(whole, np.uint64).view(np.float64)))
        # Two whole numbers that a float holds exactly: their quotient is the float nearest to the decimal number.
        return [number / 10**self.decimals for number in whole]


class _Same(NamedTuple):
    """Points that are equal to the very same ones alone: to compare them is not to look at them."""

    points: Points

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.points is other.points

    def __hash__(self) -> int:
        return id(self.points)


def packed(points: Points) -> str:
    """The text of `points`, which `unpacked` reads back exactly.

    Every change of a run is told with its link, and few are of its points: the texts of the last few are kept.
    """
    return _packed(_Same(points))


@lru_cache(KEPT)
def _packed(same: _Same) -> str:
    points = same.points
    numbers = np.fromiter(chain.from_iterable(points), np.float64, 3 * len(points)).reshape(-1, 3).T
    columns = [_written(*_whole(column)) for column in numbers]
    head = bytes([VERSION]) + _count(len(points)) + b"".join(own for own, _, _ in columns)
    places, sizes = [places for _, places, _ in columns], [size for _, _, size in columns]
    body = head + _coded(places, sizes)
    whole = body + binascii.crc_hqx(body, 0).to_bytes(2, "big")
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def unpacked(text: str, path: str) -> list[list[float]]:
    """The points that `packed` wrote; raises InputError at `path` for a text that is none of its own."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        points = _Reader(data).points()
    except (_NotPacked, binascii.Error, ValueError):
        raise InputError(path, _NOT_PACKED) from None
    return points


def _whole(numbers: Array) -> tuple[int, Array]:
    """How many decimals these numbers have at most, and what they are without the point."""
    # Adding 0 makes -0.0 the same as 0.0: they are equal.
    numbers = numbers + 0.0
    for decimals in range(MOST_DECIMALS + 1):
        whole = np.rint(numbers * 10**decimals)
        if np.array_equal(whole / 10**decimals, numbers):
            return decimals, whole.astype(np.int64)
    return AS_BITS, numbers.view(np.uint64)


def _coded(places: Sequence[Array], sizes: Sequence[int]) -> bytes:
    """The codes of all points, each in as many bits as the largest takes, with zeros behind them to fill a byte."""
    width = _code_width(sizes)
    if width == 0:
        return b""
    if width < 63:
        x, y, label = (column.astype(np.int64) for column in places)
        codes = ((x * sizes[1] + y) * sizes[2] + label).astype(">i8").tobytes()
        length = 8
    else:
        # More than a whole number of NumPy's holds: Python's own.
        length = -(-width // 8)
        each = zip(*(column.tolist() for column in places), strict=True)
        codes = b"".join([((x * sizes[1] + y) * sizes[2] + label).to_bytes(length, "big") for x, y, label in each])
    bits = np.unpackbits(np.frombuffer(codes, np.uint8).reshape(-1, length), axis=1)
    return np.packbits(bits[:, 8 * length - width :]).tobytes()


def _written(decimals: int, whole: Array) -> tuple[bytes, Array, int]:
    """A column's own bytes, the place of each of its numbers, and how many places there are: the shorter way."""
    found, places = np.unique(whole, return_inverse=True)
    low, size = int(found[0]), int(found[-1]) - int(found[0]) + 1
    ranged = bytes([decimals]) + _count(_zigzag(low)) + _count(size)
    listed = bytes([decimals + LISTED]) + _count(_zigzag(low)) + _count(len(found))
    gaps = np.diff(found)
    length = len(listed) + _count_bytes(gaps)
    spared = len(whole) * (size.bit_length() - len(found).bit_length()) / 8
    if length >= len(ranged) + spared:
        return ranged, whole - whole.dtype.type(low), size
    return listed + b"".join(map(_count, gaps.tolist())), places, len(found)


class _NotPacked(Exception):
    """These bytes are not what `packed` writes."""


class _Reader:
    """Bytes that claim to be packed points, read from the front. Raises _NotPacked."""

    def __init__(self, data: bytes) -> None:
        body, check = data[:-2], data[-2:]
        _require(len(check) == 2 and binascii.crc_hqx(body, 0) == int.from_bytes(check, "big"))
        self._data, self._at = body, 0

    def points(self) -> list[list[float]]:
        """All of them."""
        _require(self._byte() == VERSION)
        count = self._count(MOST_COUNT)
        columns = [self._column() for _ in range(3)]
        codes = self._codes(count, _code_width([column.size for column in columns]))
        numbers = []
        for column in reversed(columns):
            numbers.append(column.numbers([code % column.size for code in codes]))
            codes = [code // column.size for code in codes]
        _require(not any(codes))
        return [[x, y, label] for label, y, x in zip(*numbers, strict=True)]

    def _column(self) -> Column:
        kind = self._byte()
        decimals, listed = kind % LISTED, kind >= LISTED
        _require(kind < 2 * LISTED and (decimals <= MOST_DECIMALS or decimals == AS_BITS))
        low, size = _unzigzag(self._count()), self._count()
        _require(size > 0)
        whole: Sequence[int] = range(low, low + size)
        if listed:
            _require(size <= MOST_COUNT)
            whole = [low]
            for _ in range(size - 1):
                whole.append(whole[-1] + self._count())
        if decimals == AS_BITS:
            _require(whole[0] >= 0 and low + size <= 1 << 64 and whole[-1] < 1 << 64)
        return Column(decimals, whole, size)

    def _codes(self, count: int, width: int) -> list[int]:
        """The rest of the bytes: as many codes, and nothing behind them."""
        rest = self._data[self._at :]
        _require(len(rest) == -(-count * width // 8))
        if width == 0:
            return [0] * count
        bits = f"{int.from_bytes(rest, 'big'):0{8 * len(rest)}b}"
        _require("1" not in bits[count * width :])
        return [int(bits[start : start + width], 2) for start in range(0, count * width, width)]

    def _byte(self) -> int:
        _require(self._at < len(self._data))
        self._at += 1
        return self._data[self._at - 1]

    def _count(self, most: int = MOST_WHOLE) -> int:
        number = shift = 0
        while (byte := self._byte()) >= 128:
            number |= (byte - 128) << shift
            shift += 7
            _require(1 << shift <= 2 * MOST_WHOLE)
        number |= byte << shift
        _require(number <= most)
        return number


def _require(true: bool) -> None:
    if not true:
        raise _NotPacked


def _count(number: int) -> bytes:
    """LEB128: seven bits a byte, the lowest first, and the eighth says that more follow."""
    out = bytearray()
    while number >= 128:
        out.append(number % 128 + 128)
        number //= 128
    return bytes([*out, number])


def _count_bytes(numbers: Array) -> int:
    """How many bytes `_count` makes of all these."""
    return int(sum((numbers >= 1 << bits).sum() for bits in range(7, 64, 7))) + len(numbers)


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2


def _code_width(sizes: Sequence[int]) -> int:
    """Bits of the largest code."""
    return (sizes[0] * sizes[1] * sizes[2] - 1).bit_length()
