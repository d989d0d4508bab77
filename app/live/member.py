"""A session's run as one of several that train together: what it would be trained on, and when it joins.

It does not know the others. Pure. Not here: who they are (`app.hosts.stacks`), how they are trained (`nncore.stack`),
what is said of it afterwards (`session`).
"""

from app.live.playback import Playback
from app.live.screen import Screen
from nncore.config import Config
from nncore.learner import AnyLearner
from nncore.shape import shape_of
from nncore.trainer import Trainer


class Member:
    """Of a session with this playback and screen."""

    def __init__(self, run: Trainer, playback: Playback[AnyLearner], screen: Screen) -> None:
        self.run = run
        self._playback, self._screen = playback, screen
        self._shaped: Config | None = None
        self._shape: str | None = None
        self._batch_bytes = 0

    @property
    def shape(self) -> str | None:
        """What others must share to train with it; None where it has to train alone (`nncore.shape`)."""
        if self._shaped is not self.run.config:
            self._shaped, self._shape, self._batch_bytes = self.run.config, shape_of(self.run), 0
        return self._shape

    @property
    def batch_bytes(self) -> int:
        """What the scratch for its batches takes; 0 before the first one. Counted once: it is asked at every turn."""
        if not self._batch_bytes:
            self._batch_bytes = self.run.batch_bytes
        return self._batch_bytes

    def helping(self, most: int) -> int:
        """How many batches, `most` at most, it is to be trained on now; 0 where a picture comes first."""
        if self._screen.painting or self._screen.prompted:
            return 0
        return self._playback.helping(self.run, most, self._screen.picture_seconds)

    def joins(self, offset: int, batches: int) -> bool:
        """Whether it stands at this place of its epoch, and may be trained on so many batches because others are."""
        return self.run.offset == offset and not self._screen.painting and self._playback.joins(self.run, batches)
