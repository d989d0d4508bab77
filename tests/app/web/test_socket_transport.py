"""A socket as a transport: text and bytes both ways, and one word for every way of being gone."""

import asyncio
from collections import deque
from typing import Any

import pytest
from fastapi import WebSocket

from app.errors import ClientLeft
from app.web.socket_transport import SocketTransport


def transport(heard: list[dict[str, Any]], said: list[Any], *, broken: bool = False) -> SocketTransport:
    waiting = deque([{"type": "websocket.connect"}, *heard])

    async def receive() -> Any:
        return waiting.popleft()

    async def send(message: Any) -> None:
        if broken and message["type"] == "websocket.send":
            raise OSError
        said.append(message)

    socket = WebSocket({"type": "websocket", "headers": []}, receive, send)
    asyncio.run(socket.accept())
    return SocketTransport(socket)


def test_text_and_bytes_come_as_they_are() -> None:
    heard: list[dict[str, Any]] = [
        {"type": "websocket.receive", "text": ""},
        {"type": "websocket.receive", "bytes": b"\x00"},
    ]
    tube = transport(heard, [])
    assert asyncio.run(tube.receive()) == ""
    assert asyncio.run(tube.receive()) == b"\x00"


def test_who_disconnects_has_left() -> None:
    with pytest.raises(ClientLeft):
        asyncio.run(transport([{"type": "websocket.disconnect", "code": 1001}], []).receive())


def test_text_and_bytes_go_as_they_are() -> None:
    said: list[Any] = []
    tube = transport([], said)
    asyncio.run(tube.send("one"))
    asyncio.run(tube.send(b"two"))
    asyncio.run(tube.close(1012))
    asyncio.run(tube.close(1011))
    assert [message.get("text") or message.get("bytes") or message.get("code") for message in said[1:]] == [
        "one",
        b"two",
        1012,
    ]


def test_who_takes_nothing_any_more_has_left() -> None:
    with pytest.raises(ClientLeft):
        asyncio.run(transport([], [], broken=True).send("x"))
