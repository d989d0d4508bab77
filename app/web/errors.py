"""Every answer in HTTP to what cannot be answered: one shape, one table of statuses, whichever route it was.

    {"code", "path", "message", "known", "key", "values"}, and "retry_after" with 503

as the live socket's `refused` and `busy` have them. A route raises; the application's handlers answer. Not here: what
can go wrong (`app.errors`, `nncore.errors`), what never becomes a request (`bare_answer`).
"""

import math
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from app.errors import Busy, JobLost, LiveSessionGone, TooLarge, TooLate
from app.labs.registry import UnknownLab
from app.live.events import Refused
from app.web.security import headers_for, visible_path
from nncore.errors import InputError
from nncore.sentence import Sentence

STATUS: dict[type[InputError], HTTPStatus] = {
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    LiveSessionGone: HTTPStatus.GONE,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooLate: HTTPStatus.REQUEST_TIMEOUT,
    UnknownLab: HTTPStatus.NOT_FOUND,
}
"""By kind of mistake; a kind that is not named has its parent's."""

LOST_RETRY_SECONDS = 1.0
"""After a worker's end: its successor starts with the next job."""

_FIELDS = ("code", "path", "message", "known", "key", "values")

_NO_PAGE = Sentence("refused.no_page", "there is nothing at this address")
_NO_METHOD = Sentence("refused.no_method", "this address does not accept {method}")
_NOT_SERVED = Sentence("refused.not_served", "this cannot be answered: {reason}")
_INTERNAL = Sentence("refused.internal", "something went wrong in the server; its log says what")
_LOST = Sentence("say.busy_lost", "The process that was working on this has ended.")


class Elsewhere(InputError):
    """Nothing is here, or nothing of this kind."""

    code = "address"


class Internal(InputError):
    """Our own mistake, as a visitor is told of it."""

    code = "internal"


def refused(error: InputError, status: int | None = None) -> JSONResponse:
    """A mistake in one sentence; `status` where a standard asks for another than the table's."""
    told = Refused.of(error).to_json()
    return _answer({name: told[name] for name in _FIELDS}, status or status_of(error))


def too_busy(busy: Busy) -> JSONResponse:
    """No room now: when to come back."""
    said = {"code": "busy", "path": "", "message": str(busy), "known": [], "key": busy.sentence.key}
    body = said | {"values": busy.values, "retry_after": busy.retry_seconds}
    return _answer(body, 503, {"Retry-After": str(math.ceil(busy.retry_seconds))})


def status_of(error: InputError) -> HTTPStatus:
    """The status of the nearest kind in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def answer_errors(app: FastAPI) -> None:
    """Have `app` answer whatever its routes raise."""
    app.add_exception_handler(InputError, _refuse)
    app.add_exception_handler(Busy, _send_away)
    app.add_exception_handler(JobLost, _lose)
    app.add_exception_handler(HTTPException, _miss)
    app.add_exception_handler(ClientDisconnect, _part)
    app.add_exception_handler(Exception, _fail)


def _answer(body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return refused(error)


async def _send_away(request: Request, error: Exception) -> Response:
    assert isinstance(error, Busy)
    return too_busy(error)


async def _lose(request: Request, error: Exception) -> Response:
    return too_busy(Busy(_LOST, LOST_RETRY_SECONDS))


async def _miss(request: Request, error: Exception) -> Response:
    """What the framework refuses: no such path, no such method."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return refused(Elsewhere("", _NO_PAGE), error.status_code)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return refused(Elsewhere("", _NO_METHOD, method=request.method[:20]), error.status_code)
    return refused(InputError("", _NOT_SERVED, reason=str(error.detail)), error.status_code)


async def _part(request: Request, error: Exception) -> Response:
    """Nobody reads it: the client has left."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _fail(request: Request, error: Exception) -> Response:
    """Our own mistake. This answer is made outside everything else, so it brings the headers that guard the others."""
    answer = refused(Internal("", _INTERNAL), HTTPStatus.INTERNAL_SERVER_ERROR)
    answer.headers.update(headers_for(visible_path(request.scope)))
    return answer
