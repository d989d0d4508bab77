"""JSON: a list of rows, of objects or of lists; an object of columns; or one row on each line.

Numbers are taken as they are written, digit by digit. Not here: nested data, which is no table.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nncore.errors import OutOfRange, WrongType, described
from nncore.sentence import Sentence
from nncore.tables.grid import MOST_CELLS, MOST_ROWS, ODD_CELLS, Grid, Room, Row, lines_of

_NO_JSON = Sentence("refused.json_table", "is not JSON: {reason} in column {column}")
_NO_ROWS = Sentence("refused.json_rows", "must be a list of rows, each an object or a list, not {value}")
_NO_CELL = Sentence("refused.json_cell", "must have text or a number as its {axis}, not {value}")
_UNEVEN = Sentence("refused.json_uneven", "must have {count} {count:cell|cells} like the first column, not {value}")

_LARGE = Sentence("refused.json_large", "this table has more than the {high} cells or {rows} rows that can be read")

HOLDERS = ("data", "points", "rows", "records", "values", "items")
"""What an object may call the list of rows that it holds."""


class _Number(str):
    """A number as it is written: no text, though it is kept as one."""

    __slots__ = ()


def is_json(text: str) -> bool:
    """Whether it begins as JSON does, and as no table of text would."""
    start = text.lstrip()[:2000].replace(" ", "").replace("\n", "").replace("\r", "").replace("\t", "")
    return start.startswith(('{"', "[{", "[[", "[]", "{}"))


def read_json(text: str) -> Grid:
    """The rows of `text`, counted from 1; by their lines where each stands on one of its own."""
    if text.count(",") > 2 * MOST_CELLS or text.count("[") + text.count("{") > MOST_ROWS + 2:
        # Said before all of it is unpacked, which takes many times the text's own memory.
        raise OutOfRange("", _LARGE, high=MOST_CELLS, rows=MOST_ROWS)
    if _is_a_row_a_line(text):
        return _grid(
            "json_lines", [(n, _loaded(line.rstrip(), n)) for n, line in lines_of(text) if line.strip()], "line"
        )
    value = _loaded(text, None)
    if isinstance(value, dict):
        return _of_object(value)
    return _grid("json", list(enumerate(_list(value), 1)), "row")


def _is_a_row_a_line(text: str) -> bool:
    """Whether the first line is a row by itself, and others follow."""
    lines = (line.strip() for _, line in lines_of(text))
    first, more = (next(filter(None, lines), "") for _ in range(2))
    if not more or first[:1] + first[-1:] not in ("{}", "[]"):
        return False
    try:
        _loaded(first, 1)
    except WrongType:
        # As of one object over many lines.
        return False
    return True


def _loaded(text: str, line: int | None) -> Any:
    try:
        return json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=_Number)
    except json.JSONDecodeError as error:
        place = f"line {line or error.lineno}"
        raise WrongType(place, _NO_JSON, reason=error.msg.lower(), column=error.colno) from None
    except RecursionError:
        raise WrongType(f"line {line or 1}", _NO_ROWS, value="lists within lists") from None


def _of_object(value: dict[str, Any]) -> Grid:
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        names = [str(name) for name in value["columns"]]
        return _grid("json", list(enumerate(value["data"], 1)), "row", names)
    for holder in HOLDERS:
        if isinstance(value.get(holder), list) and all(isinstance(row, (list, dict)) for row in value[holder]):
            return _grid("json", list(enumerate(value[holder], 1)), "row")
    columns = {name: list(each.values()) if isinstance(each, dict) else each for name, each in value.items()}
    if not columns or not all(isinstance(each, list) for each in columns.values()):
        raise WrongType("", _NO_ROWS, value="an object")
    count = len(next(iter(columns.values())))
    for name, each in columns.items():
        if len(each) != count:
            raise OutOfRange(name[:60], _UNEVEN, count=count, value=len(each))
    return _grid("json", list(enumerate(map(list, zip(*columns.values(), strict=True)), 1)), "row", list(columns))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongType("", _NO_ROWS, value=described(value))
    return value


def _grid(form: Any, rows: Sequence[tuple[int, Any]], place: Any, names: Sequence[str] | None = None) -> Grid:
    room = Room()
    keyed = bool(rows) and isinstance(rows[0][1], Mapping)
    if keyed:
        names = list(dict.fromkeys(key for _, row in rows if isinstance(row, Mapping) for key in row))
    read: list[Row] = []
    for number, row in rows:
        if not isinstance(row, Mapping if keyed else list):
            raise WrongType(f"{place} {number}", _NO_ROWS, value=described(row))
        # A key that is not there is a gap.
        cells = [row.get(name) for name in names or ()] if isinstance(row, Mapping) else list(row)
        width = len(names) if names is not None else len(read[0].cells) if read else len(cells)
        if len(cells) != width:
            raise WrongType(f"{place} {number}", ODD_CELLS, count=width, value=len(cells))
        room.take(number, width)
        read.append(Row(number, tuple(_text(cell, f"{place} {number}", n, names) for n, cell in enumerate(cells))))
    return Grid(form, tuple(read), None if names is None else tuple(names), decimal=".", place=place)


def _text(cell: Any, place: str, number: int, names: Sequence[str] | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        raise WrongType(place, _NO_CELL, axis=names[number] if names else str(number + 1), value=described(cell))
    return str(cell).strip()
