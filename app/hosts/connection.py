"""One client's connection to its session: messages out to the host, messages in from it, both bounded.

The web process keeps one per client, whichever way its messages travel (`app.web.transport`). A client that reads
slowly holds up nobody but itself: while its outbox is full its own messages are not read, and of two waiting
checkpoints only the newer is kept. Nor does one that says more than its session can obey in its turns: while enough
waits at the host, the next message is not read. Not here: which host is at the other end (`backend`).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from app.errors import HostLost, Parted
from app.live.events import Checkpoint, Frame

Message = str | bytes
"""As it travels between a client and this server."""

Delivery = str | Frame | Checkpoint
"""What a session has to say to its client; an event is already text."""

OUTBOX = 16
"""Messages waiting for a client, above which it is not listened to."""

INBOX = 32
"""Messages waiting at the host, above which a client is not listened to."""

INBOX_CHARACTERS = 100_000
"""The same in characters, or bytes; one message of any length may wait there alone."""


class ClientConnection:
    """A session's two directions, as the web process holds them."""

    def __init__(self, number: int, forward: Callable[[Message], Awaitable[None]]) -> None:
        """`forward` hands a message to the session's host."""
        self.number = number
        self._forward = forward
        self._outbox: deque[Delivery] = deque()
        self._lost: Exception | None = None
        self._filled = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()
        self._forwarded: deque[int] = deque()
        self._obeyed = asyncio.Event()
        self._parting = False
        self.finished = asyncio.Event()
        """Set once the last word has been said and received."""
        self.dropped = 0
        """Checkpoints that a newer one has overtaken."""

    async def send(self, message: Message) -> None:
        """Hand a client's message to the session, once the client has read enough of what waits for it, and the session
        has obeyed enough of what was said to it.
        """
        await self._drained.wait()
        while not self._has_room_for(message):
            self._obeyed.clear()
            await self._obeyed.wait()
        if self._lost is None:
            self._forwarded.append(len(message))
            await self._forward(message)

    async def receive(self) -> Message:
        """The next message for the client. Raises HostLost, Parted, or what else ended it, when none is left."""
        while not self._outbox:
            if self._lost is not None:
                raise self._lost
            if self._parting:
                raise Parted
            self._filled.clear()
            await self._filled.wait()
        message = self._outbox.popleft()
        self._check_finished()
        if len(self._outbox) < OUTBOX:
            self._drained.set()
        return message if isinstance(message, str) else message.data

    def deliver(self, message: Delivery) -> None:
        """Put a message of the session's into the outbox."""
        if isinstance(message, Checkpoint):
            # A checkpoint is complete: an older one that still waits has nothing to add.
            before = len(self._outbox)
            self._outbox = deque(waiting for waiting in self._outbox if not isinstance(waiting, Checkpoint))
            self.dropped += before - len(self._outbox)
        self._outbox.append(message)
        if len(self._outbox) >= OUTBOX:
            self._drained.clear()
        self._filled.set()

    def obeyed(self, count: int) -> None:
        """The session has obeyed or refused `count` more messages."""
        for _ in range(count):
            self._forwarded.popleft()
        self._obeyed.set()

    def part(self) -> None:
        """The session has said its last word: once that is received, the connection may be closed."""
        self._parting = True
        self._filled.set()
        self._obeyed.set()
        self._check_finished()

    def lose(self, reason: Exception | None = None) -> None:
        """The session is gone; what waits is still delivered."""
        self._lost = reason or HostLost("the session's process is gone")
        self._filled.set()
        self._drained.set()
        self._obeyed.set()
        self._check_finished()

    def _has_room_for(self, message: Message) -> bool:
        if not self._forwarded or self._parting or self._lost is not None:
            return True
        return len(self._forwarded) < INBOX and sum(self._forwarded) + len(message) <= INBOX_CHARACTERS

    def _check_finished(self) -> None:
        if (self._parting or self._lost is not None) and not self._outbox:
            self.finished.set()
