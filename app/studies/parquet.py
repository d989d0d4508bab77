"""The rows as a Parquet file, each column with its type. Loaded only where pyarrow is installed.

Not here: the rows (`lines`).
"""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from nncore.study.rows import Row

TYPES = {
    **dict.fromkeys(("hash", "error", "version", "link"), pyarrow.string()),
    **dict.fromkeys(("parameters", "multiply_adds", "data_seed", "run_seed"), pyarrow.int64()),
    **dict.fromkeys(("solved_epoch", "epoch", "diverged_epoch"), pyarrow.int64()),
    **dict.fromkeys(("train_loss", "test_loss", "train_accuracy", "test_accuracy", "seconds"), pyarrow.float64()),
    **dict.fromkeys(("solved", "diverged"), pyarrow.bool_()),
}

CHUNK = 50_000
"""Rows at a time."""


def write(path: Path, rows: Iterable[Row], columns: Sequence[str], values: dict[str, list[Any]]) -> None:
    """Write `rows` to `path`; `values` are those that each varied path takes, from which its type follows."""
    types = {name: TYPES[name] if name in TYPES else _type(values[name]) for name in columns}
    schema = pyarrow.schema(list(types.items()))
    waiting = iter(rows)
    with parquet.ParquetWriter(path, schema) as writer:
        while chunk := list(islice(waiting, CHUNK)):
            arrays = {name: [_as(row[name], types[name]) for row in chunk] for name in columns}
            writer.write_table(pyarrow.table(arrays, schema=schema))


def _type(values: list[Any]) -> Any:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return pyarrow.bool_()
    if kinds == {int}:
        return pyarrow.int64()
    return pyarrow.float64() if kinds <= {int, float} else pyarrow.string()


def _as(value: Any, kind: Any) -> Any:
    """A column of mixed values is one of texts, as in the CSV."""
    if value is None or kind != pyarrow.string():
        return value
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
