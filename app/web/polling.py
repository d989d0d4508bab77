"""The live sessions of clients that poll, each known by a secret that was told to its client alone.

A session goes on between two requests, so it is carried by a task of its own. Not here: what a request holds
(`routes.polling`), how messages wait (`polling_transport`).
"""

import asyncio
import contextlib
import logging
import secrets

from app.settings import Settings
from app.web.polling_transport import PollingTransport, gone
from app.web.transport import HOST_LOST, Carrier
from app.web.unfinished import Unfinished

log = logging.getLogger(__name__)

SECRET_BYTES = 32

DRAIN_SECONDS = 0.5
"""How long clients have to ask for their last messages when the server shuts down."""


class Polling:
    """All of them."""

    def __init__(self, settings: Settings, carrier: Carrier) -> None:
        self._settings = settings
        self._carrier = carrier
        self._unfinished: Unfinished[PollingTransport] = Unfinished(settings.bodies_bytes)
        self._transports: dict[str, PollingTransport] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    def open(self, address: str) -> str:
        """The secret of a new session for a visitor from `address`. Raises Busy where there is no room."""
        connection = self._carrier.attach(address)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        transport = PollingTransport(self._settings, self._unfinished, lambda: self._forget(secret))
        self._transports[secret] = transport
        self._empty.clear()
        task = asyncio.create_task(self._carrier.carry(transport, connection))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._carried(done, transport))
        self._carrier.metrics.polling.inc()
        return secret

    def find(self, secret: str) -> PollingTransport:
        """The one that its client knows by `secret`. Raises LiveSessionGone."""
        transport = self._transports.get(secret)
        if transport is None:
            raise gone()
        return transport

    async def drain(self) -> None:
        """Wait a moment for clients to ask for the last that their sessions had to say."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._empty.wait()

    async def close(self) -> None:
        """End them all."""
        for transport in list(self._transports.values()):
            transport.leave()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _forget(self, secret: str) -> None:
        self._transports.pop(secret, None)
        if not self._transports:
            self._empty.set()

    def _carried(self, task: asyncio.Task[None], transport: PollingTransport) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a live session that polls has failed", exc_info=error)
            transport.shut(HOST_LOST)
