"""What is known of a run that has diverged: when, and in which layer; as numbers and as a sentence.

Not here: how it is noticed (`trainer`), nor what to try.
"""

from dataclasses import dataclass

from nncore.sentence import Sentence, Word

_IN_OUTPUT = Sentence(
    "say.diverged_in_output",
    "Diverged in epoch {epoch} (step {step}): the values grew too large, first in the output layer.",
)
_IN_HIDDEN = Sentence(
    "say.diverged_in_hidden",
    "Diverged in epoch {epoch} (step {step}): the values grew too large, first in hidden layer {layer}.",
)


@dataclass(frozen=True, slots=True)
class Divergence:
    """The loss stopped being a finite number: when, and in which layer; the output layer is number `last`."""

    epoch: int
    step: int
    layer: int
    last: int

    @property
    def sentence(self) -> Sentence:
        """What happened, to be filled with `values`."""
        return _IN_OUTPUT if self.layer == self.last else _IN_HIDDEN

    @property
    def values(self) -> dict[str, Word]:
        """As people count: from 1."""
        return {"epoch": self.epoch + 1, "step": self.step + 1, "layer": self.layer + 1}

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.sentence.fill(self.values)
