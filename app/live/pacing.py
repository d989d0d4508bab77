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

    def spend(self, steps: int) -> None:
        """`steps` batches were trained."""
        self._credit = max(0.0, self._credit - steps)

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
