"""A table of points as a reader has it, read for the page: the same rules as `nncore.points`, and no others.

Nothing is kept: the answer holds the knobs of the dataset `own`, which travel in the reader's own Config from there on.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from app.errors import TooLarge
from app.live.events import Refused
from app.settings import Settings
from app.web.request_body import read_body
from nncore.errors import InputError, OutOfRange, WrongType
from nncore.points import OwnPoints, read_csv
from nncore.sentence import Sentence

_LONG_TABLE = Sentence("refused.long_table", "the table is longer than the {limit} bytes that this server reads")
_NO_UTF8 = Sentence("refused.no_utf8", "must be text in UTF-8; save the table as that")
_MANY_ROWS = Sentence("refused.many_rows", "the table has {count} points; this server takes at most {high}")
_MANY_CLASSES = Sentence("refused.many_classes", "the table has {count} classes; this server takes at most {high}")

router = APIRouter(prefix="/api")


@router.post("/points", response_model=None)
async def points(
    request: Request, task: Annotated[str | None, Query(description="What labels are; left out, they tell.")] = None
) -> JSONResponse:
    """The points of a table of text (x, y, label), or 422 with the sentence that names its line."""
    settings: Settings = request.app.state.settings
    try:
        text = await _text(request, settings.message_bytes)
        # A large table takes its time: others must not wait for it.
        own = await run_in_threadpool(_read, text, task, settings)
    except InputError as error:
        refused = Refused.of(error).to_json()
        return JSONResponse(refused, 413 if isinstance(error, TooLarge) else 422)
    return JSONResponse(_told(own))


async def _text(request: Request, limit_bytes: int) -> str:
    """The body, as far as it may be long."""
    body = await read_body(request, limit_bytes, _LONG_TABLE)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + body[: error.start].count(b"\n")
        raise WrongType(f"line {line}", _NO_UTF8) from None


def _read(text: str, task: str | None, settings: Settings) -> OwnPoints:
    own = read_csv(text, task)  # type: ignore[arg-type]  # it refuses what is no task
    count, classes = len(own.points), len(own.classes)
    if count > settings.points:
        raise OutOfRange("", _MANY_ROWS, count=count, high=settings.points)
    if classes > settings.classes:
        raise OutOfRange("", _MANY_CLASSES, count=classes, high=settings.classes)
    return own


def _told(own: OwnPoints) -> dict[str, Any]:
    """The knobs as a Config reads them, and how the reader's numbers were brought into the square."""
    told = own.to_json()
    shown = {name: told[name] for name in ("columns", "classes", "scaling", "value_scaling")}
    return {"knobs": own.knobs(), **shown}
