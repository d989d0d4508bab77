"""Rows as a data frame of pandas or Polars, whichever is there: neither is needed, nor loaded before it is asked for.

    frame(study.run())

Not here: rows as files (`app.studies`).
"""

import json
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from nncore.study.bad_study import BadStudy
from nncore.study.rows import Row

LIBRARIES = ("pandas", "polars")


def frame(rows: Iterable[Row], library: str | None = None) -> Any:
    """`rows` as a DataFrame of `library`, or of the first of LIBRARIES that is installed.

    A column that holds more than numbers, or more than truth values, holds texts: an entry with knobs is its JSON.
    Raises BadStudy for another library, or where there is none.
    """
    if library is not None and library not in LIBRARIES:
        raise BadStudy("library", f"must be one of {', '.join(LIBRARIES)}, not {library!r}")
    found = [name for name in ((library,) if library else LIBRARIES) if find_spec(name) is not None]
    if not found:
        raise BadStudy("", f"a frame needs {library or 'pandas or polars'}, which is not installed")
    return import_module(found[0]).DataFrame(_columns(list(rows)))


def _columns(rows: list[Row]) -> dict[str, list[Any]]:
    return {name: _alike([row[name] for row in rows]) for name in (rows[0] if rows else ())}


def _alike(values: list[Any]) -> list[Any]:
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {bool} or kinds <= {str} or kinds <= {int}:
        return values
    if kinds <= {int, float}:
        return [None if value is None else float(value) for value in values]
    return [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
