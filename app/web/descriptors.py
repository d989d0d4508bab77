"""How many connections this process can hold beside what it needs for itself: each takes a file descriptor.

Where the system lets it, the process allows itself as many as are set. Not here: what happens when there are no more
(`acceptor`).
"""

import logging
import resource

from app.settings import Settings

log = logging.getLogger(__name__)

RESERVE = 64
"""Descriptors kept free for files that are read and pictures that are made."""

RESERVE_PER_HOST = 8
"""Its socket, and what starting its successor takes."""


def most_connections(settings: Settings) -> int:
    """The connections that are set, or as many as the system leaves room for."""
    reserve = RESERVE + RESERVE_PER_HOST * settings.host_count()
    limit = _raised(settings.connections + reserve)
    most = max(1, min(settings.connections, limit - reserve))
    if most < settings.connections:
        log.warning(
            "only %d connections fit into the %d files that this process may open; %d are set",
            most,
            limit,
            settings.connections,
        )
    return most


def _raised(wanted: int) -> int:
    """The limit on open files, raised to what is wanted as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if raised > soft:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
        except (OSError, ValueError):
            return soft
    return max(raised, soft)
