"""What is known of a run that has diverged: when, in which layer and of what; as numbers and as a sentence.

Not here: how it is noticed (`trainer`, `guard`), nor what to try.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from nncore.sentence import Sentence, Word

Cause = Literal["values", "gradient"]
"""What was no longer finite: values on their way through the network, or what the gradient makes of its weights."""

CAUSES: tuple[Cause, ...] = get_args(Cause)

_SENTENCES: dict[Cause, tuple[Sentence, Sentence]] = {
    "values": (
        Sentence(
            "say.diverged_in_hidden",
            "Diverged in epoch {epoch} (step {step}): the values grew too large, first in hidden layer {layer}.",
        ),
        Sentence(
            "say.diverged_in_output",
            "Diverged in epoch {epoch} (step {step}): the values grew too large, first in the output layer.",
        ),
    ),
    "gradient": (
        Sentence(
            "say.gradient_diverged_in_hidden",
            "Diverged in epoch {epoch} (step {step}): the gradient grew too large, first in hidden layer {layer}.",
        ),
        Sentence(
            "say.gradient_diverged_in_output",
            "Diverged in epoch {epoch} (step {step}): the gradient grew too large, first in the output layer.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Divergence:
    """The run's numbers stopped being finite: when, and in which layer; the output layer is number `last`."""

    epoch: int
    step: int
    layer: int
    last: int
    cause: Cause = "values"

    @property
    def sentence(self) -> Sentence:
        """What happened, to be filled with `values`."""
        return _SENTENCES[self.cause][self.layer == self.last]

    @property
    def values(self) -> dict[str, Word]:
        """As people count: from 1."""
        return {"epoch": self.epoch + 1, "step": self.step + 1, "layer": self.layer + 1}

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.sentence.fill(self.values)
