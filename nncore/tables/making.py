"""Points of a table, once it is clear which columns are x, y and label.

    make_points(table, choose(table)).own.knobs()

Every row is accounted for: it becomes a point, or is skipped and told, or the table is refused with its line and
column. Not here: the scaling and the classes (`nncore.points`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nncore.errors import OutOfRange, WrongType, shown
from nncore.heads import Task
from nncore.points import FORMULA, MOST_POINTS, TOO_MANY, Given, OwnPoints, own_points
from nncore.sentence import Said, Sentence, Word
from nncore.tables.choosing import Choice
from nncore.tables.columns import Table, is_gap
from nncore.tables.grid import Row
from nncore.tables.sampling import draw_sample

_NO_NUMBER = Sentence("refused.no_number", "must have a number as its {axis}, such as -1.5, not {value}")
_ENDLESS_NUMBER = Sentence("refused.endless_number", "must have a finite number as its {axis}, not {value}")
_EITHER_NUMBER = Sentence(
    "refused.either_number",
    "{value} in column {axis} could be {small} or {large}: choose whether the decimal mark is a point or a comma",
)
_MANY_GAPS = Sentence(
    "refused.many_gaps",
    "more than half of the {rows} rows have a gap in {axis}, the first in line {line}; choose another column",
)
_SKIPPED = Sentence(
    "note.skipped",
    "{count} of {rows} {rows:row|rows} {count:has|have} a gap in one of the three columns and "
    "{count:was|were} left out: {count:line|lines} {lines}.",
)
_UNDECLARED = Sentence(
    "note.undeclared",
    "{values}, first in line {line}, {count:is|are} not among the values that the file declares for {column}, and "
    "{count:was|were} read as {count:a label|labels} all the same.",
)
_SPLIT_IGNORED = Sentence(
    "note.split_ignored", "The split column gives less than {low} of the points to training, so they were split anew."
)
_SAMPLED = Sentence("note.sampled", "A sample of {high} of the {count} points was drawn; each class keeps its share.")

LEAST_TRAINED = 0.05
"""A share of training points that is smaller is none that a Config may have."""
FIRST_LINES = 10
"""Of what is skipped, as many lines are told."""


@dataclass(frozen=True)
class Reading:
    """The points, the lines that were skipped, and of how many points they are a sample (None for all)."""

    own: OwnPoints
    rows: int
    skipped: tuple[int, ...]
    sampled_from: int | None = None

    @property
    def notes(self) -> tuple[Said, ...]:
        """What there is to say about them."""
        return self.own.notes

    def knobs(self) -> dict[str, Any]:
        """The knobs of the dataset `own`."""
        return self.own.knobs()


def make_points(
    table: Table, choice: Choice, task: Task | None = None, *, most: int = MOST_POINTS, sample: bool = False
) -> Reading:
    """The points of `table`, `most` at most; beyond, with `sample`, a fair one of them is drawn.

    Raises an InputError whose path is the line, such as ``line 7``, with the column's name and number in its values.
    """
    _require_clear(table, choice)
    gaps = _gaps(table, choice)
    _require_few(table, choice, gaps)
    kept = [row for row in table.rows if row.line not in gaps]
    rows = [_given(table, choice, row) for row in kept]
    notes = [*([_skipped(table, gaps)] if gaps else []), *_undeclared(table, choice, kept)]
    count, order = len(rows), _class_order(table, choice, kept)
    if count > most:
        if not sample:
            raise OutOfRange("", TOO_MANY, count=count, high=most)
        # Classes are numbered as in the whole table.
        order = order or tuple(dict.fromkeys(row.label for row in rows))
        picked = draw_sample([row.label for row in rows], most)
        rows, kept = [rows[n] for n in picked], [kept[n] for n in picked]
        notes.append(Said(_SAMPLED, {"count": count, "high": most}))
    trained = None
    if choice.split is not None:
        column = choice.split
        train = [row.cells[column] == "train" for row in kept]
        if any(train):
            rows = [r for r, t in zip(rows, train, strict=True) if t] + [
                r for r, t in zip(rows, train, strict=True) if not t
            ]
            trained = sum(train)
            if trained < LEAST_TRAINED * len(rows):
                trained = None
                notes.append(Said(_SPLIT_IGNORED, {"low": LEAST_TRAINED}))
    names = tuple(table.columns[number].name for number in (choice.x, choice.y, choice.label))
    own = own_points(
        rows,
        (names[0], names[1], names[2]),
        task or _told_task(table, choice),
        f"{table.grid.place} {table.rows[-1].line}",
        as_they_are=_is_ours(table, choice, rows),
        order=order,
        trained=trained,
    )
    sampled = count if len(rows) < count else None
    lines = tuple(sorted(gaps))
    return Reading(replace(own, notes=(*notes, *own.notes)), len(table.rows), lines, sampled)


def _columns(choice: Choice) -> tuple[tuple[int, bool], ...]:
    """The three columns, and whether each must be a number."""
    return (choice.x, True), (choice.y, True), (choice.label, False)


def _gaps(table: Table, choice: Choice) -> dict[int, int]:
    """The lines with a gap, and in which column."""
    found: dict[int, int] = {}
    for row in table.rows:
        for column, number in _columns(choice):
            if is_gap(row.cells[column], number=number):
                found[row.line] = column
                break
    return found


def _require_few(table: Table, choice: Choice, gaps: dict[int, int]) -> None:
    if 2 * len(gaps) <= len(table.rows):
        return
    columns = list(gaps.values())
    worst = max({*columns}, key=columns.count)
    line = next(line for line, column in gaps.items() if column == worst)
    raise OutOfRange(
        f"{table.grid.place} {line}",
        _MANY_GAPS,
        rows=len(table.rows),
        axis=table.columns[worst].name,
        column=worst + 1,
        line=line,
    )


def _require_clear(table: Table, choice: Choice) -> None:
    """Refuse 1,234 where nothing says whether it is little more than one or more than a thousand."""
    for number, _ in _columns(choice):
        column = table.columns[number]
        if column.doubt is not None:
            row = table.rows[column.doubt]
            cell = row.cells[number]
            ends = {"small": cell.replace(",", "."), "large": cell.replace(",", "").replace(".", "")}
            raise WrongType(
                table.place(row), _EITHER_NUMBER, value=shown(cell), axis=column.name, column=number + 1, **ends
            )


def _given(table: Table, choice: Choice, row: Row) -> Given:
    x, y = (_coordinate(table, row, column) for column in (choice.x, choice.y))
    cell = row.cells[choice.label]
    return Given(table.place(row), x, y, _unprotected(cell), table.columns[choice.label].read(cell))


def _coordinate(table: Table, row: Row, number: int) -> float:
    column, cell = table.columns[number], row.cells[number]
    value = column.read(cell)
    if value is None:
        raise WrongType(table.place(row), _NO_NUMBER, axis=column.name, column=number + 1, value=shown(cell))
    if not np.isfinite(value):
        raise OutOfRange(table.place(row), _ENDLESS_NUMBER, axis=column.name, column=number + 1, value=shown(cell))
    return value


def _unprotected(cell: str) -> str:
    """A label without the apostrophe that keeps spreadsheets from taking ``=1+1`` for a formula."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and bare.startswith(FORMULA) else cell


def _skipped(table: Table, gaps: dict[int, int]) -> Said:
    first = ", ".join(map(str, sorted(gaps)[:FIRST_LINES]))
    more = ", …" if len(gaps) > FIRST_LINES else ""
    return Said(_SKIPPED, {"count": len(gaps), "rows": len(table.rows), "lines": first + more})


def _undeclared(table: Table, choice: Choice, rows: Sequence[Row]) -> list[Said]:
    """What to say of labels that are not among those that the file itself declares."""
    declared = table.grid.declared.get(choice.label)
    if declared is None:
        return []
    odd = [row for row in rows if row.cells[choice.label] not in declared]
    values: dict[str, Word] = {
        "values": ", ".join(shown(value) for value in list(dict.fromkeys(row.cells[choice.label] for row in odd))[:5]),
        "column": table.columns[choice.label].name,
        "line": odd[0].line if odd else 0,
        "count": len({row.cells[choice.label] for row in odd}),
    }
    return [Said(_UNDECLARED, values)] if odd else []


def _told_task(table: Table, choice: Choice) -> Task | None:
    """What the label's name says, where it says anything: our own tables call a class number and a value target, and
    write values with a point.
    """
    column = table.columns[choice.label]
    if not column.is_numeric:
        return None
    if column.name.casefold() in ("value", "values", "值"):
        return "regression"
    if _named_as_ours(table, choice) or choice.split is not None:
        whole = all(row.cells[choice.label].lstrip("-").isdigit() for row in table.rows)
        return "classification" if whole else "regression"
    return None


def _named_as_ours(table: Table, choice: Choice) -> bool:
    names = [column.name for column in table.columns]
    others = {*names[2:]}
    ours = names[:2] == ["x", "y"] and "target" in others and others <= {"label", "target", "split"}
    return ours and (choice.x, choice.y) == (0, 1)


def _is_ours(table: Table, choice: Choice, rows: Sequence[Given]) -> bool:
    """Whether this is a table that the page has saved: its numbers then lie in the square and stay as they are."""
    return _named_as_ours(table, choice) and all(abs(row.x) <= 1 and abs(row.y) <= 1 for row in rows)


def _class_order(table: Table, choice: Choice, rows: Sequence[Row]) -> tuple[str, ...]:
    if choice.order is None:
        return ()
    numbered = {int(row.cells[choice.order]): _unprotected(row.cells[choice.label]) for row in rows}
    return tuple(name for _, name in sorted(numbered.items()))
