"""The live socket: a thin shell that carries messages between a client and its line, and closes with the right code.

One task receives while another sends; whichever ends first ends both. Not here: what any message means (`app.session`).
"""

import asyncio
import contextlib

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import events
from app.errors import Busy, HostLost
from app.events import Refused
from app.line import Line
from nncore.errors import WrongType

router = APIRouter()

HOST_LOST = 1011
TRY_AGAIN_LATER = 1013


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """One client, one session (docs/reference/protocol.md)."""
    await socket.accept()
    backend = socket.app.state.backend
    try:
        line = backend.attach()
    except Busy as busy:
        await socket.send_text(events.encode(events.Busy(busy.retry_seconds, str(busy))))
        await socket.close(TRY_AGAIN_LATER)
        return
    try:
        await _carry(socket, line)
    finally:
        backend.detach(line)


async def _carry(socket: WebSocket, line: Line) -> None:
    """Both directions, until the client leaves or the line ends."""
    tasks = [asyncio.create_task(_inward(socket, line)), asyncio.create_task(_outward(socket, line))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for error in (task.exception() for task in tasks if not task.cancelled()):
        if isinstance(error, HostLost):
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await socket.close(HOST_LOST)
        elif error is not None and not isinstance(error, WebSocketDisconnect):
            raise error


async def _inward(socket: WebSocket, line: Line) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        if text is None:
            error = WrongType("", "messages to the server must be text; this one was binary")
            await line.answer(events.encode(Refused.of(error)))
        else:
            await line.send(text)


async def _outward(socket: WebSocket, line: Line) -> None:
    while True:
        message = await line.receive()
        if isinstance(message, bytes):
            await socket.send_bytes(message)
        else:
            await socket.send_text(message)
