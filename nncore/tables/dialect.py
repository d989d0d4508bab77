"""What stands between the cells of a table of text, and which of its lines are comments.

    find_dialect(text)      Dialect(separator=";", ...)

Decided by what the separator makes of many lines: the same number of cells in nearly all of them, and columns of
numbers. Not here: the reading itself (`delimited`).
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from nncore.tables.notation import kind_of

SEPARATORS = (";", "\t", ",", "|", "，", "；")
"""By preference: a comma may stand inside a number, those before it may not; Chinese keyboards have the last."""
BLANKS = " "
"""Any run of blanks and tabs."""

COMMENTS = ("#", "%")
LOOKED_AT = 60
"""Lines by which a separator is chosen."""
LONGEST_LOOK = 20_000
"""Characters of these."""

_SEP_LINE = re.compile(r'"?sep=(\\t|.)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """`separator` is one character, BLANKS for runs of them, or empty where there is one column. `first` is the line
    where the table begins, `comments` whether lines that begin with # or % are none of its rows.
    """

    separator: str
    first: int = 1
    comments: bool = True


def find_dialect(text: str) -> Dialect:
    """The dialect of `text`."""
    first, _, rest = text.partition("\n")
    named = _SEP_LINE.fullmatch(first.rstrip("\r"))
    start = 2 if named else 1
    lines = [line for line in _head(rest if named else text) if line.strip()]
    told = sum(line.lstrip().startswith(COMMENTS) for line in lines)
    comments = 2 * told <= len(lines)
    body = [line for line in lines if not (comments and line.lstrip().startswith(COMMENTS))]
    if named:
        return Dialect(named[1].replace("\\t", "\t"), start, comments)
    return Dialect(_separator(body), start, comments)


def _head(text: str) -> list[str]:
    head = text[:LONGEST_LOOK]
    lines = re.split(r"\r\n|\n|\r", head)
    # The last one may be cut in the middle.
    return (lines[:-1] if len(text) > LONGEST_LOOK and len(lines) > 1 else lines)[:LOOKED_AT]


def _separator(lines: list[str]) -> str:
    scores = {separator: _score(lines, separator) for separator in (*SEPARATORS, BLANKS)}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > (0, 0, 0, 0) else ","


def _score(lines: list[str], separator: str) -> tuple[int, int, int, int]:
    """Whether it makes the two columns of numbers that a table needs, how alike it cuts the lines, how many columns of
    numbers there are (up to two), whether it makes three of any kind.
    """
    rows = _cut(lines, separator)
    counts = Counter(map(len, rows))
    if not counts:
        return 0, 0, 0, 0
    width, often = counts.most_common(1)[0]
    if width < 2:
        return 0, 0, 0, 0
    alike = 3 if often == len(rows) else 2 if often >= 0.9 * len(rows) else 1 if often >= 0.5 * len(rows) else 0
    regular = [row for row in rows if len(row) == width]
    below = regular[1:] or regular
    numbers = sum(_is_numeric([row[column] for row in below]) for column in range(min(width, 50)))
    return int(numbers >= 2), alike, min(numbers, 2), int(width >= 3)


def _is_numeric(cells: list[str]) -> bool:
    return 2 * sum(kind_of(cell) != "none" for cell in cells) > len(cells)


def _cut(lines: list[str], separator: str) -> list[list[str]]:
    if separator == BLANKS:
        return [line.split() for line in lines]
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return []
    return [_trimmed([cell.strip() for cell in row]) for row in rows if any(map(str.strip, row))]


def _trimmed(cells: list[str]) -> list[str]:
    while len(cells) > 3 and not cells[-1]:
        cells.pop()
    return cells
