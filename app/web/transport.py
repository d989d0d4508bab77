"""How messages travel between a client and this server: what every transport can do, and the carrying over any of them.

There are two: a WebSocket (`socket_transport`), and requests for networks that let none through (`polling_transport`).
Which it is makes no difference to a session: the same connection to its host, the same limits, the same goodbyes. One
task receives while another sends; whichever ends first ends both. Not here: what a message means (`app.live.session`).
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Protocol

from app.errors import Busy, ClientLeft, HostLost, Parted
from app.hosts.backend import Backend
from app.hosts.connection import ClientConnection, Message
from app.live import events
from app.settings import Settings
from app.token_bucket import Bucket
from app.web.metrics import Metrics

SILENT = 1008
HOST_LOST = 1011
LEAVING = 1012
TRY_AGAIN_LATER = 1013

READ_FACTOR = 4
"""Messages this much over the limit are read, so that they can be refused in words; beyond, they are not."""


class Transport(Protocol):
    """One client's messages in both directions, each whole and in its order."""

    async def receive(self) -> Message:
        """The client's next message, once it is done with the one before. Raises ClientLeft."""

    async def send(self, message: Message) -> None:
        """Pass a message on; returns once there is room for another. Raises ClientLeft."""

    async def close(self, code: int) -> None:
        """End it, with the reason as WebSockets number them. Does nothing where it has ended."""


@dataclass(frozen=True)
class Carrier:
    """Carries messages between clients and their sessions."""

    backend: Backend
    settings: Settings
    metrics: Metrics

    def attach(self, address: str) -> ClientConnection:
        """A session for a visitor from `address`, to be carried. Raises Busy where there is no room."""
        try:
            connection = self.backend.attach(address)
        except Busy:
            self.metrics.busy.inc()
            raise
        self.metrics.connects.inc()
        return connection

    async def carry(self, transport: Transport, connection: ClientConnection) -> None:
        """Both directions, until the client leaves or the session ends, and the goodbye."""
        try:
            ends = await self._both_ways(transport, connection)
        finally:
            self.backend.detach(connection)
            self.metrics.dropped.inc(connection.dropped)
        for error in ends:
            await self._say_goodbye(transport, error)

    async def _both_ways(self, transport: Transport, connection: ClientConnection) -> list[BaseException]:
        """Carry until one direction ends; with what each has ended, unless it had to stop for the other."""
        tasks = [asyncio.create_task(work(transport, connection)) for work in (self._inward, self._outward)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        return [error for task in tasks if not task.cancelled() and (error := task.exception()) is not None]

    async def _say_goodbye(self, transport: Transport, error: BaseException) -> None:
        match error:
            case HostLost():
                await transport.close(HOST_LOST)
            case Parted():
                await transport.close(LEAVING)
            case TimeoutError():
                await transport.close(SILENT)
            case Busy():
                self.metrics.busy.inc()
                await turn_away(transport, error)
            case ClientLeft():
                pass
            case _:
                raise error

    async def _inward(self, transport: Transport, connection: ClientConnection) -> None:
        """Read no faster than is allowed: what a flood sends meanwhile waits in its own network, not in our memory."""
        settings = self.settings
        bucket = Bucket(settings.messages_per_second, settings.messages_at_once, time.monotonic())
        patience: float | None = settings.open_seconds
        while True:
            async with asyncio.timeout(patience):
                message = await transport.receive()
            patience = None
            self.metrics.messages.inc()
            await connection.send(message)
            if wait_seconds := bucket.take(time.monotonic()):
                self.metrics.slowed.inc()
                await asyncio.sleep(wait_seconds)

    async def _outward(self, transport: Transport, connection: ClientConnection) -> None:
        while True:
            message = await connection.receive()
            await transport.send(message)
            self.metrics.sent.inc()
            self.metrics.sent_bytes.inc(len(message))


async def turn_away(transport: Transport, busy: Busy) -> None:
    """Say when to come back, and close."""
    with contextlib.suppress(ClientLeft):
        await transport.send(events.encode(events.Busy.of(busy)))
    await transport.close(TRY_AGAIN_LATER)
