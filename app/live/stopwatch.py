"""How long a lane takes to train an epoch, as measured: what the chart's axis of seconds goes by.

Only training counts, no picture and no pause; a host that is busy with others makes it longer. Pure.
"""

from collections.abc import Callable


class Stopwatch:
    """Of one lane, since it was lined up here."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = 0.0
        self._steps = 0

    def time(self, train: Callable[[], int]) -> int:
        """Call `train`, which says how many steps it did, and count its time."""
        begun = self._clock()
        steps = train()
        self._seconds += self._clock() - begun
        self._steps += steps
        return steps

    def epoch_seconds(self, steps_per_epoch: int) -> float | None:
        """The mean over all that has been timed; None before anything was."""
        return self._seconds * steps_per_epoch / self._steps if self._steps else None
