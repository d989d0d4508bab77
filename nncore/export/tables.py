"""A run's points and its history as CSV, for spreadsheets and for reading back."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

from nncore.history import COLUMNS
from nncore.trainer import Trainer


def data_table(trainer: Trainer) -> str:
    """Every point of the run: x, y, its class or value as `target`, and which half it is in as `split`."""
    split = trainer.split
    halves = (("train", split.train_x, split.train_y), ("test", split.test_x, split.test_y))
    rows = (
        (*map(float, place), int(target) if split.task == "classification" else float(target), half)
        for half, places, targets in halves
        for place, target in zip(places, targets, strict=True)
    )
    return _table(("x", "y", "target", "split"), rows)


def history_table(trainer: Trainer) -> str:
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
