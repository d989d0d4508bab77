"""Answers in HTTP to what cannot be answered: the same fields as the live socket's `refused` and `busy`.

`answer_errors` has what no route answers itself answered here. Not here: what never becomes a request (`bare_answer`).
"""

import math

from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.errors import Busy
from app.live.events import Refused
from app.web.security import headers_for, visible_path
from nncore.errors import InputError


def refused(error: InputError, status: int = 422) -> JSONResponse:
    """A reader's mistake, in one sentence."""
    told = Refused.of(error).to_json()
    body = {name: told[name] for name in ("code", "path", "message", "known", "key", "values")}
    return JSONResponse(body, status, {"Cache-Control": "no-store"})


def too_busy(busy: Busy) -> JSONResponse:
    """No room now: when to come back."""
    body = {"message": str(busy), "retry_after": busy.retry_seconds}
    return JSONResponse(body, 503, {"Retry-After": str(math.ceil(busy.retry_seconds)), "Cache-Control": "no-store"})


def answer_errors(app: FastAPI) -> None:
    """Have `app` answer what its routes let through."""
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _broken)


async def _busy(request: Request, error: Exception) -> Response:
    assert isinstance(error, Busy)
    return too_busy(error)


async def _gone(request: Request, error: Exception) -> Response:
    """Nobody is there to read it, and nothing is wrong here."""
    return Response(status_code=400)


async def _broken(request: Request, error: Exception) -> Response:
    """Our own mistake. It is answered outside of everything else, so the headers of every answer are put on here."""
    headers = {"Cache-Control": "no-store", **headers_for(visible_path(request.scope))}
    return PlainTextResponse("Something went wrong on this server.\n", 500, headers)
