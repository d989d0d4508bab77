"""Whether a run plays, how far it trains and how fast: at play, at rest, or on its way to the end of an epoch.

Pure; the clock comes in. Not here: who gets the next turn (`host`), what is shown and said meanwhile (`session`).
"""

import math
from collections.abc import Callable

from app.live.pacing import Meter, Throttle
from app.live.until import Until
from nncore.trainer import Trainer

_CHUNK_HIGH = 4096
"""Batches between two looks at the clock at most."""

_STEPS_AHEAD = 1000
"""Epochs that steps may add up to."""


class Playback:
    """Of a session's run, whichever that is; at rest to begin with."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds; only differences matter."""
        self.playing = False
        """Whether it plays, or will as soon as its target is reached."""
        self.target: int | None = None
        """The epoch to the end of which it trains; None where it plays or rests."""
        self.until: Until | None = None
        """The moment at which it rests by itself while it plays; None for never."""
        self.begun_at = clock()
        """When it last began to train."""
        self._clock = clock
        self._throttle = Throttle(None, self.begun_at)
        self._meter = Meter()
        self._chunk = 1

    @property
    def training(self) -> bool:
        """Whether there is anything to train."""
        return self.playing or self.target is not None

    @property
    def speed(self) -> float | None:
        """Epochs per second that it is held to; None for all it can get."""
        return self._throttle.epochs_per_second

    @property
    def rate(self) -> float:
        """Epochs per second, as measured."""
        return self._meter.rate()

    def limit(self, speed: float | None) -> None:
        """Hold it to `speed` epochs per second; None for all it can get."""
        self._throttle = Throttle(speed, self._clock())

    def play(self, trainer: Trainer) -> None:
        """Train until told otherwise, or until what it watches for comes."""
        if self.target is not None or not self.playing:
            self._begin()
        if self.until is not None and not (self.playing and self.target is None):
            self.until.begin(trainer)
        self.playing, self.target = True, None

    def aim(self, epoch: int, *, then_play: bool) -> None:
        """Train to the end of `epoch`, then play or rest."""
        self._begin()
        self.playing, self.target = then_play, epoch

    def step(self, epochs: int, reached: int) -> None:
        """Train `epochs` more from the one `reached`, or from the end of a step that is under way; then rest."""
        begun = reached if self.target is None else min(self.target, reached + _STEPS_AHEAD)
        self.aim(begun + epochs, then_play=False)

    def again(self) -> None:
        """From the beginning: at play if it was."""
        self._begin()
        self.target = None

    def stop(self) -> None:
        """Train no more."""
        self.playing, self.target = False, None
        self.forget_rate()

    def forget_rate(self) -> None:
        """Measure anew: from here on, training costs something else."""
        self._meter.start()

    def due(self, steps_per_epoch: int) -> float:
        """The moment from which there is something to train; infinity for never."""
        if self.target is not None:
            return -math.inf
        return self._throttle.due(steps_per_epoch) if self.playing else math.inf

    def behind(self, steps_per_epoch: int) -> bool:
        """Whether it could use more time than it is given."""
        return self.training and (self.target is not None or self._throttle.behind(steps_per_epoch))

    def train(self, trainer: Trainer, deadline: float, seconds: float) -> bool:
        """Train what may be trained until about `deadline`, in a turn of `seconds`; at the target, rest or play on.

        Whether what it watches for has come: not a batch more is trained then.
        """
        self._throttle.earn(self._clock(), trainer.steps_per_epoch)
        if self.target is None:
            most = self._throttle.affordable()
        else:
            most = (self.target - trainer.epoch - 1) * trainer.steps_per_epoch + trainer.steps_to_epoch_end
        done, came = self._train_batches(trainer, deadline, seconds, most)
        self._throttle.spend(done)
        self._meter.mark(self._clock(), trainer.epoch + trainer.offset / trainer.split.train_count)
        return came

    def arrives(self, trainer: Trainer) -> bool:
        """Whether `trainer` has reached its target; it then rests or plays on."""
        if self.target is None or trainer.epoch < self.target:
            return False
        plays_on = self.playing
        self.stop()
        if plays_on:
            self.play(trainer)
        return True

    def _begin(self) -> None:
        self.begun_at = self._clock()
        self._throttle.start(self.begun_at)
        self._meter.start()

    def _train_batches(self, trainer: Trainer, deadline: float, seconds: float, most: float) -> tuple[int, bool]:
        """Train `most` batches, fewer when the deadline comes first or what is watched for; how many, whether it came.

        The clock is looked at between chunks, which grow and shrink towards an eighth of a turn.
        """
        done, now = 0, self._clock()
        until = self.until if self.target is None else None
        while done < most and trainer.diverged is None and (now < deadline or not done):
            steps = int(min(most - done, self._chunk))
            if until is not None:
                steps = min(steps, trainer.steps_to_epoch_end)
            done += trainer.advance(steps)
            if until is not None and trainer.offset == 0 and until.comes(trainer):
                return done, True
            before, now = now, self._clock()
            if now - before > seconds / 4:
                self._chunk = max(1, steps // 2)
            elif now - before < seconds / 16 and steps == self._chunk:
                self._chunk = min(_CHUNK_HIGH, 2 * self._chunk)
        return done, False
