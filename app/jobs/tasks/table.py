"""A table read for the page: what is asked for as JSON on a line of its own, then the file's bytes.

The answer begins with a line that is 200 or 422. Then comes JSON: how the table was read and what is in it, and the
knobs of the dataset `own` as a Config reads them; or, where a readable table cannot become points, the refusal with the
table beside it, so that someone can choose otherwise. Not here: the rules of reading (`nncore.tables`, `app.tables`).
"""

import json
from typing import Any

from app.settings import Settings
from app.tables.opening import Opened, open_table
from nncore.errors import InputError, OutOfRange, UnknownName
from nncore.points import MOST_POINTS
from nncore.sentence import Said, Sentence
from nncore.tables import Choice, Reading, Table, choose, make_points, make_table
from nncore.tables.columns import is_gap
from nncore.tables.grid import Row

_MANY_CLASSES = Sentence("refused.many_classes", "the table has {count} classes; this server allows at most {high}")

PREVIEW_ROWS = 8
LONGEST_CELL = 60
"""Characters of a cell in the preview; the rest is cut."""
FIRST_LINES = 10

_WORDS: dict[str, dict[str, Any]] = {
    "header": {"": None, "yes": True, "no": False},
    "decimal": {"": "", "point": ".", "comma": ","},
    "sample": {"": False, "no": False, "yes": True},
}
"""What may be asked for by a word, and what it means."""


def work(request: bytes, settings: Settings) -> bytes:
    """The status and the JSON; raises an InputError where there is no table to speak of."""
    head, _, data = request.partition(b"\n")
    asked = json.loads(head or b"{}")
    header, decimal, sample = (_word(asked, name) for name in ("header", "decimal", "sample"))
    opened = open_table(data, asked.get("encoding", ""))
    table = make_table(opened.grid, header=header, decimal=decimal)
    choice = reading = None
    try:
        choice = choose(table, tuple(asked.get(name) or None for name in ("x", "y", "label")))
        most = min(settings.points, MOST_POINTS)
        reading = make_points(table, choice, asked.get("task") or None, most=most, sample=sample)
        if len(reading.own.classes) > settings.classes:
            raise OutOfRange("", _MANY_CLASSES, count=len(reading.own.classes), high=settings.classes)
    except InputError as error:
        return _answer(422, {**_refusal(error), "table": _table(opened, table, choice, None)})
    return _answer(200, {**_points(reading), "table": _table(opened, table, choice, reading)})


def _word(asked: dict[str, str], name: str) -> Any:
    words = _WORDS[name]
    if asked.get(name, "") not in words:
        raise UnknownName.of(name, asked[name], [word for word in words if word], name)
    return words[asked.get(name, "")]


def _answer(status: int, told: dict[str, Any]) -> bytes:
    return b"%d\n" % status + json.dumps(told, allow_nan=False, separators=(",", ":"), ensure_ascii=False).encode()


def _refusal(error: InputError) -> dict[str, Any]:
    """As every refusal over HTTP is (`app.web.errors`)."""
    said = {"code": error.code, "path": error.path, "message": str(error), "known": list(error.known)}
    return {**said, "key": error.sentence.key, "values": dict(error.values)}


def _points(reading: Reading) -> dict[str, Any]:
    told = reading.own.to_json()
    shown = {name: told[name] for name in ("columns", "classes", "scaling", "value_scaling")}
    return {"knobs": reading.knobs(), **shown}


def _table(opened: Opened, table: Table, choice: Choice | None, reading: Reading | None) -> dict[str, Any]:
    notes: list[Said] = [*opened.notes, *table.notes, *(reading.notes if reading else ())]
    preview = table.rows[:PREVIEW_ROWS]
    skipped = reading.skipped if reading else ()
    return {
        "form": table.grid.form,
        "encoding": opened.encoding,
        "separator": table.grid.separator,
        "decimal": {"": "", ".": "point", ",": "comma"}[table.decimal],
        "header": table.header,
        "rows": len(table.rows),
        "preview": [[_cut(cell) for cell in row.cells] for row in preview],
        "preview_gaps": [_gaps(table, row) for row in preview],
        "lines": [row.line for row in preview],
        "columns": [{**column.to_json(), "name": _cut(column.name)} for column in table.columns],
        "chosen": choice and {name: getattr(choice, name) for name in ("x", "y", "label", "split")},
        "doubtful": choice is None or choice.doubtful,
        "tasks": _tasks(table, choice),
        "skipped": {"count": len(skipped), "lines": list(skipped[:FIRST_LINES])},
        "sampled_from": reading.sampled_from if reading else None,
        "notes": [said.to_json() for said in notes],
    }


def _gaps(table: Table, row: Row) -> list[int]:
    """The columns in which nothing is known in this row."""
    return [n for n, cell in enumerate(row.cells) if is_gap(cell, number=table.columns[n].is_numeric)]


def _tasks(table: Table, choice: Choice | None) -> list[str]:
    """What the labels could be learnt as."""
    if choice is None:
        return []
    column = table.columns[choice.label]
    return ["classification", "regression"] if column.is_numeric else ["classification"]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
