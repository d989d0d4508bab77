"""What stands in place of a WebSocket for clients that poll, on an event loop, by docs/reference/protocol.md.

Two connections of HTTP that stay open: one asks for messages, the other brings them, one request after another. Not for
answers that are lost on the way (static/js/live/polling.js).
"""

import asyncio
import json
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

HEAD = struct.Struct("<BI")
TEXT, BINARY = 0, 1


class Way:
    """One connection, and one request after another on it."""

    def __init__(self, address: str) -> None:
        self.place = urlsplit(address)

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(self.place.hostname, self.place.port)

    async def ask(self, what: str, body: bytes) -> bytes:
        first_line = f"POST {self.place.path}/{what} HTTP/1.1\r\nhost: {self.place.netloc}\r\n"
        self.writer.write(f"{first_line}content-length: {len(body)}\r\n\r\n".encode() + body)
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if line)
        answer = await self.reader.readexactly(int(headers.get("content-length", "0")))
        if int(first.split()[1]) >= 400:
            raise ConnectionError(first)
        return answer


class PollingSocket:
    """Sends and receives, one message at a time."""

    def __init__(self, down: Way, up: Way, secret: str) -> None:
        self.down, self.up, self.secret = down, up, secret
        self.polled = self.sent = 0
        self.read: deque[str | bytes] = deque()
        self.unsent = bytearray()
        self.wanted = asyncio.Event()

    async def send(self, message: str) -> None:
        """Leaves with whatever else waits, once what was sent before is taken."""
        self.unsent += HEAD.pack(TEXT, len(message)) + message.encode()
        self.wanted.set()

    async def carry_up(self) -> None:
        while await self.wanted.wait():
            self.wanted.clear()
            self.sent += 1
            body, self.unsent = bytes(self.unsent), bytearray()
            await self.up.ask("send", f"{self.secret} {self.sent}\n".encode() + body)

    async def recv(self) -> str | bytes:
        while not self.read:
            self.polled += 1
            body = await self.down.ask("receive", f"{self.secret} {self.polled}\n".encode())
            at = 0
            while at < len(body):
                kind, length = HEAD.unpack_from(body, at)
                at += HEAD.size + length
                data = body[at - length : at]
                if kind not in (TEXT, BINARY):
                    raise EOFError("closed by the server")
                self.read.append(data if kind == BINARY else data.decode())
        return self.read.popleft()


@asynccontextmanager
async def poll(address: str) -> AsyncIterator[PollingSocket]:
    """A session over requests to `address` of http://, left at the end."""
    down, up = Way(address), Way(address)
    await asyncio.gather(down.open(), up.open())
    socket = PollingSocket(down, up, json.loads(await down.ask("session", b""))["session"])
    carrying = asyncio.create_task(socket.carry_up())
    try:
        yield socket
    finally:
        carrying.cancel()
        await asyncio.wait([carrying])
        for way in (down, up):
            way.writer.close()
