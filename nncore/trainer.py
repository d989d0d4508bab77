"""Training: batches in a seeded order, one optimiser step each, a record of how it went.

    Trainer(Config()).run(epochs=200).evaluate()

No clock and no global randomness: how a run is cut into turns, paused, watched or resumed does not change a bit of it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nncore.blocks import Looking
from nncore.config import OWN_CHANGEABLE, Config, Data, Seeds
from nncore.divergence import Divergence
from nncore.evaluation import metrics, test_accuracy
from nncore.features import inputs
from nncore.guard import Guard
from nncore.history import History, Metrics
from nncore.losses import LOSSES
from nncore.network import Network, NetworkTape
from nncore.optimizers import Memory, Optimizer, Step
from nncore.ordered import Ordered
from nncore.pieces import Pieces
from nncore.schedules import SCHEDULES
from nncore.split import Split, make_split, make_splits
from nncore.streams import Streams
from nncore.tape import Array, Constants, Tape
from nncore.update import Update


class Trainer:
    """A run of `config`: the network, its points, its optimiser and how far it has come.

    With `replicas` R it trains R networks in one pass, on the same points in the same order; the r-th starts from the
    weights of run seed + r. With `seeds` instead, the r-th is the whole run that has seeds[r]: its points, first
    weights, order and noise are its own. Of each, `divergences` says whether and how it ended early. `epoch` counts
    whole epochs, `step` batches; the last, shorter batch of an epoch is one of its own. With a `split` of its own it
    trains on that, whatever the config's data and features. `edits` counts the numbers that were set by hand.

    Weights and the optimiser's memory are finite whenever one looks: where a step would leave them otherwise, or a loss
    is not finite, the run has `diverged` and its weights are those of the last recorded epoch, kept by `guard`. Without
    `record` there is no history, and losses are looked at batch by batch alone. Without `losses` the history has the
    test accuracies alone, which is less work; what is learnt, and when a run diverges, is the same.
    """

    ready = True
    finished = False
    """A network can always be trained further, and at once (`nncore.learner`)."""

    def __init__(
        self,
        config: Config,
        *,
        replicas: int | None = None,
        seeds: Sequence[Seeds] | None = None,
        dtype: DTypeLike = np.float32,
        record: bool = True,
        losses: bool = True,
        split: Split | None = None,
    ) -> None:
        assert config.forest is None, "a forest has a grower"
        assert seeds is None or (replicas is None and split is None), "seeds say how many there are, and their points"
        self.config, self.record, self.draws_own_points = config, record, split is None
        self._records_losses = losses
        self.seeds = None if seeds is None else tuple(seeds)
        replicas = replicas if seeds is None else len(seeds)
        task = (config.dataset.task, config.dataset.classes) if split is None else (split.task, split.classes)
        fan_in = len(config.features) if split is None else len(split.inputs) - 1
        head = config.loss.build(LOSSES).head(*task)
        self.network = Network(config, fan_in=fan_in, head=head, replicas=replicas, dtype=dtype)
        self._together: int | None = None
        """How many columns are looked at at once: the network's matter alone, and two passes to find out."""
        self._hold(split or self._draw_points())
        self._update = Update(self.network, Step(np.empty_like(self.network.theta), Constants(dtype)))
        self.guard = Guard(self.network, self._update)
        self.reset()

    def _hold(self, split: Split) -> None:
        """Train and look on these points from now on."""
        self.split, network = split, self.network
        self._train_count = count = split.train_count
        total = split.inputs.shape[-1]
        lead = () if self.seeds is None else network.lead
        self._ordered = [Ordered(array, count, lead) for array in (split.inputs, split.targets)]
        self._order_inputs, self._order_targets = (ordered.columns for ordered in self._ordered)
        self._looking = Looking(network, total, self._together)
        self._together = self._looking.together
        self._look_head = Tape(total, 0, network.head.units, lead=network.lead, dtype=network.dtype)

    def reset(self) -> None:
        """Back to epoch 0 with the weights that the seeds give."""
        first, count = self.config.seeds.run, math.prod(self.network.lead)
        starts = range(first, first + count) if self.seeds is None else [seeds.run for seeds in self.seeds]
        # Three streams: weights, order, and one for what draws while training.
        streams = [[np.random.default_rng(one) for one in np.random.SeedSequence(start).spawn(3)] for start in starts]
        weights, orders, noises = zip(*streams, strict=True)
        self.network.initialize(list(weights))
        self.order_rng, self.noise_rng = orders[0], noises[0]
        if self.seeds is not None:
            self.order_rng, self.noise_rng = Streams(orders), Streams(noises)
        self.order_state = self.order_rng.bit_generator.state
        self._tapes: dict[int, NetworkTape] = {}
        self.epoch = self.step = self.epoch_step = self.offset = 0
        self.edits = 0
        self.gradient: Array | None = None
        """The one that the last step's optimiser was given, penalties and clipping included; None before the first."""
        self.guard.keep()
        self.guard.forget()
        self.diverged: Divergence | None = None
        self.history = History()
        self._start_optimizer()
        self._record()

    @property
    def optimizer(self) -> Optimizer:
        """The one of `config`, with its knobs."""
        return self._update.optimizer

    @property
    def memory(self) -> Memory:
        """What the optimiser remembers, by name: arrays like theta."""
        return self._update.memory

    @property
    def stopped(self) -> Array:
        """Which replicas have diverged, (R,)."""
        return self.guard.stopped

    @property
    def divergences(self) -> list[Divergence | None]:
        """How each of them did; None for the others."""
        return self.guard.divergences

    @property
    def looking_bytes(self) -> int:
        """The bytes of the scratch for passes of all points."""
        return self._looking.nbytes

    @property
    def batch_bytes(self) -> int:
        """The bytes of the scratch for batches; 0 before the first."""
        return sum(tape.nbytes for tape in self._tapes.values())

    @property
    def steps_per_epoch(self) -> int:
        """Batches in a whole epoch."""
        return -(-self.split.train_count // self.config.batch)

    @property
    def steps_to_epoch_end(self) -> int:
        """Batches left of the epoch at hand; a whole epoch's at its start."""
        return -(-(self.split.train_count - self.offset) // self.config.batch)

    def run(self, epochs: int) -> "Trainer":
        """Train to the end of `epochs` more epochs (an epoch begun counts as one), or until it diverges."""
        for _ in range(epochs):
            self.advance(self.steps_to_epoch_end)
        return self

    def advance(self, steps: int) -> int:
        """Train on up to `steps` batches; how many were done, fewer only if the run diverged."""
        done = 0
        with np.errstate(all="ignore"):
            while done < steps and self.diverged is None and self._train_batch():
                done += 1
        return done

    def evaluate(self, tape: NetworkTape | None = None) -> Metrics:
        """Losses and accuracies on all training and all test points, now. `tape` is what `forward_all()` has just
        given, if it is at hand: it then need not be done again.
        """
        head, targets = self.network.head, self.split.targets
        z = (tape or self.forward_all()).passes[-1].z
        with np.errstate(all="ignore"):
            return metrics(head, z, targets, self._train_count, self._look_head)

    def forward_all(self) -> NetworkTape:
        """A forward pass of all points, training rows first, on a tape of its own: looking changes nothing.

        Its passes hold z and what each layer gives on, and nothing else that is of use.
        """
        return self._looking.at(self.split.inputs)

    def forward_all_pieces(self) -> Pieces[NetworkTape]:
        """The same in pieces; nothing may be trained until the last."""
        return self._looking.pieces(self.split.inputs)

    def predict(self, points: ArrayLike) -> Array:
        """What the network says of places (n, 2) of the plane: the probability of class 1, or a value, (n,).

        For three and more classes the probability of each, (n, K). Replicas come first: (R, n) or (R, n, K).
        """
        config, network = self.config, self.network
        x = inputs(np.asarray(points, np.float64), config.features, config.data.scale, network.dtype)
        with np.errstate(all="ignore"):
            predictions = network.head.predict(network.forward(x, network.tape(x.shape[1])))
        return predictions[..., 0, :] if network.head.units == 1 else predictions.mT

    def change(self, path: str, value: object) -> None:
        """Change one setting and keep the weights; see `Config.changed` for which, and for what it raises."""
        self.adopt(self.config.changed(path, value), path)

    def adopt(self, changed: Config, path: str) -> None:
        """Go on under this run's own Config as `Config.changed` has changed it at `path`."""
        if path in OWN_CHANGEABLE:
            if changed.data != self.config.data:
                self.take_points(changed.data)
            return
        self.config = changed
        if path == "optimizer":
            self._start_optimizer()
        else:
            self._tune()

    def take_points(self, data: Data) -> None:
        """Go on with the weights on other points of the same task and classes. The epoch at hand begins again.

        Before the first step, and the first number set by hand, there is nothing to keep: the run is then the one that
        the Config defines.
        """
        assert self.draws_own_points, "points from elsewhere are not the Config's to change"
        self.config = replace(self.config, data=data)
        self._hold(self._draw_points())
        self.offset = self.epoch_step = 0
        self.order_state = self.order_rng.bit_generator.state
        if self.step == self.edits == 0:
            self.reset()

    def clear_divergence(self) -> None:
        """Let a diverged run go on: from the weights it went back to, the optimiser starting afresh."""
        if self.diverged is not None:
            self.diverged = None
            self.guard.forget()
            self._start_optimizer()

    def continue_streams(self, order: Mapping[str, Any], noise: Mapping[str, Any]) -> None:
        """Take up the random streams where a snapshot left them: `order` is `order_state` as it was saved."""
        self.order_state = dict(order)
        self.order_rng.bit_generator.state = self.order_state
        self.noise_rng.bit_generator.state = dict(noise)
        if self.offset:
            self._shuffle()

    @property
    def rate(self) -> float:
        """The learning rate of the epoch at hand."""
        if self._rated != self.epoch:
            self._set_rate()
        return self._update.step.rate

    def next_batches(self, count: int) -> tuple[Array, Array]:
        """Inputs (features + 1, n) and targets (units, n) of the next `count` batches of the epoch at hand, n points in
        all, for somebody else to train on, who then calls `take_over` or `give_back`.
        """
        if self.offset == 0:
            self._shuffle()
        some = slice(self.offset, self.offset + count * self.config.batch)
        return self._order_inputs[:, some], self._order_targets[:, some]

    def take_over(self, batches: int, theta: Array, grad: Array, memory: Memory) -> None:
        """Somebody else has trained on so many whole batches: this has become of the weights, the gradient and the
        optimiser's memory, all of it finite. Where `wants_record` then, call `take_down` before anything else.
        """
        if self.offset == 0 and not self.record:
            self._keep()
        np.copyto(self.network.theta, theta)
        np.copyto(self.network.grad, grad)
        for name, array in self.memory.items():
            np.copyto(array, memory[name])
        self.gradient = self.network.grad
        self.optimizer_steps += batches
        self._went(batches, self.offset + batches * self.config.batch)

    @property
    def wants_record(self) -> bool:
        """Whether it is at the end of an epoch that is recorded."""
        return self.record and self.offset == 0 and History.wants(self.epoch)

    def take_down(self, metrics: Metrics | None) -> None:
        """Record these, which are its own; None: work them out first."""
        if metrics is None:
            self._record()
        else:
            self.history.add(self.epoch, metrics)
            self._keep()

    def give_back(self) -> None:
        """Nobody has trained on `next_batches`."""
        if self.offset == 0:
            self.order_rng.bit_generator.state = self.order_state

    def _train_batch(self) -> bool:
        start, config, network, count = self.offset, self.config, self.network, self._train_count
        update, guard = self._update, self.guard
        if start == 0:
            self._shuffle()
        stop = min(start + config.batch, count)
        tape, head = self._tape(stop - start), network.head
        target = self._order_targets[..., start:stop]
        z = network.forward(self._order_inputs[..., start:stop], tape)
        losses = head.losses(z, target, tape.head)
        if not math.isfinite(losses.reshape(-1).dot(tape.head.ones)):
            finite = np.isfinite(losses.sum(axis=(-2, -1)))
            if not self._goes_on(guard.check_values(finite, tape, self.epoch, self.step)):
                return False
        if start == 0 and not self.record:
            self._keep()
        self.optimizer_steps += 1
        update.step.count = self.optimizer_steps
        if self._rated != self.epoch:
            self._set_rate()
        update.learn(losses, z, target, tape)
        self.gradient = network.grad
        if guard.some_stopped:
            guard.hold_stopped()
        if not update.is_finite() and not self._goes_on(guard.check_weights(self.epoch, self.step)):
            return False
        self._went(1, stop)
        if stop == count:
            self._record()
        return True

    def _went(self, batches: int, offset: int) -> None:
        """So many batches were trained, up to `offset` of the epoch at hand."""
        self.step += batches
        self.epoch_step += batches
        self.offset = offset
        if offset == self._train_count:
            self.epoch += 1
            self.offset = self.epoch_step = 0
            self.order_state = self.order_rng.bit_generator.state

    def _draw_points(self) -> Split:
        config, head, dtype = self.config, self.network.head, self.network.dtype
        return make_split(config, head, dtype) if self.seeds is None else make_splits(config, self.seeds, head, dtype)

    def _shuffle(self) -> None:
        count = self.split.train_count
        order = self.order_rng.permutation(count) if self.config.shuffle else np.arange(count)
        for ordered in self._ordered:
            ordered.take(order)

    def _goes_on(self, ending: Divergence | None) -> bool:
        """Whether a network is left to train: `ending` is the divergence of the last one, if not."""
        if ending is None:
            return True
        self.diverged = ending
        self.optimizer_steps = 0
        if self.offset == 0:
            # The epoch's first batch comes again, in the order it had.
            self.order_rng.bit_generator.state = self.order_state
        return False

    def _record(self) -> None:
        if not self.record or not History.wants(self.epoch):
            return
        tape = self.forward_all()
        finite = self._finite(tape)
        # The step that made it so is the last one.
        self._goes_on(self.guard.check_values(finite, tape, max(self.epoch - 1, 0), max(self.step - 1, 0)))
        self._keep()

    def _finite(self, tape: NetworkTape) -> Array:
        """Record what is kept of this epoch; whether all losses are finite, of every network."""
        count, head, z = self._train_count, self.network.head, tape.passes[-1].z
        if self._records_losses:
            metrics = self.evaluate(tape)
            self.history.add(self.epoch, metrics)
            finite = np.isfinite(metrics.train_loss)
            return np.asarray(finite & np.isfinite(metrics.test_loss) if count < z.shape[-1] else finite)
        accuracy = test_accuracy(head, z, self.split.targets, count)
        nothing = np.full(self.network.lead, math.nan)
        self.history.add(self.epoch, Metrics(nothing, nothing, None, accuracy))
        return head.finite(z, self.split.targets, self._look_head)

    def _keep(self) -> None:
        """The weights of this epoch are those to go back to, if it is one that is recorded."""
        if History.wants(self.epoch):
            self.guard.keep()

    def _tune(self) -> None:
        self._update.tune(self.config)
        self._schedule = self.config.schedule.build(SCHEDULES)
        self._rated = -1

    def _set_rate(self) -> None:
        """From here on, step at the learning rate of the epoch at hand."""
        self._rated = self.epoch
        self._update.step.rate = self.optimizer.learning_rate * self._schedule.factor(self.epoch)

    def _start_optimizer(self) -> None:
        self._tune()
        self._update.forget()
        self.optimizer_steps = 0

    def _tape(self, batch: int) -> NetworkTape:
        tape = self._tapes.get(batch)
        if tape is None:
            # A changed batch size leaves its tapes behind: two sizes are in use at a time.
            if len(self._tapes) >= 2:
                self._tapes.clear()
            tape = self._tapes[batch] = self.network.tape(batch, self.noise_rng)
        return tape
