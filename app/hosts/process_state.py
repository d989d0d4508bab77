"""Whether a process that says nothing is at work, or hangs: what the system tells of it in /proc.

A process that is working, or waiting for a processor that others have, is late; one that sleeps or is stopped while it
owes a sign will never give it. Pure but for reading two small files. Not here: what follows from it (`watchdog`).
"""

from dataclasses import dataclass
from pathlib import Path

_AT_REST = frozenset("STtZX")
"""States of a process that neither runs nor waits for a processor or a disk: asleep, stopped, dead."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the system says of a process at one moment."""

    state: str
    ticks: int
    """Processor time so far, in clock ticks."""

    @classmethod
    def of(cls, pid: int) -> "Pulse | None":
        """The pulse of process `pid`; None where the system does not tell (no /proc, or no such process)."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return cls(fields[0], int(fields[11]) + int(fields[12]))

    def rests_since(self, earlier: "Pulse") -> bool:
        """Whether it was at rest at both moments and did nothing in between."""
        return self.state in _AT_REST and earlier.state in _AT_REST and self.ticks == earlier.ticks
