"""A table from a file as the points of a run: the command line's `--points`, with the sentences that the page says.

Not here: what is read (`app.tables`, `nncore.tables`), nor the run (`train`).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import UsageError
from app.settings import Settings
from app.tables.opening import open_table
from nncore.errors import InputError
from nncore.points import MOST_POINTS
from nncore.tables import Table, choose, make_points, make_table

DECIMALS = {"": "", "point": ".", "comma": ","}


def read_points(
    path: Path,
    columns: str | None,
    task: str | None,
    *,
    sample: bool,
    decimal: str = "",
    encoding: str = "",
    say: Callable[[str], None],
) -> dict[str, Any]:
    """The knobs of the dataset `own`, from the table at `path`; `say` is told what was decided.

    `columns` names x, y and label with commas between, or gives their numbers from 1. Raises UsageError with one
    sentence, also where it is not clear which columns are meant.
    """
    if decimal not in DECIMALS:
        raise UsageError(f"--decimal must be point or comma, not {decimal!r}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    try:
        opened = open_table(data, encoding)
        table = make_table(opened.grid, decimal=DECIMALS[decimal])  # type: ignore[arg-type]  # one of its marks
        choice = choose(table, _three(columns))
        if choice.doubtful:
            raise UsageError(f"{path}: say which columns are x, y and label, such as --columns 1,2,3: {_listed(table)}")
        reading = make_points(table, choice, task, sample=sample)  # type: ignore[arg-type]  # it refuses what is no task
    except InputError as error:
        raise UsageError(f"{path}: {error}") from None
    for said in (*opened.notes, *table.notes, *reading.notes):
        say(said.text)
    usual = Settings.model_fields["points"].default
    if len(reading.own.points) > usual:
        say(
            f"A server opens runs of up to {usual} points, because many people share it; its setting `points` raises "
            f"that, up to the {MOST_POINTS} that are trained here."
        )
    return reading.knobs()


def _three(columns: str | None) -> tuple[str | None, str | None, str | None]:
    if columns is None:
        return None, None, None
    named = [name.strip() for name in columns.split(",")]
    if len(named) != 3 or not all(named):
        raise UsageError(f"--columns must be three names or numbers with commas between, not {columns!r}")
    return named[0], named[1], named[2]


def _listed(table: Table) -> str:
    shown = [
        f"{number} {column.name} ({column.kind.replace('_', ' ')})" for number, column in enumerate(table.columns, 1)
    ]
    return ", ".join(shown[:20]) + (", …" if len(shown) > 20 else "")
