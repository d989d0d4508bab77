"""The live connection without a socket, from docs/reference/protocol.md alone: stands where `client` has its socket.

Two connections of HTTP: one asks for messages, the other brings them. Not for browsers, which do the same in
static/js/live/polling.js.
"""

import http.client
import json
import struct
import time
from collections import deque
from urllib.parse import urlsplit

from tests.app.client import PATIENCE_SECONDS, LiveClient

TEXT, BINARY, CLOSE = 0, 1, 2


class Closed(Exception):
    """The session is over; its words are the close code, or the status of the answer that said so."""


class Poller:
    """Sends and receives as a socket does, one message at a time."""

    def __init__(self, address: str, **headers: str) -> None:
        place = urlsplit(address)
        self.headers = headers
        self.path = place.path
        self.ways = [http.client.HTTPConnection(place.netloc, timeout=PATIENCE_SECONDS) for _ in range(2)]
        self.sent = self.polled = 0
        self.waiting: deque[str | bytes | int] = deque()
        self.told = json.loads(self.post(0, "session", b""))

    def post(self, way: int, what: str, body: bytes) -> bytes:
        try:
            answer = self.ask(way, what, body)
        except (ConnectionError, http.client.HTTPException):
            # A connection that rested was closed meanwhile: a request that comes twice does nothing twice.
            self.ways[way].close()
            answer = self.ask(way, what, body)
        data = answer.read()
        if answer.status >= 400:
            raise Closed(f"{answer.status} {data.decode()}")
        return data

    def ask(self, way: int, what: str, body: bytes) -> http.client.HTTPResponse:
        self.ways[way].request("POST", f"{self.path}/{what}", body, self.headers)
        return self.ways[way].getresponse()

    def head(self, number: int) -> bytes:
        return f"{self.told['session']} {number}\n".encode()

    def send(self, *messages: str | bytes) -> None:
        body = b""
        for message in messages:
            data = message.encode() if isinstance(message, str) else message
            body += struct.pack("<BI", TEXT if isinstance(message, str) else BINARY, len(data)) + data
        self.sent += 1
        try:
            self.post(1, "send", self.head(self.sent) + body)
        except Closed as closed:
            # The session's last words, and why, may still be on their way down.
            if not str(closed).startswith("410"):
                raise

    def recv(self, timeout: float = PATIENCE_SECONDS) -> str | bytes:
        end = time.monotonic() + timeout
        while not self.waiting:
            assert time.monotonic() < end
            self.polled += 1
            self.take_in(self.post(0, "receive", self.head(self.polled)))
        message = self.waiting.popleft()
        if isinstance(message, int):
            raise Closed(str(message))
        return message

    def take_in(self, body: bytes) -> None:
        while body:
            kind, length = struct.unpack_from("<BI", body)
            data, body = body[5 : 5 + length], body[5 + length :]
            message: str | bytes | int = (
                data if kind == BINARY else data.decode() if kind == TEXT else int.from_bytes(data, "little")
            )
            self.waiting.append(message)

    def leave(self) -> None:
        self.post(1, "leave", self.head(0))

    def close(self) -> None:
        for way in self.ways:
            way.close()


class PollingClient(LiveClient):
    """The same client over requests."""

    poller: Poller | None = None

    def connect(self) -> None:
        self.lose()
        self.poller = Poller(self.address.replace("ws://", "http://"))
        self.socket = self.poller  # type: ignore[assignment]

    def lose(self) -> None:
        """As a closed lid would: nothing is said, nothing is asked any more."""
        if self.poller is not None:
            self.poller.close()

    def close(self) -> None:
        self.lose()
