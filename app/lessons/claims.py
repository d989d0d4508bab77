"""A lab's claims, measured over many seeds by replicas: the figures that its words hold, and whether each claim stands.

Pure but for the time that it takes. Not here: where the figures are written (`docs.make_reference`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.labs.lab import Claim, Lab
from app.links import link
from nncore.config import Config
from nncore.cost import Cost
from nncore.errors import UnknownName
from nncore.probes.layer_decision import layer_scores
from nncore.size import Size, size_of
from nncore.study.repeats import BAR, Outcome, Repeats, fresh_seeds
from nncore.trainer import Trainer

Json = dict[str, Any]

TOGETHER = 20
"""Seeds that train in one pass."""


@dataclass(frozen=True)
class Measured:
    """A claim's runs, and what they say."""

    claim: Claim
    outcomes: tuple[Outcome, ...]
    size: Size
    probes: Mapping[str, float]
    """Where the claim asks for them: ``input``, ``layer_1`` ..., the share of test points that one straight line
    through what the layer shows gets right, in the middle of all runs."""

    @property
    def figures(self) -> Json:
        """By name, as numbers. A run that diverged answers as it did where it went back to."""
        accuracies = [outcome.test_accuracy or 0.0 for outcome in self.outcomes]
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
            "loss": float(np.median(losses)),
            "soon": float(np.median(epochs)) if epochs else None,
            **self.probes,
        }

    def to_json(self) -> Json:
        """What a lab's folder keeps: the accuracy of each run, and every figure as it is said."""
        figures = self.figures
        runs = [round(float(outcome.test_accuracy or 0.0), 4) for outcome in self.outcomes]
        return {"runs": runs, "said": {name: said(name, value) for name, value in figures.items()}}


def said(name: str, value: Any) -> str:
    """A figure as it stands in a sentence, in every language alike."""
    if value is None:
        return "–"
    if name in ("lowest", "median", "highest", "input") or name.startswith("layer_"):
        return f"{100 * value:.0f}%"
    if name == "loss":
        return f"{value:.3f}"
    return f"{value:.0f}"


def measure(claim: Claim) -> Measured:
    """Train what `claim` is about, with its seeds."""
    config = link.read(claim.link).config
    repeats = Repeats(config, fresh_seeds(config, claim.seeds, data=claim.data), claim.epochs, together=TOGETHER)
    while repeats.advance(1000):
        pass
    outcomes = tuple(repeats.outcomes())
    return Measured(claim, outcomes, _size(config, outcomes), _probes(config, outcomes) if claim.layers else {})


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
    return {name: measure(claim) for name, claim in lab.claims.items()}


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
    """Seeds with which `one` has more test points right than `other`."""
    pairs = zip(one.outcomes, other.outcomes, strict=True)
    return sum((mine.test_accuracy or 0.0) > (theirs.test_accuracy or 0.0) for mine, theirs in pairs)
