"""The live socket: a thin shell that carries messages between a client and its session, and closes with the right code.

One task receives while another sends; whichever ends first ends both. Not here: what a message means
(`app.live.session`).
"""

import asyncio
import contextlib
import time

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from app.errors import Busy, HostLost
from app.hosts.connection import ClientConnection
from app.live import events
from app.settings import Settings
from app.token_bucket import Bucket
from app.web.metrics import Metrics
from app.web.services import Used

router = APIRouter()

SILENT = 1008
HOST_LOST = 1011
TRY_AGAIN_LATER = 1013


@router.websocket("/live")
async def live(socket: WebSocket, services: Used) -> None:
    """One client, one session (docs/reference/protocol.md)."""
    await socket.accept()
    try:
        connection = services.backend.attach(socket.client.host if socket.client else "")
    except Busy as busy:
        await _turn_away(socket, busy, services.metrics)
        return
    services.metrics.connects.inc()
    try:
        await _carry(socket, connection, services.settings, services.metrics)
    finally:
        services.backend.detach(connection)
        services.metrics.dropped.inc(connection.dropped)


async def _carry(socket: WebSocket, connection: ClientConnection, settings: Settings, metrics: Metrics) -> None:
    """Both directions, until the client leaves or the connection ends."""
    inward, outward = _inward(socket, connection, settings, metrics), _outward(socket, connection, metrics)
    tasks = [asyncio.create_task(inward), asyncio.create_task(outward)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for error in (task.exception() for task in tasks if not task.cancelled()):
        if isinstance(error, HostLost):
            await _close(socket, HOST_LOST)
        elif isinstance(error, Busy):
            await _turn_away(socket, error, metrics)
        elif isinstance(error, TimeoutError):
            await _close(socket, SILENT)
        elif error is not None and not isinstance(error, WebSocketDisconnect):
            raise error


async def _inward(socket: WebSocket, connection: ClientConnection, settings: Settings, metrics: Metrics) -> None:
    """Read no faster than is allowed: what a flood sends meanwhile waits in its own network, not in our memory."""
    bucket = Bucket(settings.messages_per_second, settings.messages_at_once, time.monotonic())
    patience: float | None = settings.open_seconds
    while True:
        async with asyncio.timeout(patience):
            message = await socket.receive()
        patience = None
        if message["type"] == "websocket.disconnect":
            return
        metrics.messages.inc()
        text: str | None = message.get("text")
        await connection.send(message["bytes"] if text is None else text)
        if wait_seconds := bucket.take(time.monotonic()):
            metrics.slowed.inc()
            await asyncio.sleep(wait_seconds)


async def _outward(socket: WebSocket, connection: ClientConnection, metrics: Metrics) -> None:
    while True:
        message = await connection.receive()
        if isinstance(message, bytes):
            await socket.send_bytes(message)
        else:
            await socket.send_text(message)
        metrics.sent.inc()
        metrics.sent_bytes.inc(len(message))


async def _turn_away(socket: WebSocket, busy: Busy, metrics: Metrics) -> None:
    metrics.busy.inc()
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.send_text(events.encode(events.Busy.of(busy)))
        await socket.close(TRY_AGAIN_LATER)


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code)
