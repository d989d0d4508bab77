"""Memory that is free: how much of it the C library keeps for whoever asks next, and when it goes back to the system.

A host whose largest session has gone would otherwise look as large as ever, and so would its container. But a picture
takes arrays of the same sizes again and again, and what comes from the system is filled with zeros first, page by page.
Where the C library is another than glibc, nothing happens. Not here: what is freed, which is Python's matter.
"""

import ctypes
from collections.abc import Callable
from typing import Any

WORTH_BYTES = 4_000_000
"""Giving back takes a few milliseconds: it is done when so much has been freed."""


KEPT_BYTES = 8_000_000
"""So much of what was freed is kept in any case: more than the arrays of a picture of the largest network."""

MAPPED_BYTES = 4_000_000
"""Arrays from here on come from the system and go back to it by themselves."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""glibc's numbers for the two (malloc.h)."""


def keep_freed() -> None:
    """From now on, keep KEPT_BYTES of what is freed. Of a picture that is a third of the time."""
    set_option = _of_glibc("mallopt")
    if set_option is not None:
        set_option(_TRIM_THRESHOLD, KEPT_BYTES)
        set_option(_MMAP_THRESHOLD, MAPPED_BYTES)


def give_back() -> None:
    """Give back what lies free."""
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _of_glibc(name: str) -> Callable[..., Any] | None:
    try:
        found: Callable[..., Any] = getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError, TypeError):
        return None
    return found


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
