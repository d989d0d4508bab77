"""What trains step by step, in epochs, whatever it is: one network, several in step, a forest, a memory.

Not here: what one asks of a network or a forest beyond that (`learner`).
"""

from typing import Protocol


class Run(Protocol):
    """It counts whole epochs, and steps in them: a network's batches, a forest's trees."""

    @property
    def epoch(self) -> int:
        """Whole epochs so far."""

    @property
    def offset(self) -> int:
        """How much of the epoch at hand is done; 0 at its start."""

    @property
    def steps_per_epoch(self) -> int:
        """Steps in a whole epoch."""

    @property
    def steps_to_epoch_end(self) -> int:
        """Steps left of the epoch at hand; a whole epoch's at its start."""

    @property
    def diverged(self) -> object | None:
        """Why it trains no more, if so."""

    @property
    def finished(self) -> bool:
        """Whether it is as it will stay."""

    def advance(self, steps: int) -> int:
        """Train up to so many steps; how many were done."""
