"""A run's points and its history as CSV, for spreadsheets and for reading back."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

from nncore.export.own_numbers import OwnNumbers, own_numbers, protected
from nncore.history import COLUMNS
from nncore.learner import AnyLearner


def data_table(trainer: AnyLearner) -> str:
    """Every point of the run: x, y, its class or value as `target`, and which half it is in as `split`.

    The reader's own points are told in the reader's own numbers and names, as they came; the name of a class stands
    before its number.
    """
    own = own_numbers(trainer)
    if own is not None:
        return _own_table(trainer, own)
    split = trainer.split
    halves = (("train", split.train_x, split.train_y), ("test", split.test_x, split.test_y))
    rows = (
        (*map(float, place), int(target) if split.task == "classification" else float(target), half)
        for half, places, targets in halves
        for place, target in zip(places, targets, strict=True)
    )
    return _table(("x", "y", "target", "split"), rows)


def _own_table(trainer: AnyLearner, own: OwnNumbers) -> str:
    split = trainer.split
    head, rows = [*own.columns], []
    if own.classes:
        head.append("class" if "target" in own.columns else "target")
    for half, places, targets in (("train", split.train_x, split.train_y), ("test", split.test_x, split.test_y)):
        for (x, y), target in zip(places.tolist(), targets.tolist(), strict=True):
            label = (protected(own.classes[target]), target) if own.classes else (own.value(target),)
            rows.append((*own.place(x, y), *label, half))
    return _table([*map(protected, head), "split"], rows)


def history_table(trainer: AnyLearner) -> str:
    """The losses and accuracies of every recorded epoch; empty where there is no accuracy."""
    rows = (
        (int(epoch), *("" if math.isnan(value) else value for value in values))
        for epoch, *values in trainer.history.since(0).tolist()
    )
    return _table(COLUMNS, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
