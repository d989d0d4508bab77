"""When a run at play stops by itself: at the end of an epoch, once it is solved, or on a plateau.

What is looked at is the run's own record, so it stops at the same epoch, to the bit, however its training is cut into
turns. Records are made at the end of each of the first 256 epochs, later of every second, fourth and so on
(`nncore.history`): a run that is solved between two of them stops at the next. Not here: the training (`playback`).
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from app.links.moment import Moment
from nncore.diagnosis import WELL, stands_still
from nncore.evaluation import fit
from nncore.learner import AnyLearner
from nncore.sentence import Sentence
from nncore.tape import Array

_AT_EPOCH = Sentence("say.stopped_epoch", "Stopped at the end of epoch {epoch}, as requested.")
_SOLVED = Sentence("say.stopped_solved", "Solved: stopped at the end of epoch {epoch}, as requested.")
_PLATEAU = Sentence(
    "say.stopped_plateau", "The loss hardly changes any more: stopped at the end of epoch {epoch}, as requested."
)


class Until:
    """One such moment, watched for. What has come already before a run is played on is not waited for again, until it
    has gone and comes anew.
    """

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self._here = False

    @property
    def sentence(self) -> Sentence:
        """What is said when it has come, with {epoch}."""
        return {"solved": _SOLVED, "plateau": _PLATEAU}.get(str(self.moment), _AT_EPOCH)

    def begin(self, trainer: AnyLearner) -> None:
        """The run is played from here on; one that has not begun waits for everything."""
        self._here = not isinstance(self.moment, int) and trainer.step > 0 and self._holds(trainer) is True

    def comes(self, trainer: AnyLearner) -> bool:
        """Whether it comes with the end of the epoch that `trainer` has just trained."""
        if isinstance(self.moment, int):
            return trainer.epoch == self.moment
        now = self._holds(trainer)
        if now is None:
            return False
        comes, self._here = now and not self._here, now
        return comes

    def _holds(self, trainer: AnyLearner) -> bool | None:
        """None where this epoch has no record."""
        rows = trainer.history.since(0 if self.moment == "plateau" else -1)
        if not len(rows) or rows[-1, 0] != trainer.epoch:
            return None
        return _COMES[str(self.moment)](rows, trainer)


def _solved(rows: Array, trainer: AnyLearner) -> bool:
    """So large a share of both halves is answered rightly; of a regression, of the values' variance."""
    shares = rows[-1, 3:]
    if trainer.split.task == "regression":
        found = fit(trainer.split, trainer.network.head, trainer.forward_all().passes[-1].z)
        assert found is not None, "a regression has a fit"
        shares = np.array([half.r2 if half.r2 is not None else -math.inf for half in found])
    return bool((shares >= WELL).all())


def _on_plateau(rows: Array, trainer: AnyLearner) -> bool:
    return stands_still(rows)


_COMES: Mapping[str, Callable[[Array, AnyLearner], bool]] = {"solved": _solved, "plateau": _on_plateau}
