"""The end of a race: the end of its last epoch. Played on from there, it goes on without an end."""

from dataclasses import dataclass

from app.live.race.field import Field
from nncore.sentence import Sentence

FINISHED = Sentence("say.race_finished", "The race is over: every lane that runs has trained {epoch} epochs.")


@dataclass(frozen=True, slots=True)
class Finish:
    """At the end of the epoch `moment`."""

    moment: int

    @property
    def sentence(self) -> Sentence:
        """What is said, with {epoch}."""
        return FINISHED

    def begin(self, field: Field) -> None:
        """Nothing has to be remembered: a number of epochs comes once."""

    def comes(self, field: Field) -> bool:
        """Whether every lane that runs is there."""
        return field.epoch == self.moment
