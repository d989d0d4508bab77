"""A lab's claims, measured over many seeds by replicas: the figures that its words hold.

Pure but for the time that it takes. Not here: whether each claim stands (`bounds`), where the figures are written
(`docs.make_reference`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from app.labs.lab import Claim, Lab
from app.lessons.memory_claims import measure_memory
from app.links import link
from nncore.config import Config
from nncore.cost import Cost
from nncore.probes.layer_decision import layer_scores
from nncore.size import Size, size_of
from nncore.study.repeats import BAR, Outcome, Repeats, fresh_seeds
from nncore.tape import Array
from nncore.trainer import Trainer

Json = dict[str, Any]

SHARES = ("lowest", "median", "highest", "input", "train")
"""Figures that are said in per cent."""

TOGETHER = 20
"""Seeds that train in one pass."""


class Measured(Protocol):
    """A claim's runs, and what they say."""

    @property
    def claim(self) -> Claim:
        """What was measured."""

    @property
    def shares(self) -> list[float]:
        """Of each run, from 0 to 1, how much it got right."""

    @property
    def figures(self) -> Json:
        """By name, as numbers."""

    def only(self, places: Sequence[int]) -> "Measured":
        """As if these of its runs, from 0, had been all; one may count more than once."""


@dataclass(frozen=True, eq=False)
class MeasuredRuns:
    """Of networks and forests."""

    claim: Claim
    outcomes: tuple[Outcome, ...]
    size: Size
    probes: Array
    """Where the claim asks for them, (runs, 1 + layers), else (runs, 0): the share of test points that one straight
    line through the inputs, through what the first layer shows ... gets right."""

    @property
    def shares(self) -> list[float]:
        """Of the test points. A run that diverged answers as it did where it went back to."""
        return [float(outcome.test_accuracy or 0.0) for outcome in self.outcomes]

    @property
    def figures(self) -> Json:
        """By name, as numbers."""
        accuracies = self.shares
        losses = [outcome.test_loss for outcome in self.outcomes]
        epochs = [outcome.solved_epoch for outcome in self.outcomes if outcome.solved_epoch is not None]
        return {
            "seeds": len(self.outcomes),
            "epochs": self.claim.epochs,
            "parameters": self.size.parameters,
            "multiply_adds": self.size.cost.multiply_adds,
            "solved": sum(accuracy >= BAR for accuracy in accuracies),
            "diverged": sum(outcome.diverged is not None for outcome in self.outcomes),
            "lowest": float(min(accuracies)),
            "median": float(np.median(accuracies)),
            "highest": float(max(accuracies)),
            "train": float(np.median([outcome.train_accuracy or 0.0 for outcome in self.outcomes])),
            "loss": float(np.median(losses)),
            "soon": float(np.median(epochs)) if epochs else None,
            **{
                "input" if index == 0 else f"layer_{index}": float(share)
                for index, share in enumerate(np.median(self.probes, axis=0))
            },
        }

    def only(self, places: Sequence[int]) -> "MeasuredRuns":
        """As if these of its runs had been all."""
        return replace(self, outcomes=tuple(self.outcomes[place] for place in places), probes=self.probes[places])


def to_json(one: Measured) -> Json:
    """What a lab's folder keeps: the share that each run got right, and every figure as it is said."""
    runs = [round(share, 4) for share in one.shares]
    return {"runs": runs, "said": {name: said(name, value) for name, value in one.figures.items()}}


def said(name: str, value: Any) -> str:
    """A figure as it stands in a sentence, in every language alike."""
    if value is None:
        return "–"
    if name in SHARES or name.startswith("layer_"):
        return f"{100 * value:.0f}%"
    if name == "loss":
        return f"{value:.3f}"
    if name in ("angle", "gap"):
        return f"{value:.1f}"
    return f"{value:.0f}"


def measure(claim: Claim) -> MeasuredRuns:
    """Train what `claim` is about, with its seeds."""
    config = link.read(claim.link).config
    repeats = Repeats(config, fresh_seeds(config, claim.seeds, data=claim.data), claim.epochs, together=TOGETHER)
    while repeats.advance(1000):
        pass
    outcomes = tuple(repeats.outcomes())
    probes = _probes(config, outcomes) if claim.layers else np.empty((len(outcomes), 0))
    return MeasuredRuns(claim, outcomes, _size(config, outcomes), probes)


def _size(config: Config, outcomes: Sequence[Outcome]) -> Size:
    """The network's; a forest's parameters are the nodes of its trees, in the middle of all runs."""
    nodes = [outcome.nodes for outcome in outcomes if outcome.nodes is not None]
    return Size(int(np.median(nodes)), Cost()) if nodes else size_of(config)


def _probes(config: Config, outcomes: Sequence[Outcome]) -> Array:
    scores = []
    for outcome in outcomes:
        trainer = Trainer(replace(config, seeds=outcome.seeds))
        trainer.network.theta[...] = outcome.theta
        scores.append(layer_scores(trainer)[:, 1])
    return np.array(scores)


def measure_all(lab: Lab) -> dict[str, Measured]:
    """Every claim of `lab`."""
    one = MEASURES[lab.page]
    return {name: one(claim) for name, claim in lab.claims.items()}


MEASURES: Mapping[str, Callable[[Claim], Measured]] = {"": measure, "memory": measure_memory}
"""By the page that a lab stands beside."""
