"""Messages over a WebSocket, one of the two transports: what is written to it is held up by the socket itself.

Not here: how its frames are read (`live_protocol`).
"""

import contextlib

from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect

from app.errors import ClientLeft
from app.hosts.connection import Message


class SocketTransport:
    """One accepted WebSocket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def receive(self) -> Message:
        """The client's next message. Raises ClientLeft."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise ClientLeft
        text: str | None = message.get("text")
        data: bytes = message.get("bytes") or b""
        return data if text is None else text

    async def send(self, message: Message) -> None:
        """Write a message; returns once the client has read enough. Raises ClientLeft."""
        try:
            if isinstance(message, bytes):
                await self._socket.send_bytes(message)
            else:
                await self._socket.send_text(message)
        except WebSocketDisconnect:
            raise ClientLeft from None

    async def close(self, code: int) -> None:
        """Close with `code`."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self._socket.close(code)
