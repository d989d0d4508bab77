"""What this machine gives: its memory, or the container's where that is less, and what of it is for sessions.

Not here: what a session takes (`nncore.footprint`).
"""

import os
from pathlib import Path

CONTROL_GROUPS = Path("/sys/fs/cgroup")

USABLE_SHARE = 0.9
"""Of a machine's memory, what is shared out: the rest is the system's, and what estimates miss."""

WEB_BYTES = 180_000_000
"""What the web process takes, and the one that draws pictures while it does."""

HOST_BYTES = 65_000_000
"""What a process that trains takes without any session."""

LEAST_ROOM = 8_000_000
"""Room for the sessions of a host however little there is: a few default ones."""


def room_for_sessions(hosts: int) -> int:
    """The memory that is left for the sessions of each of so many hosts."""
    left = int(memory_bytes() * USABLE_SHARE) - WEB_BYTES - hosts * HOST_BYTES
    return max(left // hosts, LEAST_ROOM)


def memory_bytes(groups: Path = CONTROL_GROUPS) -> int:
    """The memory there is. A container's own files lie at the top of `groups`, whichever of Linux' two ways it uses."""
    limits = [_limit(groups / "memory.max"), _limit(groups / "memory" / "memory.limit_in_bytes")]
    return min([_physical(), *(limit for limit in limits if limit)])


def _physical() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _limit(file: Path) -> int | None:
    """The limit in `file`; None where there is no such file, or no limit."""
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None
