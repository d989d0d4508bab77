"""Whether a run plays, how far it trains and how fast: at play, at rest, or on its way to the end of an epoch.

Pure; the clock comes in. Not here: who gets the next turn (`host`), what is shown and said meanwhile (`session`).
"""

import math
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from app.links.moment import Moment
from app.live.pacing import Meter, Throttle
from nncore.run import Run
from nncore.sentence import Sentence

_CHUNK_HIGH = 4096
"""Batches between two looks at the clock at most."""

_STEPS_AHEAD = 1000
"""Epochs that steps may add up to."""


AnyRun = TypeVar("AnyRun", bound=Run)
Watched = TypeVar("Watched", bound=Run, contravariant=True)


class Stop(Protocol[Watched]):
    """A moment at which a run rests by itself."""

    @property
    def moment(self) -> Moment:
        """Which."""

    @property
    def sentence(self) -> Sentence:
        """What is said when it has come, with {epoch}."""

    def begin(self, run: Watched, /) -> None:
        """It is played from here on."""

    def comes(self, run: Watched, /) -> bool:
        """Whether the moment comes with the end of the epoch that has just been trained."""


class Playback(Generic[AnyRun]):
    """Of a run, whichever that is; at rest to begin with."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds; only differences matter."""
        self.playing = False
        """Whether it plays, or will as soon as its target is reached."""
        self.target: int | None = None
        """The epoch to the end of which it trains; None where it plays or rests."""
        self.until: Stop[AnyRun] | None = None
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

    def play(self, run: AnyRun) -> None:
        """Train until told otherwise, or until what it watches for comes."""
        if self.target is not None or not self.playing:
            self._begin()
        if self.until is not None and not (self.playing and self.target is None):
            self.until.begin(run)
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

    def due(self, steps_per_epoch: int, picture_seconds: float = math.inf) -> float:
        """The moment from which there is something to train, where pictures are so far apart; infinity for never."""
        if self.target is not None:
            return -math.inf
        return self._throttle.due(steps_per_epoch, picture_seconds) if self.playing else math.inf

    def behind(self, steps_per_epoch: int) -> bool:
        """Whether it could use more time than it is given."""
        return self.training and (self.target is not None or self._throttle.behind(steps_per_epoch))

    def train(self, run: AnyRun, deadline: float, seconds: float, *, to_epoch_end: bool = False) -> bool:
        """Train what may be trained until about `deadline`, in a turn of `seconds`, or until an epoch ends.

        Whether what it watches for has come: not a batch more is trained then.
        """
        self._throttle.earn(self._clock(), run.steps_per_epoch)
        done, came = self._train_batches(run, deadline, seconds, to_epoch_end=to_epoch_end)
        self._throttle.spend(done, ahead=to_epoch_end and self._keeps_pace)
        self._mark(run)
        return came

    def helping(self, run: AnyRun, most: int, picture_seconds: float = math.inf) -> int:
        """How many batches, `most` at most, it is to be trained on now together with others; 0 for none.

        Where it can be had, to the end of an epoch: there all of them meet.
        """
        left, whole = run.steps_to_epoch_end, run.steps_per_epoch
        if not self.training or run.diverged is not None or self.due(whole, picture_seconds) > self._clock():
            return 0
        self._throttle.earn(self._clock(), whole)
        wanted = self._left(run, 0)
        if self.target is None and self._throttle.goes_ahead():
            wanted = max(wanted, left)
        wanted = min(wanted, most)
        if self.target is None and self.until is not None:
            wanted = min(wanted, left)
        return max(0, int(left + (wanted - left) // whole * whole if wanted > left else wanted))

    def joins(self, run: AnyRun, batches: int) -> bool:
        """Whether it may be trained on so many batches now because others are."""
        if not self.training or run.diverged is not None:
            return False
        if self.target is not None:
            return batches <= self._left(run, 0)
        if self.until is not None and batches > run.steps_to_epoch_end:
            return False
        self._throttle.earn(self._clock(), run.steps_per_epoch)
        return self._throttle.lends(batches, run.steps_per_epoch)

    def trained(self, run: AnyRun, batches: int) -> bool:
        """It has been trained on so many batches; whether what it watches for has come."""
        self._throttle.spend(batches, ahead=self._keeps_pace)
        self._mark(run)
        watched = self.until if self.target is None else None
        return watched is not None and run.offset == 0 and watched.comes(run)

    def arrives(self, run: AnyRun) -> bool:
        """Whether `run` has reached its target; it then rests or plays on."""
        if self.target is None or run.epoch < self.target:
            return False
        plays_on = self.playing
        self.stop()
        if plays_on:
            self.play(run)
        return True

    def _begin(self) -> None:
        self.begun_at = self._clock()
        self._throttle.start(self.begun_at)
        self._meter.start()

    @property
    def _keeps_pace(self) -> bool:
        """Whether it is held to its speed."""
        return self.target is None and self.speed is not None

    def _mark(self, run: AnyRun) -> None:
        self._meter.mark(self._clock(), run.epoch + 1 - run.steps_to_epoch_end / run.steps_per_epoch)

    def _left(self, run: AnyRun, done: int) -> float:
        """Batches that may still be trained, after the `done` ones; fewer of them are left where a part of it ends."""
        if self.target is None:
            return self._throttle.affordable() - done
        return (self.target - run.epoch - 1) * run.steps_per_epoch + run.steps_to_epoch_end

    def _train_batches(self, run: AnyRun, deadline: float, seconds: float, *, to_epoch_end: bool) -> tuple[int, bool]:
        """Train what may be trained, less when the deadline comes first or what is watched for; how many, whether it
        came.

        The clock is looked at between chunks, which grow and shrink towards an eighth of a turn.
        """
        done, now = 0, self._clock()
        ahead = run.steps_to_epoch_end if to_epoch_end and self._throttle.goes_ahead() else 0
        until = self.until if self.target is None else None
        while (
            (left := max(self._left(run, done), ahead - done)) > 0
            and not _has_ended(run)
            and (now < deadline or not done)
        ):
            steps = int(min(left, self._chunk))
            if until is not None or to_epoch_end:
                steps = min(steps, run.steps_to_epoch_end)
            done += run.advance(steps)
            if run.offset == 0:
                if until is not None and until.comes(run):
                    return done, True
                if to_epoch_end:
                    break
            before, now = now, self._clock()
            if now - before > seconds / 4:
                self._chunk = max(1, steps // 2)
            elif now - before < seconds / 16 and steps == self._chunk:
                self._chunk = min(_CHUNK_HIGH, 2 * self._chunk)
        return done, False


def _has_ended(run: Run) -> bool:
    return run.diverged is not None or run.finished
