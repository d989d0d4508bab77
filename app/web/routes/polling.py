"""The live connection without a socket, for networks that let none through: four requests (docs/reference/protocol.md).

A body begins with a line of the session's secret, which stands in no address since proxies write addresses down, and
the request's number. Not here: who may ask (`app.web.security`), what becomes of messages (`polling_transport`).
"""

import re

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.live import events
from app.web.leaving import unless_left
from app.web.polling_transport import gone
from app.web.services import Used
from app.web.transport import READ_FACTOR
from nncore.sentence import Sentence

router = APIRouter(prefix="/live")

LONGEST_LINE = 100
"""Bytes of the line before the messages."""

_LINE = re.compile(rb"([A-Za-z0-9_-]{1,64}) ([0-9]{1,9})")
_LONG_MESSAGES = Sentence(
    "refused.long_messages", "the messages are longer than the {limit} bytes that this server reads"
)

_BLOCKED = Sentence(
    "polling.blocked",
    "This network blocks the live connection (a WebSocket). The page works without it, with fewer pictures per second.",
)

NO_STORE = {"Cache-Control": "no-store, no-transform"}


@router.post("/session")
async def session(request: Request, services: Used) -> Response:
    """A new session: its secret, how often its client may ask, what a reader is told. 503 where there is no room."""
    secret = services.polling.open(request.client.host if request.client else "")
    told = {
        "session": secret,
        "polls_per_second": services.settings.polls_per_second,
        "notice": events.Notice.of(_BLOCKED).to_json(),
    }
    return JSONResponse(told, 201, NO_STORE)


@router.post("/send")
async def send(request: Request, services: Used) -> Response:
    """Messages for the session: answered once it has taken them. 410 where it has ended."""
    limit = READ_FACTOR * services.settings.message_bytes
    secret, number, messages = _read(await services.bodies.read(request, limit + LONGEST_LINE, _LONG_MESSAGES))
    await unless_left(request, services.polling.find(secret).take(number, messages))
    return Response(status_code=204, headers=NO_STORE)


@router.post("/receive")
async def receive(request: Request, services: Used) -> Response:
    """What the session has to say, as soon as there is something. 410 where it has ended."""
    secret, number, _ = _read(await services.bodies.read(request, LONGEST_LINE, _LONG_MESSAGES))
    messages = await unless_left(request, services.polling.find(secret).poll(number))
    return Response(messages, media_type="application/octet-stream", headers=NO_STORE)


@router.post("/leave")
async def leave(request: Request, services: Used) -> Response:
    """The client goes: its session ends now, and not only once it has not been heard of for a while."""
    secret, _, _ = _read(await services.bodies.read(request, LONGEST_LINE, _LONG_MESSAGES))
    services.polling.find(secret).leave()
    return Response(status_code=204, headers=NO_STORE)


def _read(body: bytes) -> tuple[str, int, bytes]:
    """The secret, the number and the messages of a body. Raises LiveSessionGone where it names no session."""
    first, ended, messages = body.partition(b"\n")
    line = _LINE.fullmatch(first)
    if line is None or not ended:
        raise gone()
    return line[1].decode("ascii"), int(line[2]), messages
