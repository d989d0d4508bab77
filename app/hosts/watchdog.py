"""When a silent host counts as hanging (docs/decisions/0004-when-a-host-hangs.md says why it is decided so).

A host gives a sign twice a second, whatever its sessions do. One that has owed it for a while and was seen at rest
twice hangs; one that works, or waits for a processor, is only late and is given much longer. Silence is counted in
the watcher's own waking time: while it slept itself, it could not hear. Pure: time and pulses come in. Not here: what
is done about it (`processes`).
"""

from collections.abc import Callable

from app.hosts.process_state import Pulse
from app.settings import Settings

LOOK_SECONDS = 0.25
"""How often a silent host is looked at."""

LONGEST_LOOK_SECONDS = 4 * LOOK_SECONDS
"""What a look counts at most: when more time has passed since the one before, the watcher was asleep or held up."""


class Watch:
    """Over one host process, from its start."""

    def __init__(self, settings: Settings, now: float, pulse: Callable[[], Pulse | None]) -> None:
        """`process_state` looks at the process; None where the system does not tell."""
        self._settings = settings
        self._pulse = pulse
        self._looked_at = now
        self._silent = 0.0
        self._begun = False
        self._seen: Pulse | None = None

    def hangs(self, now: float, *, heard: bool) -> bool:
        """Whether it must be given up, at `now`, having been `heard` or not since the last look."""
        passed, self._looked_at = now - self._looked_at, now
        if heard:
            self._silent, self._begun, self._seen = 0.0, True, None
            return False
        if passed > LONGEST_LOOK_SECONDS:
            # What was seen before that sleep says nothing about after it.
            self._seen = None
        self._silent += min(passed, LONGEST_LOOK_SECONDS)
        if self._silent >= self._settings.host_busy_seconds:
            return True
        # Before its first sign it reads its modules from a disk that may be slow: that is rest, but no hanging.
        if not self._begun or self._silent < self._settings.host_silence_seconds:
            return False
        # Two looks with a chance to hear in between: where it was this process that slept, the signs have been waiting.
        earlier, self._seen = self._seen, self._pulse()
        return earlier is not None and self._seen is not None and self._seen.rests_since(earlier)
