"""How fast a run may train, and how fast it does: credit in batches, and a measured rate in epochs.

Pure: time comes in as numbers. Not here: who gets the next turn (`host`), nor the training itself (`session`).
"""

import math
from collections import deque

CREDIT_SECONDS = 0.25
"""Credit is kept for this long: after a stall a run goes on at its speed instead of catching up in a burst."""

QUANTUM_SECONDS = 0.05
"""Credit is spent in helpings of this much time, so that a slow run does not wake its host for every batch; of less
where pictures follow one another sooner, for each is to show something new."""

AHEAD_SECONDS = 0.1
"""A run whose epochs take no longer than this at its speed may train to the end of one before it has earned all of it:
so runs that train together (`app.hosts.stacks`) meet there.
"""

WINDOW_SECONDS = 1.0
"""The measured rate looks back this far."""


class Throttle:
    """How many batches a run may train now, at a target in epochs per second, or without a target."""

    def __init__(self, epochs_per_second: float | None, now: float) -> None:
        self.epochs_per_second = epochs_per_second
        self._credit = 0.0
        self._since = now

    def start(self, now: float) -> None:
        """Count from `now`: what passed while the run was paused earns nothing."""
        self._credit, self._since = 0.0, now

    def earn(self, now: float, steps_per_epoch: int) -> None:
        """Turn the time since the last call into credit."""
        if self.epochs_per_second is not None:
            rate = self.epochs_per_second * steps_per_epoch
            most = max(1.0, rate * CREDIT_SECONDS)
            self._credit = min(most, self._credit + rate * max(0.0, now - self._since))
        self._since = now

    def affordable(self) -> float:
        """Whole batches that may be trained now; infinity without a target."""
        return math.inf if self.epochs_per_second is None else math.floor(self._credit)

    def spend(self, steps: int, *, ahead: bool = False) -> None:
        """`steps` batches were trained; if some of them `ahead` of time, they are owed."""
        self._credit = self._credit - steps if ahead else max(0.0, self._credit - steps)

    def lends(self, steps: int, steps_per_epoch: int) -> bool:
        """Whether so many batches may be trained at once, some of them ahead of time if need be: one and a half
        helpings, or epochs if these are longer, are owed at most.
        """
        if self.epochs_per_second is None:
            return True
        helping = max(steps_per_epoch, self.epochs_per_second * steps_per_epoch * QUANTUM_SECONDS)
        return self._credit - steps >= (-1.5 * helping if self.goes_ahead() else 0.0)

    def goes_ahead(self) -> bool:
        """Whether it may train to the end of an epoch ahead of time: nobody sees so short a time."""
        return self.epochs_per_second is None or self.epochs_per_second * AHEAD_SECONDS >= 1.0

    def due(self, steps_per_epoch: int, picture_seconds: float = math.inf) -> float:
        """The moment at which there is a helping of credit to spend, where pictures are so far apart."""
        if self.epochs_per_second is None:
            return self._since
        rate = self.epochs_per_second * steps_per_epoch
        helping = max(1.0, rate * min(QUANTUM_SECONDS, picture_seconds))
        return self._since + max(0.0, helping - self._credit) / rate

    def behind(self, steps_per_epoch: int) -> bool:
        """Whether the run could use more time than it is given."""
        if self.epochs_per_second is None:
            return True
        return self._credit >= self.epochs_per_second * steps_per_epoch * CREDIT_SECONDS * 0.9


class Meter:
    """Epochs per second over the last second or so of training."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, float]] = deque()

    def start(self) -> None:
        """Forget what was measured: training starts, stops, or counts differently from here."""
        self._marks.clear()

    def mark(self, now: float, epochs: float) -> None:
        """At `now`, the run stands at `epochs`, fractions included."""
        if not self._marks or now - self._marks[-1][0] >= WINDOW_SECONDS / 20:
            self._marks.append((now, epochs))
        while now - self._marks[0][0] > WINDOW_SECONDS and len(self._marks) > 2:
            self._marks.popleft()

    def rate(self) -> float:
        """Epochs per second; 0 until two marks have been made."""
        if len(self._marks) < 2:
            return 0.0
        (first, begun), (last, reached) = self._marks[0], self._marks[-1]
        return max(0.0, (reached - begun) / (last - first)) if last > first else 0.0
