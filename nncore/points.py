"""Own points: what a reader brings, made into points of the square.

    of_arrays(x, labels).knobs()

gives the knobs of the dataset `own`. Not here: the dataset itself, how numbers come into the square (`scaling`), or
tables of text (`nncore.tables`).
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from nncore.errors import OutOfRange, UnknownName, WrongType, shown
from nncore.heads import Task
from nncore.scaling import Scaling
from nncore.sentence import Said, Sentence, Word
from nncore.spec import LONGEST_TEXT, Points

_ODD_PLACES = Sentence("refused.odd_places", "must be numbers of shape (n, 2), not {value}")
_ODD_LABELS = Sentence("refused.odd_labels", "must have shape ({rows},), as x has {rows} {rows:row|rows}, not {value}")
_ENDLESS_PLACE = Sentence("refused.endless_place", "must have finite x and y, not {x} and {y}")
_ENDLESS_LABEL = Sentence("refused.endless_number_label", "must have a finite number as its label, not {value}")
_TOO_FEW = Sentence("refused.too_few_points", "only {count} {count:point|points} up to here; at least {low} are needed")
_ONE_CLASS = Sentence(
    "refused.one_class", "all points up to here are of one class, {value}; {low} to {high} classes are needed"
)
_NO_NUMBER_LABEL = Sentence(
    "refused.no_number_label", "must have a number as its label, because labels are values here, not {value}"
)
_TOO_MANY_CLASSES = Sentence(
    "refused.one_class_too_many", "adds one class too many, {value}, to {taken}; at most {high} are allowed"
)
TOO_MANY = Sentence(
    "refused.too_many_points",
    "the table has {count} points; at most {high} are allowed, but you can draw a sample of that many",
)
_SCALED = Sentence(
    "note.scaled",
    "{x} from {x_low} to {x_high} and {y} from {y_low} to {y_high} are drawn to the same scale, from −0.9 to 0.9.",
)
_SCALED_APART = Sentence(
    "note.scaled_apart",
    "{x} from {x_low} to {x_high} and {y} from {y_low} to {y_high} differ too much for one scale: "
    "each is drawn from −0.9 to 0.9.",
)
_SCALED_VALUES = Sentence("note.scaled_values", "Values of {label} from {low} to {high} are learnt as −0.9 to 0.9.")
_TOGETHER = Sentence(
    "note.together",
    "Some values of {column} are so close together, compared with its whole range, that they are drawn as one.",
)
_NO_SPAN = Sentence(
    "note.no_span",
    "The numbers in {column} differ by less than the smallest that can be scaled, {smallest}: they are drawn and "
    "learnt as one.",
)
_FEW_POINTS = Sentence(
    "note.few_points",
    "With {count} points, fewer than {low}, all are used for training: there are no test points "
    "unless you change the training share.",
)
_CLASSES_OR_VALUES = Sentence(
    "note.whole_labels",
    "The labels in {label} are {count} different whole numbers and were read as classes; choose "
    "regression to learn them as values.",
)
_FEW_NUMBERS = Sentence(
    "note.few_numbers",
    "The labels in {label} are {count} different numbers and were read as classes; choose "
    "regression to learn them as values.",
)
_VALUES_OR_CLASSES = Sentence(
    "note.whole_values",
    "The labels in {label} are {count} different whole numbers, more than the {high} classes "
    "allowed, and were read as values.",
)
_VALUES_NOT_CLASSES = Sentence(
    "note.few_whole_values",
    "The labels in {label} are {count} different whole numbers, hardly any repeated, and were read "
    "as values; choose classification to learn them as classes.",
)
_SAME_NUMBER = Sentence(
    "note.same_number", "The labels {label} and {other} are read as the same number, and are one class."
)

FEWEST_POINTS = 4
FEW_POINTS = 10
"""Where there are fewer, as in a truth table, all are for training."""
USUAL_COLUMNS = ("x", "y", "label")
MOST_POINTS = 5000
FEWEST_CLASSES = 2
MOST_CLASSES = 8

FEW_DIFFERENT = 6
"""Numbers as labels are classes where no more different ones are there; whole ones may be more."""

FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for a formula begins with one of these, unless an apostrophe stands before it."""


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
    notes: tuple[Said, ...] = ()
    """What there is to say about how they were read."""
    trained: int | None = None
    """How many of the first are for training, where a table says which are."""

    def knobs(self) -> dict[str, Any]:
        """What a Config reads as its data: ``{"name": "own", **knobs}``; the share for training where it is given."""
        told: dict[str, Any] = {"points": [list(point) for point in self.points], "task": self.task}
        if self.classes:
            told["names"] = _apart([shortened(name) for name in self.classes])
        if self.columns != USUAL_COLUMNS:
            told["columns"] = [shortened(name) for name in self.columns]
        scalings = [self.scaling, *([self.value_scaling] if self.value_scaling else [])]
        axes = [axis for each in scalings for axis in zip(each.offsets, each.factors, each.decimals, strict=True)]
        if any(axis[:2] != (0.0, 1.0) for axis in axes):
            told["units"] = [number for axis in axes for number in axis]
        if self.trained is not None:
            # As the table says.
            told |= {"split": "as_listed", "train_share": self.trained / len(self.points)}
        elif len(self.points) < FEW_POINTS:
            told["train_share"] = 1.0
        return told

    def to_json(self) -> dict[str, Any]:
        """All of it, as plain data that survives JSON."""
        told = {name: value for name, value in asdict(self).items() if name not in ("notes", "trained")}
        return {**told, **self.knobs(), "notes": [said.to_json() for said in self.notes]}


def shortened(name: str) -> str:
    """`name` as a Config can hold it; a sentence for a label says more than a legend has room for."""
    name = "".join(letter if letter.isprintable() else " " for letter in name)
    return name if len(name) <= LONGEST_TEXT else f"{name[: LONGEST_TEXT - 1]}…"


def of_arrays(x: ArrayLike, labels: ArrayLike, task: Task | None = None) -> OwnPoints:
    """The same for arrays: `x` (n, 2) and `labels` (n,), numbers or text. Errors name the row, from ``row 0``."""
    places, given = np.asarray(x), np.asarray(labels)
    if places.ndim != 2 or places.shape[1] != 2 or places.dtype.kind not in "iuf":
        raise WrongType("x", _ODD_PLACES, value=f"{places.dtype} of shape {places.shape}")
    if given.shape != places.shape[:1]:
        raise OutOfRange("labels", _ODD_LABELS, rows=len(places), value=str(given.shape))
    rows: list[Given] = []
    for index, ((x_, y), label) in enumerate(zip(places.tolist(), given.tolist(), strict=True)):
        _require_room(f"row {index}", len(rows), len(places))
        if not np.isfinite([x_, y]).all():
            raise OutOfRange(f"row {index}", _ENDLESS_PLACE, x=str(x_), y=str(y))
        value = float(label) if isinstance(label, (int, float)) else None
        if value is not None and not np.isfinite(value):
            raise OutOfRange(f"row {index}", _ENDLESS_LABEL, value=str(label))
        rows.append(Given(f"row {index}", float(x_), float(y), str(label), value))
    return own_points(rows, ("x", "y", "label"), task, "x")


class Given(NamedTuple):
    """One point as given: where it stood, its coordinates, its label as text, and as a number if it is one."""

    place: str
    x: float
    y: float
    label: str
    value: float | None


def _apart(names: list[str]) -> list[str]:
    """Names that are still different where shortening has made them alike: an ending tells them apart."""
    for number, name in enumerate(names):
        if name in names[:number]:
            ending = f" ({number})"
            names[number] = name[: LONGEST_TEXT - len(ending)].rstrip() + ending
    return names


def own_points(
    rows: Sequence[Given],
    columns: tuple[str, str, str],
    task: Task | None,
    place: str,
    *,
    as_they_are: bool = False,
    order: Sequence[str] = (),
    trained: int | None = None,
) -> OwnPoints:
    """The points of `rows`, `place` being where the next would stand. `as_they_are` leaves numbers in the square where
    they are; `order` holds the labels in the order of their classes. Raises an InputError whose path is a place.
    """
    if task not in (None, *get_args(Task)):
        raise UnknownName.of("task", task, get_args(Task), "task")
    last = rows[-1].place if rows else place
    if len(rows) < FEWEST_POINTS:
        raise OutOfRange(last, _TOO_FEW, count=len(rows), low=FEWEST_POINTS)
    axes = [row.x for row in rows], [row.y for row in rows]
    scaling = Scaling.none(2) if as_they_are else Scaling.fitting(*axes)
    chosen, notes = (task, []) if task else _likely_task(rows, columns[2])
    notes = [*_scaling_notes(scaling, axes, columns), *notes]
    if trained is None and len(rows) < FEW_POINTS:
        notes.append(Said(_FEW_POINTS, {"count": len(rows), "low": FEW_POINTS}))
    if chosen == "regression":
        values = [_value(row) for row in rows]
        inside = as_they_are and min(values) >= -1 and max(values) <= 1
        value_scaling = Scaling.none(1) if inside else Scaling.fitting(values)
        if value_scaling.factors != (1.0,):
            ends = {"low": min(values), "high": max(values)}
            notes.append(Said(_SCALED_VALUES, {"label": shortened(columns[2]), **ends}))
        elif not inside and (flat := _flat_note(values, columns[2])):
            notes.append(flat)
        labels = [value_scaling.scaled(value) for value in values]
        points = _points(rows, scaling, labels)
        return OwnPoints(points, "regression", columns, (), scaling, value_scaling, tuple(notes), trained)
    numbers = _class_numbers(rows, order)
    if len(numbers) < FEWEST_CLASSES:
        raise OutOfRange(last, _ONE_CLASS, value=shown(rows[0].label), low=FEWEST_CLASSES, high=MOST_CLASSES)
    notes += _same_number(rows)
    labels = [float(numbers[_identity(row)][0]) for row in rows]
    classes = tuple(name for _, name in sorted(numbers.values()))
    points = _points(rows, scaling, labels)
    return OwnPoints(points, "classification", columns, classes, scaling, None, tuple(notes), trained)


def _points(rows: Sequence[Given], scaling: Scaling, labels: Sequence[float]) -> Points:
    return tuple(
        (scaling.scaled(row.x, 0), scaling.scaled(row.y, 1), label) for row, label in zip(rows, labels, strict=True)
    )


def _scaling_notes(scaling: Scaling, axes: Sequence[Sequence[float]], columns: tuple[str, str, str]) -> list[Said]:
    if scaling.factors == (1.0, 1.0) and scaling.offsets == (0.0, 0.0):
        return []
    flat = [said for axis, column in zip(axes, columns, strict=False) if (said := _flat_note(axis, column))]
    if len(flat) == len(axes):
        return flat
    apart = scaling.factors[0] != scaling.factors[1]
    values: dict[str, Word] = {axis: shortened(column) for axis, column in zip("xy", columns, strict=False)}
    ends = {f"{axis}_{end}": pick(numbers) for axis, numbers in zip("xy", axes, strict=True) for end, pick in _ENDS}
    notes = [Said(_SCALED_APART if apart else _SCALED, {**values, **ends})]
    for number, axis in enumerate(axes):
        different = set(axis)
        if len({scaling.scaled(each, number) for each in different}) < len(different):
            notes.append(Said(_TOGETHER, {"column": shortened(columns[number])}))
    return [*notes, *flat]


def _flat_note(numbers: Sequence[float], column: str) -> Said | None:
    """What to say of numbers that no factor brings apart, because it would not be finite."""
    if min(numbers) == max(numbers) or max(numbers) / 2 - min(numbers) / 2 > sys.float_info.min:
        return None
    return Said(_NO_SPAN, {"column": shortened(column), "smallest": 2 * sys.float_info.min})


_ENDS = (("low", min), ("high", max))


def _likely_task(rows: Sequence[Given], label: str) -> tuple[Task, list[Said]]:
    """What the labels seem to be, and what there is to say of it.

    Values, where there are too many different ones for classes and most are numbers: one that is not is a mistake.
    Whole numbers are classes for as long as there may be so many, and most of them come twice.
    """
    numbers = [row.value for row in rows if row.value is not None]
    different = len({_identity(row) for row in rows})
    if 2 * len(numbers) <= len(rows):
        return "classification", []
    whole = all(value.is_integer() for value in numbers)
    told: dict[str, Word] = {"label": shortened(label), "count": different}
    if different > FEW_DIFFERENT and not (whole and len(numbers) == len(rows)):
        return "regression", []
    if len(numbers) < len(rows):
        return "classification", []
    if not whole:
        return "classification", [Said(_FEW_NUMBERS, told)]
    if different > MOST_CLASSES:
        return "regression", [Said(_VALUES_OR_CLASSES, {**told, "high": MOST_CLASSES})]
    if different <= FEW_DIFFERENT:
        return "classification", [Said(_CLASSES_OR_VALUES, told)] if different > 2 else []
    if 2 * different <= len(rows):
        return "classification", [Said(_CLASSES_OR_VALUES, told)]
    return "regression", [Said(_VALUES_NOT_CLASSES, told)]


def _value(row: Given) -> float:
    if row.value is None:
        raise WrongType(row.place, _NO_NUMBER_LABEL, value=shown(row.label))
    if not np.isfinite(row.value):
        raise OutOfRange(row.place, _ENDLESS_LABEL, value=shown(row.label))
    return row.value


def _class_numbers(rows: Sequence[Given], order: Sequence[str]) -> dict[str | float, tuple[int, str]]:
    """Number and name of every class, by what tells its label from others."""
    names: dict[str | float, str] = {}
    for row in rows:
        if _identity(row) not in names and len(names) == MOST_CLASSES:
            taken = ", ".join(map(shown, names.values()))
            raise OutOfRange(row.place, _TOO_MANY_CLASSES, value=shown(row.label), taken=taken, high=MOST_CLASSES)
        names.setdefault(_identity(row), _called(row))
    numeric = [key for key in names if isinstance(key, float)]
    ordered = sorted(numeric) if len(numeric) == len(names) else [name for name in order if name in names] or names
    return {key: (number, names[key]) for number, key in enumerate(ordered)}


def _called(row: Given) -> str:
    """Its class as a person would write it: 1 where a program wrote 1.000e+00."""
    if row.value is None or "e" not in row.label.casefold():
        return row.label
    return repr(row.value).removesuffix(".0")


def _same_number(rows: Sequence[Given]) -> list[Said]:
    """What to say where one class has two labels, such as 01 and 1, or numbers longer than a float."""
    first: dict[float, str] = {}
    for row in rows:
        if row.value is not None and first.setdefault(row.value, row.label) != row.label:
            return [Said(_SAME_NUMBER, {"label": shown(first[row.value]), "other": shown(row.label)})]
    return []


def _identity(row: Given) -> str | float:
    """What tells its label from others: 1 and 1.0 are one class."""
    return row.label if row.value is None else row.value


def _require_room(place: str, taken: int, given: int) -> None:
    if taken >= MOST_POINTS:
        raise OutOfRange(place, TOO_MANY, count=given, high=MOST_POINTS)
