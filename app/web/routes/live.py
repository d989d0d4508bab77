"""The live socket: one client, one session (docs/reference/protocol.md).

Not here: the carrying of its messages (`app.web.transport`), the same without a socket (`routes.polling`).
"""

import asyncio
import contextlib

from fastapi import APIRouter, WebSocket

from app.errors import Busy
from app.web.services import Used
from app.web.socket_transport import SocketTransport
from app.web.transport import turn_away

router = APIRouter()


@router.websocket("/live")
async def live(socket: WebSocket, services: Used) -> None:
    """Both directions, until the client leaves or the session ends."""
    await socket.accept()
    transport = SocketTransport(socket)
    try:
        connection = services.carrier.attach(socket.client.host if socket.client else "")
    except Busy as busy:
        await turn_away(transport, busy)
        return
    # Cancelled are those who are left when the time for an orderly end is over: uvicorn says so in a line, and where
    # they were at that moment would tell nobody anything.
    with contextlib.suppress(asyncio.CancelledError):
        await services.carrier.carry(transport, connection)
