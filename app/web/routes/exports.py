"""A saved run made into a file to keep: `POST /api/export/<what>` with a checkpoint as its body.

The server keeps nothing of it: the page brings the checkpoint that it was sent. Not here: what is written
(`nncore.export`), nor how a checkpoint is checked (`app.links.limits`).
"""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.requests import ClientDisconnect

from app.errors import TooLarge
from app.links.limits import load_checkpoint
from app.settings import Settings
from app.web.request_body import read_body
from nncore.errors import InputError, UnknownName
from nncore.export import EXPORTS
from nncore.sentence import Sentence

_LONG_CHECKPOINT = Sentence(
    "refused.long_checkpoint", "the checkpoint is longer than the {limit} bytes that this server reads"
)

router = APIRouter(prefix="/api/export")

FILES = {
    "numpy": ("network_numpy.py", "text/x-python"),
    "torch": ("network_torch.py", "text/x-python"),
    "data": ("data.csv", "text/csv"),
    "history": ("history.csv", "text/csv"),
}
"""What each export is called and is, for clients that give it no name of their own."""


@router.post("/{what}")
async def export(request: Request, what: str) -> Response:
    """The file, or one sentence: 404 no such export, 408 too slow, 413 too long, 422 no checkpoint, 503 too many."""
    state = request.app.state
    if what not in EXPORTS:
        return _refusal(404, UnknownName.of("export", what, EXPORTS))
    try:
        # Who only holds a connection open must not hold a place: first the body, then the place.
        async with asyncio.timeout(state.settings.request_seconds):
            data = await read_body(request, state.settings.checkpoint_bytes, _LONG_CHECKPOINT)
        if state.exports.locked():
            return _say(503, "Too many files are being made at once; try again.", {"Retry-After": "2"})
        async with state.exports:
            text = await asyncio.to_thread(_make, what, data, state.settings)
    except TimeoutError:
        return _say(408, "The checkpoint took too long to arrive.")
    except TooLarge as error:
        return _refusal(413, error)
    except InputError as error:
        return _refusal(422, error)
    except ClientDisconnect:
        return Response(status_code=400)
    name, media_type = FILES[what]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type=media_type, headers=headers)


def _make(what: str, data: bytes, settings: Settings) -> str:
    try:
        trainer = load_checkpoint(data, None, settings)
    except InputError as error:
        raise error.under("checkpoint") from None
    return EXPORTS[what](trainer)


def _refusal(status: int, error: InputError) -> Response:
    return _say(status, str(error))


def _say(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"message": sentence}, status, {"Cache-Control": "no-store", **(headers or {})})
