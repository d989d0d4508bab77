"""LIBSVM's format: a label, then index:value for every feature that is not 0.

    +1 1:0.7 2:-0.3

Not here: what the labels mean (`columns`).
"""

import re

from nncore.errors import OutOfRange, WrongType, shown
from nncore.sentence import Sentence
from nncore.tables.columns import MOST_COLUMNS
from nncore.tables.grid import Grid, Room, Row, lines_of

_NO_PAIR = Sentence("refused.libsvm_pair", "must be a label, then pairs such as 2:0.5, not {value}")
_WIDE = Sentence("refused.libsvm_index", "has an index of {value}; it must be from 0 to {high}")

_LINE = re.compile(r"\S+(?:\s+qid:\d+)?(?:\s+\d{1,9}:\S+)+")
_PAIR = re.compile(r"(\d{1,9}):(\S+)")
LOOKED_AT = 20
"""Lines by which the format is told."""


def is_libsvm(text: str) -> bool:
    """Whether all of the first lines are a label and pairs."""
    lines = [bare for line in text[:20_000].splitlines()[:LOOKED_AT] if (bare := line.partition("#")[0].strip())]
    return bool(lines) and _LINE.fullmatch(lines[0]) is not None and all(":" in line for line in lines[1:-1])


def read_libsvm(text: str) -> Grid:
    """The rows of `text`: the label first, then a column for each index; what is not there is 0."""
    given: list[tuple[int, str, dict[int, str]]] = []
    room = Room()
    for number, line in lines_of(text):
        parts = line.partition("#")[0].split()
        if parts:
            room.take(number, len(parts))
            given.append((number, parts[0], _pairs(parts[1:], number)))
    indexes = sorted({index for _, _, pairs in given for index in pairs})
    first, last = min([*indexes, 1]), max([*indexes, 1])
    columns, room = range(first, last + 1), Room()
    rows = []
    for number, label, pairs in given:
        room.take(number, 1 + len(columns))
        rows.append(Row(number, (label, *(pairs.get(index, "0") for index in columns))))
    names = ("label", *(f"x{index}" for index in columns))
    return Grid("libsvm", tuple(rows), names, " ", ".", label=0)


def _pairs(parts: list[str], number: int) -> dict[int, str]:
    pairs: dict[int, str] = {}
    for part in parts:
        if part.startswith("qid:"):
            continue
        found = _PAIR.fullmatch(part)
        if not found or int(found[1]) in pairs:
            raise WrongType(f"line {number}", _NO_PAIR, value=shown(part))
        if int(found[1]) >= MOST_COLUMNS:
            raise OutOfRange(f"line {number}", _WIDE, value=int(found[1]), high=MOST_COLUMNS - 1)
        pairs[int(found[1])] = found[2]
    return pairs
