"""A lab's claims, measured over many seeds by replicas: the figures that its words hold, and whether each claim stands.

Pure but for the time that it takes. Not here: where the figures are written (`docs.make_reference`).
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
from nncore.errors import UnknownName
from nncore.probes.layer_decision import layer_scores
from nncore.size import Size, size_of
from nncore.study.repeats import BAR, Outcome, Repeats, fresh_seeds
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


@dataclass(frozen=True)
class MeasuredRuns:
    """Of networks and forests."""

    claim: Claim
    outcomes: tuple[Outcome, ...]
    size: Size
    probes: Mapping[str, float]
    """Where the claim asks for them: ``input``, ``layer_1`` ..., the share of test points that one straight line
    through what the layer shows gets right, in the middle of all runs."""

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
            **self.probes,
        }


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
    return MeasuredRuns(claim, outcomes, _size(config, outcomes), _probes(config, outcomes) if claim.layers else {})


def _size(config: Config, outcomes: Sequence[Outcome]) -> Size:
    """The network's; a forest's parameters are the nodes of its trees, in the middle of all runs."""
    nodes = [outcome.nodes for outcome in outcomes if outcome.nodes is not None]
    return Size(int(np.median(nodes)), Cost()) if nodes else size_of(config)


def _probes(config: Config, outcomes: Sequence[Outcome]) -> dict[str, float]:
    scores = []
    for outcome in outcomes:
        trainer = Trainer(replace(config, seeds=outcome.seeds))
        trainer.network.theta[...] = outcome.theta
        scores.append(layer_scores(trainer)[:, 1])
    middle = np.median(scores, axis=0)
    return {"input" if index == 0 else f"layer_{index}": float(share) for index, share in enumerate(middle)}


def measure_all(lab: Lab) -> dict[str, Measured]:
    """Every claim of `lab`."""
    one = MEASURES[lab.page]
    return {name: one(claim) for name, claim in lab.claims.items()}


MEASURES: Mapping[str, Callable[[Claim], Measured]] = {"": measure, "memory": measure_memory}
"""By the page that a lab stands beside."""


def broken(measured: Mapping[str, Measured]) -> list[str]:
    """What does not hold, each in one sentence; raises UnknownName where a bound is on what no claim measures."""
    return [
        f"{name}: {sentence}"
        for name, one in measured.items()
        for bound in one.claim.holds
        if (sentence := _broken(one, bound, measured)) is not None
    ]


def _broken(one: Measured, bound: Mapping[str, Any], measured: Mapping[str, Measured]) -> str | None:
    what = bound["what"]
    if what == "beats":
        other = measured[bound["than"]]
        value: float = _wins(one, other)
    else:
        figures = one.figures
        if what not in figures:
            raise UnknownName.of("figure", what, (*figures, "beats"), f"claims.{one.claim.id}.holds")
        value = figures[what] if figures[what] is not None else float("inf")
    if "at_least" in bound and not value >= bound["at_least"]:
        return f"{what} is {value:g}, not at least {bound['at_least']:g}"
    if "at_most" in bound and not value <= bound["at_most"]:
        return f"{what} is {value:g}, not at most {bound['at_most']:g}"
    return None


def _wins(one: Measured, other: Measured) -> int:
    """Seeds with which `one` gets more right than `other`."""
    return sum(mine > theirs for mine, theirs in zip(one.shares, other.shares, strict=True))
