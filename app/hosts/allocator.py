"""Memory that is free, given back to the system: the C library keeps what was freed for whoever asks next.

A host whose largest session has gone would otherwise look as large as ever, and so would its container. Where the C
library is another than glibc, nothing happens. Not here: what is freed, which is Python's matter.
"""

import ctypes
from collections.abc import Callable

WORTH_BYTES = 4_000_000
"""Giving back takes a few milliseconds: it is done when so much has been freed."""


def give_back() -> None:
    """Give back what lies free."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return
    trim(0)


class Tide:
    """Watches how much is in use, and gives back after it has fallen far enough."""

    def __init__(self, release: Callable[[], None] = give_back) -> None:
        self._release = release
        self._high = 0

    def note(self, bytes_used: int) -> None:
        """So much is in use now."""
        if self._high - bytes_used >= WORTH_BYTES:
            self._release()
            self._high = bytes_used
        self._high = max(self._high, bytes_used)
