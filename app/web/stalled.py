"""Clients that take nothing: a connection whose answer waits and waits is cut, and so is one that should be closed.

The web server's own `close` waits until all is taken, for ever if need be. Looked at by counting looks, not seconds: a
process that was asleep itself must not blame its clients. Not here: clients that do not send (`deadline`).
"""

import asyncio
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

LOOK_SECONDS = 0.5
"""Between two looks."""

CLOSING_SECONDS = 5.0
"""A closed connection may take so long over the last bytes without getting anywhere."""

PROGRESS_BYTES = 4096
"""What a client must take in that time, or all that waits, to be one that reads."""


class Connection(Protocol):
    """What the web server keeps of a connection."""

    transport: asyncio.Transport


@dataclass(slots=True)
class _Seen:
    """The most that has waited for a client since it last got on, and for how many looks."""

    waiting: int = 0
    looks: int = 0

    def look(self, waiting: int) -> int:
        """Take note of what waits now; for how many looks nothing much was taken."""
        taken = self.waiting - waiting
        got_on = taken > 0 and taken >= min(PROGRESS_BYTES, self.waiting)
        self.waiting = waiting if got_on else max(self.waiting, waiting)
        self.looks = 0 if got_on else self.looks + 1
        return self.looks


class StalledConnections:
    """Looks over all connections, again and again."""

    def __init__(self, stalled_seconds: float) -> None:
        """An open connection may take nothing for `stalled_seconds`."""
        self._open_looks = math.ceil(stalled_seconds / LOOK_SECONDS)
        self._closing_looks = math.ceil(min(stalled_seconds, CLOSING_SECONDS) / LOOK_SECONDS)
        self._seen: dict[Connection, _Seen] = {}

    def look(self, connections: Collection[Connection]) -> int:
        """Cut those that have taken nothing for too long; how many they were."""
        seen: dict[Connection, _Seen] = {}
        cut = 0
        for connection in connections:
            transport = connection.transport
            waiting, closing = transport.get_write_buffer_size(), transport.is_closing()
            if waiting or closing:
                seen[connection] = self._seen.get(connection) or _Seen()
                if seen[connection].look(waiting) > (self._closing_looks if closing else self._open_looks):
                    transport.abort()
                    cut += 1
        self._seen = seen
        return cut
