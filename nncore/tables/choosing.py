"""Which columns of a table are x, y and the label: as someone says, else by their names and kinds.

    choose(table)       Choice(x=0, y=1, label=4, doubtful=True)

A guess that another reader might make otherwise is doubtful, and says so. Not here: the points (`making`).
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nncore.errors import OutOfRange, UnknownName, shown
from nncore.points import FEWEST_POINTS
from nncore.sentence import Sentence, Word
from nncore.spec import LONGEST_NUMBER
from nncore.tables.columns import Column, Table, is_gap
from nncore.tables.grid import Row
from nncore.tables.notation import kind_of

_NO_COLUMNS = Sentence(
    "refused.few_columns", "3 columns are needed, numbers for x and y and a label; this table has {count}"
)
_FEW_NUMBERS = Sentence(
    "refused.few_numbers",
    "x and y must be columns of plain numbers, such as -1.5; column {axis} has {value} here",
)
_SIGNED_NUMBER = Sentence(
    "refused.signed_number",
    "x and y must be columns of plain numbers; column {axis} has {value} here: leave {number} alone in the cell, "
    "without units or signs such as % and €",
)
_NO_ROWS = Sentence("refused.no_rows", "the table has column names, but no rows; at least {low} points are needed")
_COLUMN_NUMBER = Sentence("refused.column_number", "must be a column from 1 to {high}, or its name, not {value}")
_NAMESAKES = Sentence(
    "refused.namesakes", "must be one column, and {count} are called {value}; give its number instead"
)
_SAME_COLUMN = Sentence("refused.same_column", "must be three different columns; {value} is used twice")

LABEL_NAMES = (
    *("label", "class", "target", "species", "category", "labels", "classes", "targets", "type", "kind", "group"),
    *(
        "variety",
        "y_true",
        "outcome",
        "diagnosis",
        "cluster",
        "value",
        "类别",
        "标签",
        "类",
        "目标",
        "种类",
        "品种",
        "值",
    ),
)
"""What a label is called, the likeliest first, in small letters."""

PAIRS = (
    *(("x", "y"), ("x1", "x2"), ("x0", "x1"), ("x_1", "x_2"), ("x_0", "x_1"), ("x[0]", "x[1]"), ("x.1", "x.2")),
    *(("feature1", "feature2"), ("feature_1", "feature_2"), ("feature_0", "feature_1"), ("f1", "f2"), ("f0", "f1")),
    *(("lon", "lat"), ("longitude", "latitude"), ("横坐标", "纵坐标"), ("input1", "input2"), ("in1", "in2")),
)
LABELS_BESIDE = {("x", "y"): ("z",), ("x1", "x2"): ("y", "x3"), ("x0", "x1"): ("y",), ("x_1", "x_2"): ("y",)}
"""What the label may be called beside a pair, although it is a coordinate elsewhere."""

SPLIT = ("train", "test")
"""What the cells of a column called split say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns by number from 0. `split` says which rows are for training, `order` the number of each class."""

    x: int
    y: int
    label: int
    doubtful: bool = False
    split: int | None = None
    order: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON."""
        return asdict(self)


def choose(table: Table, given: Sequence[str | None] = (None, None, None)) -> Choice:
    """x, y and label of `table`; `given` holds the name or number (from 1) of those that are told.

    Raises OutOfRange where there are too few columns of numbers, UnknownName for a column that is not there.
    """
    told = [
        None if text is None else find_column(table, text, path)
        for text, path in zip(given, ("x", "y", "label"), strict=True)
    ]
    for path, column in zip(("y", "label"), told[1:], strict=True):
        earlier = told[: 1 if path == "y" else 2]
        if column is not None and column in earlier:
            raise OutOfRange(path, _SAME_COLUMN, value=shown(table.columns[column].name))
    split = _split_column(table)
    apart = set() if split is None else {split}
    label, doubtful = (told[2], False) if told[2] is not None else _label(table, told, apart)
    if label is None:
        raise _too_few(table, apart)
    axes, doubtful_axes = _axes(table, told[:2], {label, *apart})
    order = _order_column(table, label, {*axes, *apart})
    return Choice(axes[0], axes[1], label, None in told and (doubtful or doubtful_axes), split, order)


def find_column(table: Table, text: str, path: str) -> int:
    """The column of this name, else of this number, counted from 1."""
    names = [column.name for column in table.columns]
    if (count := names.count(text)) > 1:
        raise OutOfRange(path, _NAMESAKES, count=count, value=shown(text))
    if text in names:
        return names.index(text)
    folded = [name.casefold() for name in names]
    if folded.count(text.strip().casefold()) == 1:
        return folded.index(text.strip().casefold())
    if text.isascii() and text.isdigit() and len(text) < 6:
        if not 1 <= int(text) <= len(names):
            raise OutOfRange(path, _COLUMN_NUMBER, high=len(names), value=int(text))
        return int(text) - 1
    raise UnknownName.of("column", text[:60], names[:30], path)


def _by_name(table: Table, name: str, without: Sequence[int | None] = ()) -> int | None:
    """The column that the table itself calls so."""
    columns = table.columns if table.header else ()
    return next((n for n, column in enumerate(columns) if column.name.casefold() == name and n not in without), None)


def _split_column(table: Table) -> int | None:
    number = _by_name(table, "split")
    if number is None or table.columns[number].distinct > len(SPLIT) or len(table.columns) < 4:
        return None
    return number if all(row.cells[number] in SPLIT for row in table.rows) else None


def _pair(table: Table, without: set[int]) -> tuple[int, int] | None:
    for names in PAIRS:
        found = [_by_name(table, name) for name in names]
        if all(n is not None and n not in without and table.columns[n].is_numeric for n in found):
            return found[0], found[1]  # type: ignore[return-value]  # none of them is None
    return None


def _label(table: Table, told: Sequence[int | None], apart: set[int]) -> tuple[int | None, bool]:
    """The label's column, and whether it might be another."""
    taken = {number for number in told if number is not None} | apart
    if table.grid.label is not None and table.grid.label not in taken:
        return table.grid.label, False
    for names, beside in LABELS_BESIDE.items():
        pair = [_by_name(table, name) for name in names]
        if None not in pair and names != ("x", "y"):
            for name in beside:
                number = _by_name(table, name)
                if number is not None and number not in taken:
                    return number, False
    named = [n for name in LABEL_NAMES if (n := _by_name(table, name, [*taken])) is not None]
    named = [n for n in named if table.columns[n].kind != "empty"]
    if named:
        return _named_classes(table, named[0]), False
    if (
        _by_name(table, "x") is not None
        and _by_name(table, "y") is not None
        and (z := _by_name(table, "z")) is not None
    ):
        return z, False
    usable = [n for n, column in enumerate(table.columns) if column.kind in ("number", "text") and n not in taken]
    if len(usable) < 3:
        # One that is the same throughout still may be what is meant where there is no other.
        usable = [n for n, c in enumerate(table.columns) if c.kind not in ("empty", "row_number") and n not in taken]
    texts = [n for n in usable if not table.columns[n].is_numeric]
    numbers = [n for n in usable if table.columns[n].is_numeric]
    if texts and len(numbers) + sum(number is not None for number in told[:2]) >= 2:
        fewest = min(texts, key=lambda n: (table.columns[n].distinct > 12, -n))
        return fewest, len(texts) > 1
    rest = usable or [n for n in range(len(table.columns)) if n not in taken]
    if not rest:
        return None, True
    return rest[-1], len(usable) != 3 or _first_looks_like_a_class([table.columns[n] for n in rest])


def _named_classes(table: Table, label: int) -> int:
    """The column of names for the class numbers in column `label`, where there is one; else `label`."""
    texts = [n for n, column in enumerate(table.columns) if column.kind == "text"]
    if table.columns[label].is_numeric:
        return next((n for n in texts if _numbers_each(table, n, label)), label)
    return label


def _first_looks_like_a_class(columns: Sequence[Column]) -> bool:
    """Whether the first of columns of numbers holds few whole ones and the last does not."""

    def few(column: Column) -> bool:
        return column.whole and column.distinct <= 12 and column.low is not None and column.low >= 0

    return few(columns[0]) and not few(columns[-1])


def _axes(table: Table, told: Sequence[int | None], without: set[int]) -> tuple[list[int], bool]:
    """x and y, and whether others might be meant."""
    free = without | {number for number in told if number is not None}
    pair = _pair(table, without) if all(number is None for number in told) else None
    if pair is not None:
        return list(pair), False
    numbers = [n for n, c in enumerate(table.columns) if c.is_numeric and n not in free]
    usable = [n for n in numbers if table.columns[n].kind == "number"]
    missing = sum(number is None for number in told)
    # One that counts rows, or is the same throughout, still is a column of numbers where there is no other.
    rest = usable if len(usable) >= missing else [*usable, *(n for n in numbers if n not in usable)]
    if len(rest) < missing:
        raise _too_few(table, free)
    picked = iter(sorted(rest[:missing]))
    return [next(picked) if number is None else number for number in told], len(usable) != missing


_SIGNED = re.compile(r"[$€£¥￥₹]? ?([+-]?[0-9][0-9.,]*) ?[^0-9 ()+,./:;-]{0,8}")
"""A number with the sign of a currency before it, or a short unit or sign behind it."""


def _number_in(cell: str) -> str:
    """The one number that stands in `cell` beside a unit or a sign, as in 5 % or $1.50; empty where there is none."""
    found = _SIGNED.fullmatch(cell) if len(cell) <= LONGEST_NUMBER else None
    return found[1] if found and found[1] != cell and kind_of(found[1]) != "none" else ""


def _is_in_the_way(cell: str) -> bool:
    """Whether someone may have meant a number by `cell`, which is none."""
    return any(map(str.isdigit, cell)) and kind_of(cell) == "none"


def _too_few(table: Table, without: set[int]) -> OutOfRange:
    """Why there are no x and y: too few columns, or a cell that is no number, such as 5%, rather one with digits."""
    texts = [n for n, c in enumerate(table.columns) if c.kind in ("text", "constant") and not c.is_numeric]
    if not table.rows and len(table.columns) >= 3:
        return OutOfRange("", _NO_ROWS, low=FEWEST_POINTS)
    if len(table.columns) < 3 or not texts:
        return OutOfRange("", _NO_COLUMNS, count=len(table.columns))

    def in_the_way(number: int) -> Row:
        cells = [row for row in table.rows if not is_gap(row.cells[number], number=False)]
        return next((row for row in cells if _is_in_the_way(row.cells[number])), cells[0])

    def likely(number: int) -> tuple[bool, bool, int]:
        return number in without, not _is_in_the_way(in_the_way(number).cells[number]), number

    number = min(texts, key=likely)
    row, column = in_the_way(number), table.columns[number]
    told: dict[str, Word] = {"axis": column.name, "column": number + 1, "value": shown(row.cells[number])}
    if plain := _number_in(row.cells[number]):
        return OutOfRange(table.place(row), _SIGNED_NUMBER, (), **told, number=plain)
    return OutOfRange(table.place(row), _FEW_NUMBERS, (), **told)


def _order_column(table: Table, label: int, without: set[int]) -> int | None:
    """A column of class numbers beside labels, one to one: the classes come in that order."""
    if table.columns[label].is_numeric:
        return None
    for name in ("target", "class"):
        number = _by_name(table, name, [label, *without])
        if number is not None and _numbers_each(table, label, number):
            return number
    return None


def _numbers_each(table: Table, label: int, number: int) -> bool:
    pairs = {(row.cells[label], row.cells[number]) for row in table.rows}
    names, numbers = {one for one, _ in pairs}, {other for _, other in pairs}
    whole = all(number.isascii() and number.isdigit() and len(number) < 4 for number in numbers)
    return whole and len(pairs) == len(names) == len(numbers)
