"""A lab's claims, measured over many seeds by replicas: the figures that its words hold.

Pure but for the time that it takes. Not here: whether each claim stands (`bounds`), where the figures are written
(`docs.make_reference`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from app.labs.conditions import zero_weights
from app.labs.lab import Claim, Lab
from app.lessons.memory_claims import measure_memory
from app.links import link
from nncore.certainty import far_certainty
from nncore.config import Config
from nncore.cost import Cost
from nncore.probes.layer_decision import layer_scores
from nncore.size import Size, size_of
from nncore.study.repeats import BAR, Outcome, Repeats, fresh_seeds
from nncore.tape import Array
from nncore.trainer import Trainer

Json = dict[str, Any]

SHARES = ("lowest", "median", "highest", "input", "train", "right")
"""Figures that are said in per cent."""

LOSSES = ("loss", "best_loss", "worst_loss")
"""On the test points: of the run in the middle, the least and the largest. Said with three decimals."""

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
    far: Array
    """Where the claim asks for it, (runs,), else (0,): how sure each run is along the edge of the plane."""
    weights: Array
    """(parameters,), 1 for each weight and 0 for each bias; of a forest, (0,)."""

    @property
    def accuracies(self) -> list[float]:
        """Of each run, the share of test points that it gets right. One that diverged answers as it did where it went
        back to.
        """
        return [float(outcome.test_accuracy or 0.0) for outcome in self.outcomes]

    @property
    def shares(self) -> list[float]:
        """What the claim is about: how sure each run is far away where it asks for that, else `accuracies`."""
        return self.far.tolist() if self.claim.far else self.accuracies

    @property
    def figures(self) -> Json:
        """By name, as numbers."""
        shares = self.shares
        losses = [outcome.test_loss for outcome in self.outcomes]
        zeros = [zero_weights(outcome.theta, self.weights) for outcome in self.outcomes]
        epochs = [outcome.solved_epoch for outcome in self.outcomes if outcome.solved_epoch is not None]
        return {
            "seeds": len(self.outcomes),
            "epochs": self.claim.epochs,
            "parameters": self.size.parameters,
            "multiply_adds": self.size.cost.multiply_adds,
            "solved": sum(share >= BAR for share in shares),
            "diverged": sum(outcome.diverged is not None for outcome in self.outcomes),
            "lowest": float(min(shares)),
            "median": float(np.median(shares)),
            "highest": float(max(shares)),
            "train": float(np.median([outcome.train_accuracy or 0.0 for outcome in self.outcomes])),
            "loss": float(np.median(losses)),
            "best_loss": float(min(losses)),
            "worst_loss": float(max(losses)),
            "soon": float(np.median(epochs)) if epochs else None,
            **({"right": float(np.median(self.accuracies))} if self.claim.far else {}),
            "zero_weights": float(np.median(zeros)),
            "fewest_zero_weights": min(zeros),
            "most_zero_weights": max(zeros),
            **{
                "input" if index == 0 else f"layer_{index}": float(share)
                for index, share in enumerate(np.median(self.probes, axis=0))
            },
        }

    def only(self, places: Sequence[int]) -> "MeasuredRuns":
        """As if these of its runs had been all."""
        far = self.far[places] if self.claim.far else self.far
        outcomes = tuple(self.outcomes[place] for place in places)
        return replace(self, outcomes=outcomes, probes=self.probes[places], far=far)


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
    if name in LOSSES:
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
    probes = (
        _each(config, outcomes, lambda run: layer_scores(run)[:, 1]) if claim.layers else np.empty((claim.seeds, 0))
    )
    far = _each(config, outcomes, far_certainty) if claim.far else np.empty(0)
    weights = np.empty(0) if config.forest is not None else Trainer(config).network.penalized
    return MeasuredRuns(claim, outcomes, _size(config, outcomes), probes, far, weights)


def _size(config: Config, outcomes: Sequence[Outcome]) -> Size:
    """The network's; a forest's parameters are the nodes of its trees, in the middle of all runs."""
    nodes = [outcome.nodes for outcome in outcomes if outcome.nodes is not None]
    return Size(int(np.median(nodes)), Cost()) if nodes else size_of(config)


def _each(config: Config, outcomes: Sequence[Outcome], look: Callable[[Trainer], Any]) -> Array:
    """What `look` finds in every run as it has ended."""
    found = []
    for outcome in outcomes:
        trainer = Trainer(replace(config, seeds=outcome.seeds))
        trainer.network.theta[...] = outcome.theta
        found.append(look(trainer))
    return np.array(found)


def measure_all(lab: Lab) -> dict[str, Measured]:
    """Every claim of `lab`."""
    one = MEASURES[lab.page]
    return {name: one(claim) for name, claim in lab.claims.items()}


MEASURES: Mapping[str, Callable[[Claim], Measured]] = {"": measure, "memory": measure_memory}
"""By the page that a lab stands beside."""
