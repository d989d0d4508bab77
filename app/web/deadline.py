"""How long a client may take to send what it has begun: some seconds, and more for every byte that it really sends.

A slow line gets the time that it needs for a long body; one that trickles earns next to nothing. Not here: what is cut
(`request_timeout`, `live_protocol`), clients that do not read (`stalled`).
"""

import asyncio
from collections.abc import Callable

from app.settings import Settings


class Deadline:
    """One client's, set and cleared as often as it begins something."""

    def __init__(self, loop: asyncio.AbstractEventLoop, settings: Settings, expire: Callable[[], None]) -> None:
        """`expire` is called once the time is up."""
        self._loop = loop
        self._settings = settings
        self._expire = expire
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._earning = 0

    def start(self) -> None:
        """The client has begun; while it goes on, nothing changes."""
        if self._timer is None:
            self._due = self._loop.time() + self._settings.request_seconds
            # A body without end earns no more than the longest that anybody may send.
            self._earning = self._settings.message_bytes
            self._arm()

    def earn(self, count: int) -> None:
        """`count` bytes have come."""
        earned = min(count, self._earning)
        self._earning -= earned
        self._due += earned / self._settings.request_bytes_per_second

    def clear(self) -> None:
        """It has sent what it had begun, or is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        if self._due > self._loop.time():
            self._arm()
        else:
            self._timer = None
            self._expire()
