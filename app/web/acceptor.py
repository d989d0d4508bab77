"""Lets connections in: as many as may be, and with patience where the system has no room for another.

asyncio's own server tries two thousand times in a row when descriptors run out, with a traceback each. Here accepting
pauses, says so once, and tries again; whoever knocks meanwhile waits in the system's queue. Not here: how many may be
(`descriptors`), what is said to them (`request_timeout`).
"""

import asyncio
import contextlib
import logging
import math
import os
import socket
from collections.abc import Callable

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Accepted in one go, before others get their turn."""

FULL_SECONDS = 0.1
"""Until it is looked again whether a connection has ended."""

RETRY_SECONDS = 1.0
"""Until the system is asked again for what it did not have."""

QUIET_SECONDS = 60.0
"""It must have gone well for so long before a failure is worth another line."""


class Acceptor:
    """One listening socket; stands where uvicorn expects a server."""

    def __init__(
        self, listener: socket.socket, protocol: Callable[[], asyncio.Protocol], held: Callable[[], int], most: int
    ) -> None:
        """`held` tells how many connections there are, of `most`; each gets a new `protocol`."""
        self._listener = listener
        self._protocol = protocol
        self._held = held
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._welcomes: set[asyncio.Task[None]] = set()
        self._failed_at = -math.inf
        listener.setblocking(False)
        self._go_on()

    def close(self) -> None:
        """Let nobody in any more."""
        self._loop.remove_reader(self._listener)
        if self._timer is not None:
            self._timer.cancel()

    async def wait_closed(self) -> None:
        """Nothing is left to wait for."""

    def _go_on(self) -> None:
        self._timer = None
        self._loop.add_reader(self._listener, self._accept)

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener)
        self._timer = self._loop.call_later(seconds, self._go_on)

    def _accept(self) -> None:
        for _ in range(AT_ONCE):
            if self._held() + len(self._welcomes) >= self._most:
                self._pause(FULL_SECONDS)
                return
            try:
                connection, _ = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                self._fail(error)
                return
            connection.setblocking(False)
            welcome = self._loop.create_task(self._welcome(connection))
            self._welcomes.add(welcome)
            welcome.add_done_callback(self._welcomes.discard)

    async def _welcome(self, connection: socket.socket) -> None:
        # It may be gone already.
        with contextlib.suppress(OSError):
            await self._loop.connect_accepted_socket(self._protocol, connection)

    def _fail(self, error: OSError) -> None:
        now = self._loop.time()
        if now - self._failed_at >= QUIET_SECONDS:
            reason = os.strerror(error.errno) if error.errno else str(error)
            log.warning("no connection can be accepted (%s); trying again every %g s", reason, RETRY_SECONDS)
        self._failed_at = now
        self._pause(RETRY_SECONDS)
