"""What just happened in a run, in one sentence with what to try: it overfits, units are dead, it is stuck, it is right.

A remark depends on the run's records and pictures alone, not on who looked or when, and its values are of the moment
that it tells of: while that lasts, the sentence stays the same, letter by letter. Not here: divergence
(`nncore.trainer`), and the page's own sentences about the connection.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nncore.config import Config
from nncore.history import History
from nncore.remedies import Remedy, livelier, regularising, steadier
from nncore.sentence import Sentence, Word
from nncore.tape import Array
from nncore.trainer import Trainer

_RIGHT = Sentence("say.right", "Every training point has been on its right side since epoch {epoch}.")
_OVERFITS = Sentence(
    "say.overfits",
    "Overfitting: the test loss was lowest in epoch {epoch} ({loss}) and has risen while the training loss fell.",
)
_STUCK = Sentence("say.stuck", "Plateau: the loss has hardly moved since epoch {epoch}.")
_DEAD = Sentence(
    "say.dead", "{count} of {units} units in hidden layer {layer} are dead: they give one value everywhere."
)

EARLIEST_EPOCH, EARLIEST_PLATEAU = 60, 200
"""Before, everything is on the move and nothing has happened yet; many a run takes its time to get going."""
RECENT = 12
"""The last records whose middle stands for now: single ones jump."""
RISEN = 1.3
"""A test loss so many times its lowest, over that of training, is overfitting."""
WELL = 0.97
"""A share of right answers that needs no advice."""
STILL = 0.01
"""A loss that fell by a smaller share in half of a run is stuck."""


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

    def look(self, trainer: Trainer, ends: Sequence[NDArray[np.floating[Any]]]) -> Remark | None:
        """The most telling thing to say of `trainer`; `ends` are the two ends (units, 2) of each layer's surfaces."""
        self._read(trainer.history)
        if trainer.epoch < EARLIEST_EPOCH or len(self._rows) < RECENT:
            return self._rightness()
        config = trainer.config
        return self._overfitting(config) or self._rightness() or _deadness(config, ends) or self._stillness(config)

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

    def _overfitting(self, config: Config) -> Remark | None:
        best, now = self._rows[self._best], np.median(self._rows[-RECENT:], axis=0)
        risen = now[2] > RISEN * best[2] and now[2] > RISEN * now[1] and now[1] < best[1]
        if not risen or now[4] > WELL or len(self._rows) - self._best <= RECENT:
            return None
        values = {"epoch": int(best[0]), "loss": float(f"{best[2]:.2g}")}
        return Remark(_OVERFITS, values, regularising(config))

    def _stillness(self, config: Config) -> Remark | None:
        epoch, now = self._rows[-1, 0], np.median(self._rows[-RECENT:, 1])
        well = np.median(self._rows[-RECENT:, 3])
        # A regression has no share of right answers: there, a loss far below the first one is well.
        poor = now > 0.2 * self._rows[0, 1] if np.isnan(well) else well < WELL
        if not poor or not stands_still(self._rows):
            return None
        # The epoch stays what it is until it is twice as late.
        since = 2 ** int(np.log2(epoch / 2))
        return Remark(_STUCK, {"epoch": since}, livelier(config))


def stands_still(rows: Array) -> bool:
    """Whether the training loss of these records, float64 (n, 5), has hardly fallen in the last half of the run."""
    if len(rows) < RECENT or rows[-1, 0] < EARLIEST_PLATEAU:
        return False
    half = int(np.searchsorted(rows[:, 0], rows[-1, 0] / 2))
    then, now = np.median(rows[max(0, half - RECENT) : half + 1, 1]), np.median(rows[-RECENT:, 1])
    return bool(now > then * (1 - STILL))


def _deadness(config: Config, ends: Sequence[NDArray[np.floating[Any]]]) -> Remark | None:
    """The layer that has lost the largest share of its units."""
    shares = [float(np.mean(layer[:, 0] == layer[:, 1])) for layer in ends]
    if not shares or not max(shares):
        return None
    worst = int(np.argmax(shares))
    units = len(ends[worst])
    values: dict[str, Word] = {"count": round(shares[worst] * units), "units": units, "layer": worst + 1}
    return Remark(_DEAD, values, steadier(config))
