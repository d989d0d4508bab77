"""Own points: what a reader brings, as a table of text or as arrays, made into points of the square.

    read_csv("length;width;kind\\n1,5;2,0;a\\n...").knobs()

gives the knobs of the dataset `own`. Not here: the dataset itself, or files and uploads; text comes in as text.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from nncore.errors import InputError, OutOfRange, UnknownName, WrongType, shown
from nncore.heads import Task
from nncore.sentence import Sentence
from nncore.spec import LONGEST_NUMBER, LONGEST_TEXT, Points

_EMPTY = Sentence("refused.empty_table", "is not there; at least {low} points are needed, each as x, y and label")
_ODD_PLACES = Sentence("refused.odd_places", "must be numbers of shape (n, 2), not {value}")
_ODD_LABELS = Sentence("refused.odd_labels", "must have shape ({rows},) as x has that many rows, not {value}")
_ENDLESS_PLACE = Sentence("refused.endless_place", "must have finite x and y, not {x} and {y}")
_ENDLESS_LABEL = Sentence("refused.endless_number_label", "must have a finite number as its label, not {value}")
_TOO_FEW = Sentence("refused.too_few_points", "ends the points at {count}; at least {low} are needed")
_ONE_CLASS = Sentence("refused.one_class", "ends points of one class, {value}; {low} to {high} are allowed")
_NO_NUMBER_LABEL = Sentence("refused.no_number_label", "must have a number as its label, as it is a value, not {value}")
_TOO_MANY_CLASSES = Sentence(
    "refused.one_class_too_many", "brings one class too many, {value}, to {taken}, all {high} that are allowed"
)
_NO_CSV = Sentence("refused.no_csv", "must be a row as CSV has it: {reason}")
_ODD_COLUMNS = Sentence("refused.odd_columns", "must have three columns, x, y and label, not {value}")
_ODD_COLUMNS_OF_COMMAS = Sentence(
    "refused.odd_columns_of_commas",
    "must have three columns, x, y and label, not {value}; "
    "numbers with a decimal comma need semicolons or tabs between them",
)
_NO_LABEL = Sentence("refused.no_label", "must have a label in its third column, which is empty")
_NO_NUMBER = Sentence("refused.no_number", "must have a number as its {axis}, such as -1.5, not {value}")
_ENDLESS_NUMBER = Sentence("refused.endless_number", "must have a finite number as its {axis}, not {value}")
_TOO_MANY = Sentence("refused.too_many_points", "is one point too many; at most {high} are allowed")

FEWEST_POINTS = 4
MOST_POINTS = 5000
FEWEST_CLASSES = 2
MOST_CLASSES = 6

FILL = 0.9
"""How far from the centre scaled numbers reach: not to the edge, where drawings cut dots and noise takes them out."""
WIDE_ENOUGH = 0.75
"""Numbers that lie in [-1, 1] already stay as they are, if their widest axis covers at least this share of it."""
DECIMALS = 6
"""Of scaled numbers: far finer than a pixel, and short in a Config's text."""

SEPARATORS = (";", "\t", ",")
"""In order of preference: a comma may stand inside a number, the others may not."""

FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for a formula begins with one of these, unless an apostrophe stands before it."""

# No two of its repeats can take the same digit, so what is no number is seen to be none after one pass.
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scaling:
    """How numbers were brought into [-1, 1]: scaled = factor · (number - offset), so number = scaled / factor + offset.

    One offset per axis, one factor for all: shapes are not distorted.
    """

    offsets: tuple[float, ...]
    factor: float

    @classmethod
    def fitting(cls, *axes: Sequence[float]) -> "Scaling":
        """The scaling whose widest axis reaches from -FILL to FILL; none where numbers lie well in [-1, 1] already."""
        lows, highs = [min(axis) for axis in axes], [max(axis) for axis in axes]
        # Halves first: the difference of two finite numbers need not be finite.
        reach = max(high / 2 - low / 2 for low, high in zip(lows, highs, strict=True))
        inside = min(lows) >= -1 and max(highs) <= 1
        if inside and reach >= WIDE_ENOUGH:
            return cls((0.0,) * len(axes), 1.0)
        middles = tuple(low / 2 + high / 2 for low, high in zip(lows, highs, strict=True))
        return cls(middles, FILL / reach if reach > sys.float_info.min else 1.0)

    def scaled(self, number: float, axis: int = 0) -> float:
        """`number`, brought into [-1, 1]."""
        # Halves, again, so that nothing overflows.
        exact = (number / 2 - self.offsets[axis] / 2) * (2 * self.factor)
        return round(min(1.0, max(-1.0, exact)), DECIMALS)

    def original(self, scaled: float, axis: int = 0) -> float:
        """The number that `scaled` stands for, to DECIMALS decimals of the square's half width."""
        return scaled / self.factor + self.offsets[axis]


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Points in the square with their labels, and all that it takes to show them as the reader knows them.

    `columns` are the columns' names. Class k is called ``classes[k]``; for regression there are none, and
    `value_scaling` says how labels were brought into [-1, 1].
    """

    points: Points
    task: Task
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    scaling: Scaling
    value_scaling: Scaling | None

    def knobs(self) -> dict[str, Any]:
        """The knobs of the dataset `own`, as a Config reads them: ``{"name": "own", **knobs}``."""
        named = {"names": [shortened(name) for name in self.classes]} if self.classes else {}
        return {"points": [list(point) for point in self.points], "task": self.task, **named}

    def to_json(self) -> dict[str, Any]:
        """All of it, as plain data that survives JSON."""
        return {**asdict(self), **self.knobs()}


def shortened(name: str) -> str:
    """`name` as a Config can hold it; a sentence for a label says more than a legend has room for."""
    name = "".join(letter if letter.isprintable() else " " for letter in name)
    return name if len(name) <= LONGEST_TEXT else f"{name[: LONGEST_TEXT - 1]}…"


def read_csv(text: str, task: Task | None = None) -> OwnPoints:
    """The points of a table of three columns: x, y and label, with or without a line of names above.

    Columns are set apart by semicolons, tabs or commas; with the first two, numbers may have a decimal comma. Blank
    lines, a byte order mark, and quotes as the csv module reads them are fine. Labels that are numbers, more than six
    different ones, are values (regression); else each different label is a class: numbers by size, names in order of
    appearance. `task` decides otherwise. One apostrophe before a label that begins as a formula does is taken off: so
    the page writes such a label. Raises an InputError whose path is the line, such as ``line 7``.
    """
    text = text.removeprefix("\ufeff")
    separator = _separator(text)
    lines = _lines(text, separator)
    first = next(lines, None)
    if first is None:
        raise OutOfRange("line 1", _EMPTY, low=FEWEST_POINTS)
    names = _names(first, separator)
    rows = [] if names else [_row(*first, separator)]
    for place, cells in lines:
        _require_room(place, len(rows))
        rows.append(_row(place, cells, separator))
    return _made(rows, names or ("x", "y", "label"), task, first[0])


def of_arrays(x: ArrayLike, labels: ArrayLike, task: Task | None = None) -> OwnPoints:
    """The same for arrays: `x` (n, 2) and `labels` (n,), numbers or text. Errors name the row, from ``row 0``."""
    places, given = np.asarray(x), np.asarray(labels)
    if places.ndim != 2 or places.shape[1] != 2 or places.dtype.kind not in "iuf":
        raise WrongType("x", _ODD_PLACES, value=f"{places.dtype} of shape {places.shape}")
    if given.shape != places.shape[:1]:
        raise OutOfRange("labels", _ODD_LABELS, rows=len(places), value=str(given.shape))
    rows: list[_Row] = []
    for index, ((x_, y), label) in enumerate(zip(places.tolist(), given.tolist(), strict=True)):
        _require_room(f"row {index}", len(rows))
        if not np.isfinite([x_, y]).all():
            raise OutOfRange(f"row {index}", _ENDLESS_PLACE, x=str(x_), y=str(y))
        value = float(label) if isinstance(label, (int, float)) else None
        if value is not None and not np.isfinite(value):
            raise OutOfRange(f"row {index}", _ENDLESS_LABEL, value=str(label))
        rows.append(_Row(f"row {index}", float(x_), float(y), str(label), value))
    return _made(rows, ("x", "y", "label"), task, "x")


class _Row(NamedTuple):
    """One point as given: where it stood, its coordinates, its label as text, and as a number if it is one."""

    place: str
    x: float
    y: float
    label: str
    value: float | None


def _made(rows: Sequence[_Row], names: tuple[str, ...], task: Task | None, place: str) -> OwnPoints:
    if task not in (None, *get_args(Task)):
        raise UnknownName.of("task", task, get_args(Task), "task")
    last = rows[-1].place if rows else place
    if len(rows) < FEWEST_POINTS:
        raise OutOfRange(last, _TOO_FEW, count=len(rows), low=FEWEST_POINTS)
    scaling = Scaling.fitting([row.x for row in rows], [row.y for row in rows])
    if (task or _likely_task(rows)) == "regression":
        values = [_value(row) for row in rows]
        value_scaling = Scaling.fitting(values)
        labels = [value_scaling.scaled(value) for value in values]
        return OwnPoints(_points(rows, scaling, labels), "regression", names, (), scaling, value_scaling)
    numbers = _class_numbers(rows)
    if len(numbers) < FEWEST_CLASSES:
        raise OutOfRange(last, _ONE_CLASS, value=shown(rows[0].label), low=FEWEST_CLASSES, high=MOST_CLASSES)
    labels = [float(numbers[_identity(row)][0]) for row in rows]
    classes = tuple(name for _, name in sorted(numbers.values()))
    return OwnPoints(_points(rows, scaling, labels), "classification", names, classes, scaling, None)


def _points(rows: Sequence[_Row], scaling: Scaling, labels: Sequence[float]) -> Points:
    return tuple(
        (scaling.scaled(row.x, 0), scaling.scaled(row.y, 1), label) for row, label in zip(rows, labels, strict=True)
    )


def _likely_task(rows: Sequence[_Row]) -> Task:
    """Regression where there are too many labels for classes and most are numbers: one that is not is a mistake."""
    numeric = sum(row.value is not None for row in rows)
    many = len({_identity(row) for row in rows}) > MOST_CLASSES
    return "regression" if many and 2 * numeric > len(rows) else "classification"


def _value(row: _Row) -> float:
    if row.value is None:
        raise WrongType(row.place, _NO_NUMBER_LABEL, value=shown(row.label))
    if not np.isfinite(row.value):
        raise OutOfRange(row.place, _ENDLESS_LABEL, value=shown(row.label))
    return row.value


def _class_numbers(rows: Sequence[_Row]) -> dict[str | float, tuple[int, str]]:
    """Number and name of every class, by what tells its label from others."""
    names: dict[str | float, str] = {}
    for row in rows:
        if _identity(row) not in names and len(names) == MOST_CLASSES:
            taken = ", ".join(map(shown, names.values()))
            raise OutOfRange(row.place, _TOO_MANY_CLASSES, value=shown(row.label), taken=taken, high=MOST_CLASSES)
        names.setdefault(_identity(row), row.label)
    numeric = [key for key in names if isinstance(key, float)]
    order = sorted(numeric) if len(numeric) == len(names) else names
    return {key: (number, names[key]) for number, key in enumerate(order)}


def _identity(row: _Row) -> str | float:
    """What tells its label from others: 1 and 1.0 are one class."""
    return row.label if row.value is None else row.value


def _lines(text: str, separator: str) -> Iterator[tuple[str, list[str]]]:
    """Every row that is not blank, with the line it starts on; empty cells beyond the third are dropped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(place, _NO_CSV, reason=str(error)) from error
        while len(cells) > 3 and not cells[-1]:
            cells.pop()
        if any(cells):
            yield place, cells


def _separator(text: str) -> str:
    """The one that cuts the first row into three, else the one that cuts it into the most."""

    def cells(separator: str) -> int:
        try:
            return len(next(_lines(text, separator), ("", []))[1])
        except InputError:
            return 0

    counts = {separator: cells(separator) for separator in SEPARATORS}
    return next((s for s in SEPARATORS if counts[s] == 3), max(SEPARATORS, key=counts.__getitem__))


def _names(first: tuple[str, list[str]], separator: str) -> tuple[str, ...]:
    """The columns' names, if the first row holds them: then neither x nor y is a number."""
    cells = first[1]
    if len(cells) == 3 and all(_number(cell, separator) is None for cell in cells[:2]):
        return tuple(cells)
    return ()


def _row(place: str, cells: list[str], separator: str) -> _Row:
    if len(cells) != 3:
        raise WrongType(place, _ODD_COLUMNS_OF_COMMAS if separator == "," else _ODD_COLUMNS, value=len(cells))
    x, y = (_coordinate(place, name, cell, separator) for name, cell in zip("xy", cells, strict=False))
    label = _unprotected(cells[2])
    if not label:
        raise WrongType(place, _NO_LABEL)
    return _Row(place, x, y, label, _number(label, separator))


def _unprotected(cell: str) -> str:
    """A label without the apostrophe that keeps spreadsheets from taking ``=1+1`` for a formula."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and bare.startswith(FORMULA) else cell


def _coordinate(place: str, name: str, cell: str, separator: str) -> float:
    number = _number(cell, separator)
    if number is None:
        raise WrongType(place, _NO_NUMBER, axis=name, value=shown(cell))
    if not np.isfinite(number):
        raise OutOfRange(place, _ENDLESS_NUMBER, axis=name, value=shown(cell))
    return number


def _number(cell: str, separator: str) -> float | None:
    """The number that `cell` is, if it is one; a word such as nan is none."""
    if len(cell) > LONGEST_NUMBER:
        return None
    cell = cell.replace("\N{MINUS SIGN}", "-")
    if separator != "," and "." not in cell:
        cell = cell.replace(",", ".")
    return float(cell) if _NUMBER.fullmatch(cell) else None


def _require_room(place: str, taken: int) -> None:
    if taken >= MOST_POINTS:
        raise OutOfRange(place, _TOO_MANY, high=MOST_POINTS)
