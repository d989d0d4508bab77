"""Runs of one shape that train in one pass, each on its own points, in its own order, at its own rate and moment.

    stack = Stack(runs[0], size=len(runs))
    stack.advance(runs, batches=25)

Afterwards each run is, to the bit, where it would be had it trained alone. A stack keeps nothing of a run: whoever
trains is copied in and out again, so that runs may come and go, be changed, edited or saved between any two passes.
Whatever is out of the ordinary is left to the run itself: where a number is not finite any more, nothing of the pass
counts, and that run trains alone, as it would have.

Not here: which runs may train together (`shape`), and which of those there are do (`app.hosts.stacks`).
"""

import math
from collections.abc import Sequence

import numpy as np

from nncore.history import Metrics
from nncore.looks import Looks
from nncore.network import Network, NetworkTape
from nncore.stacked_step import StackedStep
from nncore.streams import Rewindable
from nncore.tape import Array, Constants, columns
from nncore.trainer import Trainer
from nncore.update import Update

MOST_LOOKS, LOOK_BYTES = 4, 500_000
"""All points of so many runs pass through together at the end of an epoch, in so many bytes: more leave the cache."""

LARGE = 1e30
"""Losses from here on may be too large for a run that adds them up: it is asked itself."""


class Stack:
    """Room for up to `size` runs that are shaped like `model`."""

    def __init__(self, model: Trainer, size: int) -> None:
        own = model.network
        self.size = size
        self.network = Network(model.config, fan_in=own.layers[0].fan_in, head=own.head, replicas=size, dtype=own.dtype)
        self._step = StackedStep(np.empty_like(self.network.theta), Constants(own.dtype))
        self._update = Update(self.network, self._step)
        self._update.tune(model.config)
        self._update.forget()
        split, self._batch = model.split, model.config.batch
        self._train_count = split.train_count
        rows = (split.inputs.shape[-2], split.targets.shape[-2])
        self._inputs, self._targets = (columns((size,), row, self._train_count, own.dtype) for row in rows)
        self._idle = np.random.default_rng(0)
        self._noises = Rewindable([self._idle] * size)
        self._tape: NetworkTape = self.network.tape(self._batch, self._noises)  # type: ignore[arg-type]  # its methods

        room = min(size, LOOK_BYTES // max(1, model.looking_bytes), MOST_LOOKS)
        self._looks = Looks(model, room) if room > 1 else None

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays made so far."""
        memory = sum(array.nbytes for array in self._update.memory.values())
        flat = 4 * self.network.theta.nbytes + memory
        flat += 0 if self._looks is None else self._looks.nbytes
        return flat + self._tape.nbytes + self._inputs.nbytes + self._targets.nbytes

    def advance(self, runs: Sequence[Trainer], batches: int) -> None:
        """Train each of `runs` on so many batches, fewer only where it diverges.

        None of them has diverged; all stand at the same place of their epochs, and are of the stack's shape.
        """
        while batches > 0 and runs:
            length = min(batches, self._whole_batches(runs[0]))
            if length:
                self._pass(runs, length)
            else:
                # A last batch that is shorter than the others.
                length = 1
                for run in runs:
                    run.advance(1)
            batches -= length
            runs = [run for run in runs if run.diverged is None]

    def rehearse(self, runs: Sequence[Trainer], batches: int) -> int:
        """Train on up to so many batches of the epoch at hand, and let nothing of it count; how many it was, 0 where
        that cannot be: only a short one is left, or a run is lost on the way.

        Then let each of `runs` train on as many alone, and ask `agrees`.
        """
        length = min(batches, self._whole_batches(runs[0]))
        if not length:
            return 0
        try:
            self._enter(runs, length)
            lost = self._train(len(runs), runs[0].offset, length)
        finally:
            self._give_back(runs)
        return length if lost is None else 0

    def agrees(self, runs: Sequence[Trainer]) -> bool:
        """Whether `runs` now are, to the bit, what was rehearsed; of those that have diverged, nothing is known."""
        arrays, memory = self.network, self._update.memory
        running = [run for run in runs if run.diverged is None]
        looked = [] if self._looks is None else self._looks.metrics(running)
        return all(_same_metrics(*pair) for pair in zip(looked, map(Trainer.evaluate, running), strict=False)) and all(
            _same(run.network.theta, arrays.theta[place])
            and _same(run.network.grad, arrays.grad[place])
            and all(_same(array, memory[name][place]) for name, array in run.memory.items())
            for place, run in enumerate(runs)
            if run.diverged is None
        )

    def _whole_batches(self, run: Trainer) -> int:
        """Batches left of the epoch at hand, without a shorter one at its end."""
        return (self._train_count - run.offset) // self._batch

    def _pass(self, runs: Sequence[Trainer], length: int) -> None:
        """Train on `length` whole batches of one epoch."""
        try:
            self._enter(runs, length)
            lost = self._train(len(runs), runs[0].offset, length)
        except BaseException:
            self._give_back(runs)
            raise
        if lost is None:
            memory = self._update.memory
            for place, run in enumerate(runs):
                arrays = {name: array[place] for name, array in memory.items()}
                run.take_over(length, self.network.theta[place], self.network.grad[place], arrays)
            self._record([run for run in runs if run.wants_record])
            return
        self._give_back(runs)
        for run in (run for run, is_lost in zip(runs, lost, strict=True) if is_lost):
            run.advance(length)
        others = [run for run, is_lost in zip(runs, lost, strict=True) if not is_lost]
        if others:
            self._pass(others, length)

    def _enter(self, runs: Sequence[Trainer], length: int) -> None:
        """Copy `runs` in; room that is left repeats the first, so that every number is an ordinary one."""
        assert 0 < len(runs) <= self.size, "a stack has room for so many"
        start = runs[0].offset
        assert all(run.offset == start for run in runs), "a stack's runs stand at the same place of their epochs"
        theta, memory, some = self.network.theta, self._update.memory, slice(start, start + length * self._batch)
        for place, run in enumerate(runs):
            theta[place] = run.network.theta
            for name, array in run.memory.items():
                memory[name][place] = array
            self._inputs[place, :, some], self._targets[place, :, some] = run.next_batches(length)
        count, left = len(runs), self.size - len(runs)
        if left:
            for array in (theta, *memory.values(), self._inputs[..., some], self._targets[..., some]):
                array[count:] = array[0]
        counts, rates = [run.optimizer_steps for run in runs], [run.rate for run in runs]
        self._step.begin(counts + counts[:1] * left, rates + rates[:1] * left, length)
        self._noises.begin([run.noise_rng for run in runs] + [self._idle] * left)

    def _train(self, count: int, start: int, length: int) -> Array | None:
        """Which of the first `count` are lost on the way, (count,); None for none, as nearly always."""
        network, tape, batch, update = self.network, self._tape, self._batch, self._update
        head, ones = network.head, tape.head.ones
        with np.errstate(all="ignore"):
            for begin in range(start, start + length * batch, batch):
                some = slice(begin, begin + batch)
                target = self._targets[..., some]
                z = network.forward(self._inputs[..., some], tape)
                losses = head.losses(z, target, tape.head)
                if not math.isfinite(losses.reshape(-1).dot(ones)):
                    lost: Array = ~(np.abs(losses).max(axis=(-2, -1)) < LARGE)
                    if lost.any():
                        return lost[:count]
                self._step.next()
                update.learn(losses, z, target, tape)
                if not update.is_finite():
                    arrays = (network.theta, *update.memory.values())
                    lost = np.logical_or.reduce([~np.isfinite(array).all(axis=-1) for array in arrays])
                    if lost.any():
                        return lost[:count]
        return None

    def _record(self, runs: Sequence[Trainer]) -> None:
        """Let those that are at the end of an epoch know how they do there; whoever is lost finds out by itself."""
        found: Sequence[Metrics | None] = [None] * len(runs)
        if self._looks is not None and len(runs) > 1:
            found = self._looks.metrics(runs)
        for run, metrics in zip(runs, found, strict=True):
            run.take_down(metrics if metrics is not None and _is_finite(metrics, run) else None)

    def _give_back(self, runs: Sequence[Trainer]) -> None:
        """Nothing has happened."""
        self._noises.rewind()
        for run in runs:
            run.give_back()


def _is_finite(metrics: Metrics, run: Trainer) -> bool:
    """Whether its losses are, of as many points as it has."""
    tested = run.split.inputs.shape[-1] > run.split.train_count
    return math.isfinite(metrics.train_loss) and (not tested or math.isfinite(metrics.test_loss))


def _same_metrics(one: Metrics, other: Metrics) -> bool:
    """To the bit; NaN, of no points, is equal to itself."""
    return repr(one) == repr(other)


def _same(one: Array, other: Array) -> bool:
    """To the bit, signs of zeros included."""
    return one.tobytes() == other.tobytes()
