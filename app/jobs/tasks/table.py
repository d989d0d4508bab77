"""A table of points read for the page: the task on a line of its own, empty for none, then the table's text.

The answer is JSON: the knobs of the dataset `own` as a Config reads them, and how the reader's numbers were brought
into the square. Not here: the rules of reading (`nncore.points`).
"""

import json

from app.settings import Settings
from nncore.errors import OutOfRange, WrongType
from nncore.points import OwnPoints, read_csv
from nncore.sentence import Sentence

_NO_UTF8 = Sentence("refused.no_utf8", "must be text in UTF-8; save the table as that")
_MANY_ROWS = Sentence("refused.many_rows", "the table has {count} points; this server takes at most {high}")
_MANY_CLASSES = Sentence("refused.many_classes", "the table has {count} classes; this server takes at most {high}")


def work(request: bytes, settings: Settings) -> bytes:
    """The points; raises an InputError whose path is the line."""
    task, _, table = request.partition(b"\n")
    own = read_csv(_text(table), task.decode() or None)  # type: ignore[arg-type]  # it refuses what is no task
    count, classes = len(own.points), len(own.classes)
    if count > settings.points:
        raise OutOfRange("", _MANY_ROWS, count=count, high=settings.points)
    if classes > settings.classes:
        raise OutOfRange("", _MANY_CLASSES, count=classes, high=settings.classes)
    return _told(own)


def _text(table: bytes) -> str:
    try:
        return table.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + table[: error.start].count(b"\n")
        raise WrongType(f"line {line}", _NO_UTF8) from None


def _told(own: OwnPoints) -> bytes:
    told = own.to_json()
    shown = {name: told[name] for name in ("columns", "classes", "scaling", "value_scaling")}
    return json.dumps({"knobs": own.knobs(), **shown}, allow_nan=False, separators=(",", ":")).encode()
