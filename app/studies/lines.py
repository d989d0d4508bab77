"""Rows of a study as lines of CSV, and back: a number is read as exactly the one that was written.

One run is one line: no cell holds a line break. Not here: which rows there are (`nncore.study.rows`).
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app import __version__
from app.links import link
from app.links.fragment import with_keys
from nncore.config import Config
from nncore.study.rows import COLUMNS, Row
from nncore.study.study import Study
from nncore.study.tasks import Task

ADDED = ("version", "link")
"""What a row has on disk besides: who made it, and the link that replays this very run."""

_WORDS = {"": None, "true": True, "false": False}
_TEXTS = ("hash", "error", *ADDED)


def columns_on_disk(study: Study) -> tuple[str, ...]:
    """The header of runs.csv."""
    return (*study.columns, *ADDED)


def completed(task: Task, rows: Sequence[Row]) -> list[Row]:
    """The rows of `task`, in order, with what they have on disk besides."""
    configs = (replace(piece.config, seeds=seeds) for piece in task.pieces for seeds in piece.seeds)
    return [
        {**row, "version": __version__, "link": replay_link(config, row, task.epochs)}
        for config, row in zip(configs, rows, strict=True)
    ]


def replay_link(config: Config, row: Row, epochs: int) -> str | None:
    """The link that trains this very run again, as far as it went; None where the Config has no link.

    One that diverged is trained to the end again, so that it diverges again.
    """
    query = link.write(config)
    if query is None:
        return None
    trained = epochs if row["diverged"] or row["epoch"] is None else row["epoch"]
    return with_keys(query, f"epochs={trained}" if trained else "")


def text_of(rows: Iterable[Row]) -> str:
    """Lines of CSV, each with its line end."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def header_of(study: Study) -> str:
    """The first line."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(columns_on_disk(study))
    return text.getvalue()


def rows_from(lines: Iterable[str], columns: Sequence[str]) -> Iterator[Row]:
    """The rows that these lines, without the header, were written from."""
    varied = set(columns) - {"hash", *COLUMNS, *ADDED}
    for cells in csv.reader(lines):
        yield {
            name: cell or None if name in _TEXTS else _value(cell, name in varied)
            for name, cell in zip(columns, cells, strict=True)
        }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, separators=(",", ":"))
    return value if isinstance(value, str) else repr(value)


def _value(cell: str, varied: bool) -> Any:
    if cell in _WORDS:
        return _WORDS[cell]
    try:
        return json.loads(cell)
    except ValueError:
        # What is varied may be a name; all else is a number.
        assert varied, cell
        return cell
