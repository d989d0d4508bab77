"""What a format reader hands on: rows of cells as text, each with the line where it stands, nothing decided yet.

Not here: what a cell means (`notation`, `columns`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from nncore.errors import OutOfRange
from nncore.sentence import Said, Sentence

ODD_CELLS = Sentence(
    "refused.odd_cells", "must have {count} {count:cell|cells} like the rest of the table, not {value}"
)
NO_CSV = Sentence("refused.no_csv", "is not a valid CSV row: {reason}")
_TOO_MANY_ROWS = Sentence(
    "refused.table_rows", "is one row too many; a table can have at most {high}: remove some or draw a sample first"
)
_TOO_MANY_CELLS = Sentence(
    "refused.table_cells", "takes the table past {high} cells, the most that can be read; remove some columns or rows"
)

Form = Literal["delimited", "blanks", "arff", "libsvm", "json", "json_lines", "xlsx"]

MOST_ROWS = 100_000
MOST_CELLS = 500_000
"""What one table may hold: work is bounded by counts, never by a clock."""
MOST_LINES = 10 * MOST_ROWS
"""Blank ones and comments among them."""


class Row(NamedTuple):
    """One row as it stands in the table: `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table as its format has it. `names` is None where the first row may be a header and nobody knows yet.

    `decimal` is the mark that the format itself prescribes; `separator` what stood between cells. `label` is the column
    that the format calls the label. `place` is what a row is counted in.
    """

    form: Form
    rows: tuple[Row, ...]
    names: tuple[str, ...] | None = None
    separator: str = ""
    decimal: Literal["", ".", ","] = ""
    label: int | None = None
    index: bool = False
    """Whether the first column is known to count or to name the rows."""
    place: Literal["line", "row"] = "line"
    notes: tuple[Said, ...] = ()
    declared: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Of columns that may hold certain values alone, as the format says before the rows: these."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.names) if self.names is not None else len(self.rows[0].cells) if self.rows else 0


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Every line of `text` by its number, with its end; one at a time, as a table may have a million of them."""
    for number, found in enumerate(_LINE.finditer(text), 1):
        if number > MOST_LINES:
            raise OutOfRange(f"line {number}", _TOO_MANY_ROWS, high=MOST_ROWS)
        yield number, found[0]


class Room:
    """Counts rows and cells while a table is read, so that one too large is refused as soon as it shows."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def take(self, line: int, cells: int) -> None:
        """One more row; raises OutOfRange beyond what a table may hold."""
        self.rows += 1
        self.cells += cells
        if self.rows > MOST_ROWS:
            raise OutOfRange(f"line {line}", _TOO_MANY_ROWS, high=MOST_ROWS)
        if self.cells > MOST_CELLS:
            raise OutOfRange(f"line {line}", _TOO_MANY_CELLS, high=MOST_CELLS)
