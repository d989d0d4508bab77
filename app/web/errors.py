"""Answers in HTTP to what cannot be answered: the same fields as the live socket's `refused` and `busy`."""

import math

from starlette.responses import JSONResponse

from app.errors import Busy
from app.live.events import Refused
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
