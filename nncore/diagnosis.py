"""What just happened in a run, in one sentence with what to try: the learning rate is too high, this kind of network
cannot do it, units are dead, it overfits, it is stuck, it is right.

A remark depends on the run's records and pictures alone, not on who looked or when, and its values are of the moment
that it tells of: while that lasts, the sentence stays the same, letter by letter. Not here: divergence
(`nncore.trainer`), and the page's own sentences about the connection.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nncore.config import Config
from nncore.forest.grower import Grower
from nncore.history import History
from nncore.learner import AnyLearner
from nncore.remedies import (
    Remedy,
    bending,
    is_far_above,
    livelier,
    other_kinds,
    rate_of,
    regularising,
    slower,
    steadier,
)
from nncore.sentence import Sentence, Word
from nncore.split import Split
from nncore.structure import Limit, limit_of
from nncore.tape import Array

_RIGHT = Sentence("say.right", "Solved: all training points classified correctly since epoch {epoch}.")
_OVERFITS = Sentence(
    "say.overfits",
    "Overfitting: the test loss was lowest in epoch {epoch} ({loss}) and has risen since, while the "
    "training loss fell.",
)
_STUCK = Sentence("say.stuck", "Plateau: the loss has hardly changed in the last half of the run.")
_DEAD = Sentence(
    "say.dead",
    "{count} of {units} {units:unit|units} in hidden layer {layer} {count:is|are} dead: {count:it "
    "outputs|they output} the same value everywhere.",
)

_TOO_FAST = Sentence(
    "say.too_fast", "The learning rate of {rate} is too high: the loss leaps about or stays as it was at the start."
)
_LIMITS: dict[Limit, Sentence] = {
    "straight_layers": Sentence(
        "say.straight_layers",
        "Linear units without an activation are no more than one linear unit, however many layers: all they draw is "
        "straight, and these points need something bent.",
    ),
    "straight_output": Sentence(
        "say.straight_output",
        "Without a hidden layer, all that a linear output draws is straight, and these points need something bent.",
    ),
    "mirrored": Sentence(
        "say.mirrored",
        "These neurons cannot see signs: the answer is the same at (x, y), (−x, y) and (x, −y), "
        "and the points are not.",
    ),
    "opposite": Sentence(
        "say.opposite",
        "These neurons cannot tell a place from the one opposite it: the answer is the same at (x, y) and (−x, −y), "
        "and the points are not.",
    ),
}

EARLIEST_RATE, EARLIEST_EPOCH, EARLIEST_PLATEAU = 20, 60, 200
"""Before, everything is on the move and nothing has happened yet; many a run takes its time to get going."""
RECENT = 12
"""The last records whose middle stands for now: single ones jump."""
RISEN = 1.3
"""A test loss so many times its lowest, over that of training, is overfitting."""
WELL = 0.97
"""A share of right answers that needs no advice."""
LEAP, FALLEN = 0.15, 0.97
"""From record to record a loss that changes by such a share leaps; above so much of the first one it has not fallen."""
STILL = 0.01
"""A loss that fell by a smaller share in half of a run is stuck."""


Columns = Sequence[Sequence[float]]
"""The last records, column by column."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What happened, with its values, and changes to try; the last may be none."""

    sentence: Sentence
    values: Mapping[str, Word]
    remedies: Sequence[Remedy] = ()

    def to_json(self) -> dict[str, Any]:
        """As the protocol's remark."""
        return {
            "message": self.sentence.fill(self.values),
            "key": self.sentence.key,
            "values": dict(self.values),
            "remedies": [remedy.to_json() for remedy in self.remedies],
        }


class Remarks:
    """Reads a history as it grows; every record is read once."""

    def __init__(self) -> None:
        self._history: History | None = None
        self._rows = np.empty((0, 5))
        self._best = 0
        """Which record has the lowest test loss."""
        self._right: int | None = None
        """The first epoch of those, up to now, in which all training points were right."""
        self._limits: tuple[Config, Split, Limit | None] | None = None
        """Of the last network that was asked what it cannot do."""

    def look(self, trainer: AnyLearner, ends: Sequence[NDArray[np.floating[Any]]]) -> Remark | None:
        """The most telling thing to say of `trainer`; `ends` are the two ends (units, 2) of each layer's surfaces."""
        self._read(trainer.history)
        config = trainer.config
        if trainer.epoch < EARLIEST_RATE or len(self._rows) < RECENT:
            return self._rightness()
        recent = list(zip(*self._rows[-RECENT:].tolist(), strict=True))
        poor = self._is_poor(recent)
        if poor and is_far_above(config) and runs_wild(self._rows):
            return Remark(_TOO_FAST, {"rate": rate_of(config)}, slower(config))
        if trainer.epoch < EARLIEST_EPOCH:
            return self._rightness()
        if poor and (limit := self._limit(trainer)) is not None:
            return Remark(_LIMITS[limit], {}, bending(config) if limit.startswith("straight") else other_kinds(config))
        found = (_deadness(config, ends) if poor else None) or self._overfitting(config, recent) or self._rightness()
        if found is None and poor and stands_still(self._rows):
            return Remark(_STUCK, {}, livelier(config))
        return found

    def _is_poor(self, recent: Columns) -> bool:
        """Whether the training points could well be met better. A regression has no share of right answers: there, a
        loss far below the first one is well.
        """
        well = median(recent[3])
        return not median(recent[1]) <= 0.2 * float(self._rows[0, 1]) if math.isnan(well) else well < WELL

    def _limit(self, trainer: AnyLearner) -> Limit | None:
        config, split = trainer.config, trainer.split
        if isinstance(trainer, Grower):
            return None
        if self._limits is None or self._limits[0] is not config or self._limits[1] is not split:
            self._limits = config, split, limit_of(trainer.network, config.features, split)
        return self._limits[2]

    def _read(self, history: History) -> None:
        if history is not self._history or len(history) < len(self._rows):
            self._history, self._rows, self._best, self._right = history, np.empty((0, 5)), 0, None
        start = len(self._rows)
        new = history.since(start)
        if not len(new):
            return
        self._rows = np.concatenate([self._rows, new])
        for index, (epoch, _, test, right, _) in enumerate(new, start):
            if test < self._rows[self._best, 2]:
                self._best = index
            if not right >= 1.0:
                self._right = None
            elif self._right is None:
                self._right = int(epoch)

    def _rightness(self) -> Remark | None:
        return None if self._right is None else Remark(_RIGHT, {"epoch": self._right})

    def _overfitting(self, config: Config, recent: Columns) -> Remark | None:
        if len(self._rows) - self._best <= RECENT:
            return None
        best, train, test = self._rows[self._best], median(recent[1]), median(recent[2])
        risen = test > RISEN * best[2] and test > RISEN * train and train < best[1]
        if not risen or median(recent[4]) > WELL:
            return None
        values = {"epoch": int(best[0]), "loss": float(f"{best[2]:.2g}")}
        return Remark(_OVERFITS, values, regularising(config))


def median(values: Sequence[float]) -> float:
    """The middle one of at least one, NaN where any is: what NumPy's gives, in a tenth of the time for a dozen."""
    if any(map(math.isnan, values)):
        return math.nan
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def runs_wild(rows: Array) -> bool:
    """Whether the training loss of these records, float64 (n, 5), leaps or has not fallen, in their later half."""
    later = rows[len(rows) // 2 :, 1]
    with np.errstate(all="ignore"):
        leaps = np.sqrt(np.mean(np.diff(np.log(later)) ** 2))
    return bool(leaps > LEAP or np.median(later) > FALLEN * rows[0, 1])


def stands_still(rows: Array) -> bool:
    """Whether the training loss of these records, float64 (n, 5), has hardly fallen in the last half of the run."""
    if len(rows) < RECENT or rows[-1, 0] < EARLIEST_PLATEAU:
        return False
    half = int(rows[:, 0].searchsorted(rows[-1, 0] / 2))
    then, now = rows[max(0, half - RECENT) : half + 1, 1].tolist(), rows[-RECENT:, 1].tolist()
    return median(now) > median(then) * (1 - STILL)


def _deadness(config: Config, ends: Sequence[NDArray[np.floating[Any]]]) -> Remark | None:
    """The layer that has lost the largest share of its units."""
    shares = [np.count_nonzero(layer[:, 0] == layer[:, 1]) / len(layer) for layer in ends]
    if not shares or not max(shares):
        return None
    worst = int(np.argmax(shares))
    units = len(ends[worst])
    values: dict[str, Word] = {"count": round(shares[worst] * units), "units": units, "layer": worst + 1}
    return Remark(_DEAD, values, steadier(config))
