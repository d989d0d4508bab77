"""Messages in the bodies of requests, for networks that let no WebSocket through: one of the two transports.

Up: a request is answered once its session has taken what it brought, and only then comes the next. Down: a request is
answered as soon as there is something to say, with all that there is (long polling: every proxy passes it on, where
one that scans whole answers would hold up a stream for ever). Both kinds are numbered from 1, so that one that comes
again, because its answer was lost on the way, is answered again and nothing is done twice. Not here: the requests
(`routes.polling`), and by which secret a client is known (`polling`).
"""

import asyncio
import contextlib
import math
import struct
from collections import deque
from collections.abc import Callable

from app.errors import ClientLeft, LiveSessionGone
from app.hosts.connection import Message
from app.settings import Settings
from app.web.transport import TRY_AGAIN_LATER
from app.web.unfinished import Unfinished
from nncore.errors import InputError
from nncore.sentence import Sentence

TEXT, BINARY, CLOSE = 0, 1, 2
HEAD = struct.Struct("<BI")
"""Before each message: its kind and its length in bytes. What closes holds two bytes, its code."""

MOST_MESSAGES = 400
"""In one body."""

ROOM_BYTES = 64_000
"""So much may wait for a client's next request; a longer message waits there alone."""

_GONE = Sentence("refused.live_session", "this live session has ended")
_NO_MESSAGES = Sentence(
    "refused.live_messages", "must contain messages, each preceded by its kind and length, at most {most}"
)


def pack(kind: int, data: bytes) -> bytes:
    """A message as it stands in a body."""
    return HEAD.pack(kind, len(data)) + data


def unpack(body: bytes) -> deque[Message]:
    """The messages of a client's body. Raises InputError where it is anything else."""
    messages: deque[Message] = deque()
    at = 0
    try:
        while at < len(body):
            kind, length = HEAD.unpack_from(body, at)
            at += HEAD.size + length
            data = body[at - length : at]
            if kind not in (TEXT, BINARY) or at > len(body) or len(messages) == MOST_MESSAGES:
                raise ValueError
            messages.append(data if kind == BINARY else data.decode())
    except (struct.error, ValueError):
        raise InputError("", _NO_MESSAGES, most=MOST_MESSAGES) from None
    return messages


def gone() -> LiveSessionGone:
    """There is no such session, or no such place in it."""
    return LiveSessionGone("", _GONE)


class PollingTransport:
    """One client that asks for its messages."""

    def __init__(
        self, settings: Settings, unfinished: "Unfinished[PollingTransport]", ended: Callable[[], None]
    ) -> None:
        """`ended` is called once nothing is to be expected of the client, nor by it."""
        self._settings = settings
        self._unfinished = unfinished
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._sent = 0
        """The number of the newest request that brought messages."""
        self._unread: deque[Message] = deque()
        self._arrived = asyncio.Event()
        self._taken = asyncio.Event()
        self._taken.set()
        self._polled = 0
        """The number of the newest request that was answered with messages."""
        self._answer = b""
        self._answered_at = -math.inf
        self._asking: asyncio.Future[bool] | None = None
        self._waiting = bytearray()
        self._room = asyncio.Event()
        self._code: int | None = None
        self._left = False
        self._silence = self._loop.call_later(settings.ping_timeout_seconds, self.leave)

    # What the carrier asks of it.

    async def receive(self) -> Message:
        """The client's next message; asked for the next one, the one before is done with. Raises ClientLeft."""
        while not self._is_over:
            if self._unread:
                return self._unread.popleft()
            self._unfinished.note(self, 0)
            self._taken.set()
            self._arrived.clear()
            await self._arrived.wait()
        raise ClientLeft

    async def send(self, message: Message) -> None:
        """Put a message where the client's next request finds it, once there is room. Raises ClientLeft."""
        kind, data = (BINARY, message) if isinstance(message, bytes) else (TEXT, message.encode())
        while self._waiting and len(self._waiting) + len(data) > ROOM_BYTES and not self._is_over:
            self._room.clear()
            await self._room.wait()
        if self._is_over:
            raise ClientLeft
        self._waiting += pack(kind, data)
        self._wake()

    async def close(self, code: int) -> None:
        """The client's next request brings what still waits, and this code."""
        self.shut(code)

    # What requests ask of it.

    async def take(self, number: int, body: bytes) -> None:
        """Hand the messages in `body` to the session; returns once all of them are with their host.

        Raises InputError for what holds no messages, LiveSessionGone where the client has left, or where this is not
        the request that is to be expected. What comes once the session has ended is dropped, as on a socket that
        closes: the client has yet to ask for the last words, and why.
        """
        if self._code is not None and not self._left:
            return
        if number == self._sent + 1 and self._taken.is_set() and not self._is_over:
            self._unread = unpack(body)
            self._sent = number
            self._taken.clear()
            self._arrived.set()
            for largest in self._unfinished.note(self, len(body)):
                largest.give_way()
        elif number != self._sent:
            raise gone()
        await self._taken.wait()
        if self._unread and self._left:
            raise gone()

    async def poll(self, number: int) -> bytes:
        """What there is for the client, as soon as there is something; nothing after a while, to see if it asks again.

        A newer request takes the place of one that still waits. Raises LiveSessionGone where `number` is not the one
        that is to be expected.
        """
        if number == self._polled > 0:
            return self._answer
        if number != self._polled + 1 or self._left:
            raise gone()
        self._silence.cancel()
        if self._asking is not None and not self._asking.done():
            self._asking.set_result(False)
        asking = self._asking = self._loop.create_future()
        try:
            if self._waiting or self._code is not None:
                asking.set_result(True)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.ping_seconds):
                    await asking
            pause_seconds = self._answered_at + 1 / self._settings.polls_per_second - self._loop.time()
            if self._asking is asking and pause_seconds > 0:
                await asyncio.sleep(pause_seconds)
            return self._answered(number) if self._asking is asking else b""
        finally:
            if self._asking is asking:
                self._asking = None
                if not self._left:
                    self._silence = self._loop.call_later(self._settings.ping_timeout_seconds, self.leave)

    def leave(self) -> None:
        """The client has gone, or has not been heard of for too long."""
        self._left = True
        self._silence.cancel()
        self._release()
        self._wake()
        self._ended()

    def give_way(self) -> None:
        """Others need the room of what it has sent."""
        self._unread.clear()
        self.shut(TRY_AGAIN_LATER)

    @property
    def _is_over(self) -> bool:
        return self._left or self._code is not None

    def shut(self, code: int) -> None:
        """`close`, at once."""
        if self._is_over:
            return
        self._code = code
        self._release()
        self._wake()

    def _answered(self, number: int) -> bytes:
        self._polled, self._answered_at = number, self._loop.time()
        self._answer = bytes(self._waiting)
        self._waiting.clear()
        self._room.set()
        if self._code is not None:
            self._answer += pack(CLOSE, self._code.to_bytes(2, "little"))
            self.leave()
        return self._answer

    def _wake(self) -> None:
        if self._asking is not None and not self._asking.done():
            self._asking.set_result(True)

    def _release(self) -> None:
        """Whoever waits for it need wait no more."""
        self._unfinished.note(self, 0)
        for event in (self._arrived, self._taken, self._room):
            event.set()
