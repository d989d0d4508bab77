"""One experiment over many seeds: replicas that train together, each with the numbers of its own run alone.

    repeats = Repeats(config, fresh_seeds(config, 20), epochs=200)
    while repeats.advance(100):
        ...
    repeats.outcomes()

Not here: what the outcomes say (`statistics`), who gives it time, and where it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from nncore.config import Config, Seeds
from nncore.diagnosis import stands_still
from nncore.divergence import Divergence
from nncore.forest.cascade import Cascade
from nncore.history import History, Metrics
from nncore.learner import begin
from nncore.shape import FEWEST_POINTS
from nncore.tape import Array
from nncore.trainer import Trainer

Stop = Literal["epochs", "solved", "plateau"]
"""When a run ends: after all its epochs, or before, at the end of the epoch that solves it or stands still."""

STOPS: tuple[Stop, ...] = get_args(Stop)

BAR = 0.95
"""The test accuracy from which on a run counts as solved."""

MOST_TOGETHER = 64
"""Replicas that train in one pass at most; more leave the cache and gain nothing."""


@dataclass(frozen=True)
class Outcome:
    """How the run with these `seeds` stands after `epoch` epochs.

    `solved_epoch` is the first epoch at whose end (0: before the first) the share of right answers on all test points
    was at least the bar; it stays where the run forgets again. None where that has not been, as for a regression.
    `theta` are its weights, in the order of `Network.parameters`; of a run that diverged, those it went back to. A
    forest has none; it has `nodes`, those of all its trees.
    """

    seeds: Seeds
    epoch: int
    solved_epoch: int | None
    train_loss: float
    test_loss: float
    train_accuracy: float | None
    test_accuracy: float | None
    diverged: Divergence | None
    theta: Array
    nodes: int | None = None


def fresh_seeds(config: Config, count: int, *, data: bool = False) -> tuple[Seeds, ...]:
    """`count` seeds for runs like `config`'s: of weights, order and noise; with `data`, of the points, too.

    They begin at 0 whatever the config's own, so that lanes that are compared have the same ones. Without `data` all
    runs have the config's points.
    """
    return tuple(Seeds(index if data else config.seeds.data, index) for index in range(count))


def equal_together(config: Config) -> bool:
    """Whether replicas of `config` have the numbers that each has alone, to the bit.

    They have but where a product takes another way: in batches under ten points (the last one of an epoch counts, too,
    and so do all points together), and in a first layer of one unit. There float32 rounds apart by about 1e-7 a step.
    """
    if config.forest is not None:
        return False
    points = config.data.train_count
    batch = min(config.batch, points)
    smallest = min(batch, points % batch or batch)
    return smallest >= FEWEST_POINTS and bool(config.layers) and config.layers[0].units > 1


class Repeats:
    """Runs of `config` with each of `seeds`, for `epochs` epochs each, in pieces as small as one likes.

    Each is to the bit what ``Trainer(config with these seeds).run(epochs)`` is: replicas train together where that is
    so (`equal_together`), `together` of them at most; elsewhere each trains alone. How the work is cut changes nothing.

    With `stop` "solved" a run ends with the epoch in which it reaches the bar, with "plateau" with the recorded epoch
    (`nncore.history`) at which its training loss has stood still; its outcome is what it is there. With `record`, every
    run's history is kept: 20 bytes for each of its records.
    """

    def __init__(
        self,
        config: Config,
        seeds: Sequence[Seeds],
        epochs: int,
        *,
        bar: float = BAR,
        together: int = MOST_TOGETHER,
        stop: Stop = "epochs",
        record: bool = False,
    ) -> None:
        self.config, self.seeds, self.epochs, self.bar, self.stop = config, tuple(seeds), epochs, bar, stop
        self.record = record
        size = together if equal_together(config) else 1
        self._groups = [self.seeds[start : start + size] for start in range(0, len(self.seeds), size)]
        self._ended: list[Outcome] = []
        self._histories: list[Array] = []
        self._running: _Group | None = None
        self._begun = 0

    @property
    def done(self) -> bool:
        """Whether all have trained to the end, or diverged."""
        return self._running is None and self._begun == len(self._groups)

    @property
    def progress(self) -> float:
        """The share of all epochs that is done, from 0 to 1; one that diverged needs no more."""
        running = 0.0 if self._running is None else self._running.progress * len(self._running.seeds)
        return 1.0 if self.done else (len(self._ended) + running) / len(self.seeds)

    def advance(self, batches: int) -> bool:
        """Train on up to so many batches, each of all replicas of one group; whether anything is left to do."""
        while batches > 0 and not self.done:
            if self._running is None:
                self._running = _Group(
                    self.config, self._groups[self._begun], self.epochs, self.bar, self.stop, self.record
                )
                self._begun += 1
            batches -= self._running.advance(batches)
            if self._running.done:
                self._ended += self._running.outcomes()
                if self.record:
                    self._histories += self._running.histories()
                self._running = None
        return not self.done

    def outcomes(self) -> list[Outcome]:
        """How every run that has begun stands now, in the order of the seeds."""
        return self._ended + ([] if self._running is None else self._running.outcomes())

    def histories(self) -> list[Array]:
        """Of every run that has begun the records up to its end: float32 (k, 5), as `nncore.history` has them."""
        assert self.record, "nothing was to be kept"
        return self._histories + ([] if self._running is None else self._running.histories())


class _Group:
    """Replicas that train together, or one run alone."""

    def __init__(
        self, config: Config, seeds: Sequence[Seeds], epochs: int, bar: float, stop: Stop, record: bool
    ) -> None:
        self.seeds, self.epochs, self.bar, self.stop = seeds, epochs, bar, stop
        alone = len(seeds) == 1
        # Losses that nobody reads need not be worked out epoch by epoch.
        losses = record or stop == "plateau"
        self.trainer = begin(replace(config, seeds=seeds[0])) if alone else Trainer(config, seeds=seeds, losses=losses)
        self.solved: list[int | None] = [None] * len(seeds)
        self.stopped: dict[int, Outcome] = {}
        """The runs that have ended before the others, by their places, as they were there."""
        self._look()
        self._stop()

    @property
    def done(self) -> bool:
        trainer = self.trainer
        return (
            trainer.epoch >= self.epochs
            or trainer.diverged is not None
            or trainer.finished
            or (bool(self.stopped) and not self._running().any())
        )

    @property
    def progress(self) -> float:
        trainer = self.trainer
        return (trainer.epoch + trainer.epoch_step / trainer.steps_per_epoch) / max(1, self.epochs)

    def advance(self, batches: int) -> int:
        """Train on up to so many batches, not beyond the epoch at hand; how many count as done, at least one."""
        if self.done:
            return 1
        epoch = self.trainer.epoch
        done = self.trainer.advance(min(batches, self.trainer.steps_to_epoch_end))
        if self.trainer.epoch > epoch:
            self._look()
            self._stop()
        return max(1, done)

    def outcomes(self) -> list[Outcome]:
        if len(self.stopped) == len(self.seeds):
            return [self.stopped[index] for index in range(len(self.seeds))]
        return [self.stopped.get(index, outcome) for index, outcome in enumerate(self._now())]

    def histories(self) -> list[Array]:
        rows = self.trainer.history.since(0).astype(np.float32)
        rows = rows.reshape(*rows.shape[:2], -1)
        # Of a run that has ended before the others, they go on with records that are no longer its own.
        ends = [outcome.epoch for outcome in self.outcomes()]
        return [rows[rows[:, 0, index] <= end, :, index] for index, end in enumerate(ends)]

    def _now(self) -> list[Outcome]:
        trainer = self.trainer
        metrics = trainer.evaluate()
        network = trainer.network
        theta = network.theta.reshape(len(self.seeds), -1)
        nodes = network.parameter_count if isinstance(network, Cascade) else None
        columns = (metrics.train_loss, metrics.test_loss, metrics.train_accuracy, metrics.test_accuracy)
        each: list[list[Any]] = [
            [None] * len(self.seeds) if column is None else np.atleast_1d(column).tolist() for column in columns
        ]
        train_loss, test_loss, train_accuracy, test_accuracy = each
        return [
            Outcome(
                seeds,
                trainer.epoch if diverged is None else diverged.epoch,
                self.solved[index],
                train_loss[index],
                test_loss[index],
                train_accuracy[index],
                test_accuracy[index],
                diverged,
                theta[index].copy(),
                nodes,
            )
            for index, (seeds, diverged) in enumerate(zip(self.seeds, trainer.divergences, strict=True))
        ]

    def _running(self) -> Array:
        """Which of the runs have neither stopped nor diverged."""
        running = ~np.atleast_1d(self.trainer.stopped)
        running[list(self.stopped)] = False
        return running

    def _stop(self) -> None:
        """End the runs whose moment has come: the others train on, and what becomes of these no longer counts."""
        if self.stop == "epochs":
            return
        places = np.flatnonzero(self._running()).tolist()
        if self.stop == "solved":
            ending = [index for index in places if self.solved[index] is not None]
        elif History.wants(self.trainer.epoch):
            rows = self.trainer.history.since(0)
            rows = rows.reshape(*rows.shape[:2], -1)
            ending = [index for index in places if stands_still(rows[..., index])]
        else:
            ending = []
        if ending:
            now = self._now()
            self.stopped |= {index: now[index] for index in ending}

    def _look(self) -> None:
        """Who has solved it by the end of this epoch."""
        if None not in self.solved:
            return
        accuracy = self._test_accuracy()
        if accuracy is None:
            return
        for index in np.flatnonzero(np.atleast_1d(accuracy) >= self.bar).tolist():
            # A run that diverged has gone back to weights that it had before: it was looked at then.
            if self.solved[index] is None and self.trainer.divergences[index] is None:
                self.solved[index] = self.trainer.epoch

    def _test_accuracy(self) -> float | Array | None:
        """As it was just recorded, where this epoch's was; worked out anew costs as much as a whole look."""
        if self.trainer.split.task == "regression":
            return None
        last = self.trainer.history.since(-1)[0]
        if last.reshape(len(last), -1)[0, 0] == self.trainer.epoch:
            recorded: Array = last[-1]
            return recorded
        metrics: Metrics = self.trainer.evaluate()
        return metrics.test_accuracy
