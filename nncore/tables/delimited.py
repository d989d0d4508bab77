"""Tables of text with something between their cells: CSV, TSV, semicolons, bars, or blanks.

Blank lines, a byte order mark and quotes as the csv module reads them are fine; lines that begin with # or % are
comments, and the last one before the rows is a header if it names every column. Not here: which separator it is
(`dialect`), whether the first row is a header (`columns`).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from nncore.errors import InputError, OutOfRange, WrongType
from nncore.sentence import Said, Sentence
from nncore.tables.dialect import BLANKS, COMMENTS, Dialect, find_dialect
from nncore.tables.grid import NO_CSV, ODD_CELLS, Form, Grid, Room, Row, lines_of
from nncore.tables.notation import kind_of

_ODD_CELLS_OF_COMMAS = Sentence(
    "refused.odd_cells_of_commas",
    "must have {count} cells like the rest of the table, not {value}; if numbers contain commas, "
    "separate them with semicolons or tabs, or put them in quotes",
)
_STRAY_LINE = Sentence(
    "refused.stray_line",
    "is not a row of the table, which has {count} cells in each; remove the line, or begin it with #",
)
_SKIPPED_COMMENTS = Sentence(
    "note.comments", "{count} comment {count:line was|lines were} left out{count:|, the first}: line {line}."
)
_LONG_LINE = Sentence("refused.long_line", "is longer than the {high} characters allowed in a line")

LONGEST_LINE = 100_000

_BLANK = re.compile(r"""("(?:[^"]|"")*"|'[^']*'(?=\s|$)|\S+)""")


class _Comments:
    """How many there are, and the last one above the first row."""

    def __init__(self) -> None:
        self.count = self.first = 0
        self.above = ""
        self.rows_begun = False

    def take(self, line: int, text: str) -> None:
        """One more."""
        self.count += 1
        self.first = self.first or line
        if not self.rows_begun:
            self.above = text.strip()


def read_delimited(text: str) -> Grid:
    """The rows of `text`. Raises InputError with the line that has more or fewer cells than the others."""
    text = text.removeprefix("\ufeff")
    dialect = find_dialect(text)
    comments = _Comments()
    lines = _blank_rows(text, dialect, comments) if dialect.separator == BLANKS else _rows(text, dialect, comments)
    rows = list(lines)
    width, index = _width(rows)
    names = _named_by_comment(comments, rows, width, dialect)
    rows = [_fitted(row, width, dialect, header=index and number == 0) for number, row in enumerate(rows)]
    told = {"count": comments.count, "line": comments.first}
    notes = (Said(_SKIPPED_COMMENTS, told),) if comments.count else ()
    form: Form = "blanks" if dialect.separator == BLANKS else "delimited"
    return Grid(form, tuple(rows), names, dialect.separator, index=index, notes=notes)


def _short_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in lines_of(text):
        if len(line) > LONGEST_LINE:
            raise OutOfRange(f"line {number}", _LONG_LINE, high=LONGEST_LINE)
        yield number, line


def _rows(text: str, dialect: Dialect, comments: _Comments) -> Iterator[Row]:
    """Every row that is not blank, with the line it starts on."""
    room, source = Room(), _Lines(text, dialect, comments)
    reader = csv.reader(source, delimiter=dialect.separator or ",", skipinitialspace=True, strict=True)
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"line {source.begun}", NO_CSV, reason=str(error)) from error
        line = source.begun
        source.between = True
        if any(cells):
            comments.rows_begun = True
            room.take(line, len(cells))
            yield Row(line, tuple(cells))


class _Lines:
    """The lines of a text as the csv module asks for them; comments are taken out between rows, never inside quotes."""

    def __init__(self, text: str, dialect: Dialect, comments: _Comments) -> None:
        self._lines = _short_lines(text)
        self._comments, self._taken = dialect.comments, comments
        self.line, self.begun, self.between = 0, 1, True
        for _ in range(dialect.first - 1):
            self._next()

    def __iter__(self) -> "_Lines":
        return self

    def _next(self) -> str:
        self.line, line = next(self._lines)
        return line

    def __next__(self) -> str:
        line = self._next()
        while self.between and self._comments and line.lstrip().startswith(COMMENTS):
            self._taken.take(self.line, line)
            line = self._next()
        if self.between:
            self.begun, self.between = self.line, False
        return line


def _blank_rows(text: str, dialect: Dialect, comments: _Comments) -> Iterator[Row]:
    room = Room()
    for number, line in _short_lines(text):
        if number < dialect.first or not line.strip():
            continue
        if dialect.comments and line.lstrip().startswith(COMMENTS):
            comments.take(number, line)
            continue
        cells = tuple(map(_unquoted, _BLANK.findall(line)))
        comments.rows_begun = True
        room.take(number, len(cells))
        yield Row(number, cells)


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "\"'":
        return cell[1:-1].replace('""', '"')
    return cell


def _width(rows: list[Row]) -> tuple[int, bool]:
    """How many cells most rows have, columns that are empty throughout left aside at the end; whether the first column
    names the rows: R writes a header that does not name it, and so has one cell less.
    """
    if not rows:
        return 0, False
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    filled = max(map(_filled, (row for row in rows if len(row.cells) >= width)))
    width = min(width, filled)
    head, below = rows[0], rows[1:]
    short = len(head.cells) == width - 1 and all(len(row.cells) >= width for row in below)
    return width, short and width > 2 and all(kind_of(cell) == "none" for cell in head.cells)


def _filled(row: Row) -> int:
    count = len(row.cells)
    while count > 1 and not row.cells[count - 1]:
        count -= 1
    return count


def _fitted(row: Row, width: int, dialect: Dialect, *, header: bool) -> Row:
    if header:
        return Row(row.line, ("", *row.cells))
    if _filled(row) > width or len(row.cells) < width:
        raise WrongType(f"line {row.line}", _oddity(row, width, dialect), count=width, value=len(row.cells))
    return Row(row.line, row.cells[:width])


def _oddity(row: Row, width: int, dialect: Dialect) -> Sentence:
    """What there is to say of a row with more or fewer cells than `width`."""
    if _filled(row) == 1 < width and kind_of(row.cells[0]) == "none":
        # A title above the table, or a note below it.
        return _STRAY_LINE
    commas_in_numbers = dialect.separator == "," and _filled(row) > width
    return _ODD_CELLS_OF_COMMAS if commas_in_numbers else ODD_CELLS


def _named_by_comment(comments: _Comments, rows: list[Row], width: int, dialect: Dialect) -> tuple[str, ...] | None:
    """What the last comment above the rows calls the columns, if it calls all of them."""
    if not comments.above or not rows or width < 2 or all(kind_of(cell) == "none" for cell in rows[0].cells):
        return None
    text = comments.above.lstrip("#%").strip()
    names = text.split() if dialect.separator == BLANKS else [name.strip() for name in text.split(dialect.separator)]
    if len(names) != width or any(kind_of(name) != "none" or not name for name in names):
        return None
    return tuple(name.strip('"') for name in names)
