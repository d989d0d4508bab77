"""All lanes of a race as one run: they train in step by epochs, none more than an epoch ahead of another.

Which of them trains next never changes what one learns; it keeps their pictures comparable. A lane that has diverged
trains no more, and the others go on. Pure. Not here: a lane's run (`lane`), how fast all go (`app.live.playback`).
"""

from collections.abc import Sequence

from app.live.race.lane import Lane

_HELPINGS = 8
"""Of an epoch, so many are taken in turn by the lanes."""


class Field:
    """The lanes, as `app.live.playback` trains any run: a batch is one of whichever lane is behind the others."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.lanes = tuple(lanes)

    @property
    def running(self) -> list[Lane]:
        """Those that can be trained."""
        return [lane for lane in self.lanes if lane.running]

    @property
    def epoch(self) -> int:
        """Whole epochs that every lane has trained that runs; of none, the farthest's."""
        running = self.running
        if not running:
            return max(lane.trainer.epoch for lane in self.lanes)
        return min(lane.trainer.epoch for lane in running)

    @property
    def offset(self) -> int:
        """0 where all that run are at the end of the same epoch; else how many batches of the next are done."""
        return self.steps_per_epoch - self.steps_to_epoch_end

    @property
    def steps_per_epoch(self) -> int:
        """Batches of all lanes in a whole epoch."""
        return sum(lane.trainer.steps_per_epoch for lane in self.running) or 1

    @property
    def steps_to_epoch_end(self) -> int:
        """Batches of all lanes that are left of the epoch at hand; a whole epoch's at its start."""
        epoch = self.epoch
        left = (lane.trainer.steps_to_epoch_end for lane in self.running if lane.trainer.epoch == epoch)
        return sum(left) or 1

    @property
    def diverged(self) -> bool | None:
        """True where no lane is left to train."""
        return None if self.running else True

    @property
    def finished(self) -> bool:
        """Networks can always be trained further."""
        return False

    def advance(self, steps: int) -> int:
        """Train on up to `steps` batches, not beyond the epoch at hand; how many were done."""
        done = 0
        while done < steps and (running := self.running):
            lane = min(running, key=lambda one: one.progress)
            helping = max(1, lane.trainer.steps_per_epoch // _HELPINGS)
            done += max(1, lane.train(min(helping, steps - done)))
            # Whether all are there has to be counted, and cannot be so before this one is.
            if (lane.trainer.offset == 0 or not lane.running) and self.offset == 0:
                break
        return done
