"""One lane of a race: its run, what is shown of it, and when it had solved its task.

It trains exactly as it would alone: nothing of the others, of turns or of who watches reaches the run. Pure. Not here:
who of several lanes trains next (`field`).
"""

from dataclasses import dataclass, field
from typing import Any

from app.live.events import Standing
from app.live.opening import layout
from app.live.screen import Screen
from app.live.stopwatch import Stopwatch
from nncore.divergence import Divergence
from nncore.remedies import calming
from nncore.size import size_of
from nncore.trainer import Trainer


@dataclass(slots=True)
class Lane:
    """A run called `name`, which has solved its task at the end of the first epoch in which so large a share (`bar`)
    of the test points is answered rightly; None before, and where there are no classes.
    """

    name: str
    trainer: Trainer
    screen: Screen
    bar: float
    watch: Stopwatch
    solved: int | None = None
    told: tuple[int | None, Divergence | None] = field(default=(None, None))
    """What its client has heard of it."""

    @property
    def running(self) -> bool:
        """Whether it can be trained."""
        return self.trainer.diverged is None

    @property
    def progress(self) -> float:
        """Epochs, the share of the one at hand that is done included."""
        trainer = self.trainer
        return trainer.epoch + 1 - trainer.steps_to_epoch_end / trainer.steps_per_epoch

    def train(self, steps: int) -> int:
        """Train on up to `steps` batches, not beyond the epoch at hand; how many were done."""
        epoch = self.trainer.epoch
        done = self.watch.time(lambda: self.trainer.advance(min(steps, self.trainer.steps_to_epoch_end)))
        if self.trainer.epoch > epoch and self.running:
            self.look()
        return done

    def look(self) -> None:
        """Whether it has solved its task by the end of this epoch."""
        if self.solved is None and (accuracy := self._test_accuracy()) is not None and accuracy >= self.bar:
            self.solved = self.trainer.epoch

    def reset(self) -> None:
        """Back to epoch 0."""
        self.trainer.reset()
        self.screen.start_again()
        self.solved, self.told = None, (None, None)
        if self.running:
            self.look()

    def news(self) -> list[Standing]:
        """That it has solved its task, or has diverged, if its client does not know yet."""
        now = (self.solved, self.trainer.diverged)
        if now == self.told:
            return []
        self.told = now
        return [Standing(self.name, self.solved, self.fall())]

    def fall(self) -> dict[str, Any] | None:
        """How it has diverged, and what would calm it; None while it has not."""
        found = self.trainer.diverged
        if found is None:
            return None
        said = {"message": found.message, "key": found.sentence.key, "values": found.values}
        remedies = [remedy.to_json() for remedy in calming(self.trainer.config)]
        return {"epoch": found.epoch, "step": found.step, "layer": found.layer, **said, "remedies": remedies}

    def to_json(self, link: str | None, own_points: dict[str, Any] | None) -> dict[str, Any]:
        """As the protocol's `lined_up` tells of it; with `own_points` where they are others than the first lane's."""
        size = size_of(self.trainer.config)
        return {
            "lane": self.name,
            "config": self.trainer.config.to_json(),
            "link": link,
            "points": own_points,
            "layout": layout(self.trainer),
            "parameters": size.parameters,
            "cost": size.cost.to_json(),
            "epoch": self.trainer.epoch,
            "solved": self.solved,
            "diverged": self.fall(),
        }

    def _test_accuracy(self) -> float | None:
        """As it was just recorded, where this epoch was; worked out anew costs as much as a whole look."""
        if self.trainer.split.task == "regression":
            return None
        epoch, _, _, _, recorded = self.trainer.history.since(-1)[0]
        if epoch == self.trainer.epoch:
            return float(recorded)
        accuracy = self.trainer.evaluate().test_accuracy
        return None if accuracy is None else float(accuracy)
