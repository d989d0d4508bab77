"""Claims of a memory's labs, measured over seeds: what comes back, what is mended or dreamt, where an arrow points.

Pure but for the time that it takes. Not here: whether they hold (`bounds`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.labs.lab import Claim
from app.lessons.memory_check import DREAM_STEPS, run
from app.links import memory_link
from app.links.memory_link import MemoryLink
from app.live.memory.boltzmann import BoltzmannWork
from app.live.memory.hebb import HebbWork
from nncore.memory.capacity import MOST_SHOWN, recalled_share
from nncore.memory.hebb import angle
from nncore.memory.patterns import random_patterns
from nncore.pieces import whole
from nncore.study.repeats import BAR
from nncore.tape import Array


@dataclass(frozen=True)
class MeasuredMemory:
    """Of a memory: the `shares` that its runs got right, and what else was found, of each run."""

    claim: Claim
    shares: list[float]
    more: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, float]:
        """By name, as numbers."""
        return {
            "seeds": len(self.shares),
            "epochs": self.claim.epochs,
            "solved": sum(share >= BAR for share in self.shares),
            "lowest": min(self.shares),
            "median": float(np.median(self.shares)),
            "highest": max(self.shares),
            **{name: float(np.median(values)) for name, values in self.more.items()},
        }

    def only(self, places: Sequence[int]) -> "MeasuredMemory":
        """As if these of its runs had been all."""
        more = {name: [values[place] for place in places] for name, values in self.more.items()}
        return replace(self, shares=[self.shares[place] for place in places], more=more)


def measure_memory(claim: Claim) -> MeasuredMemory:
    """What `claim` is about, with the seeds from 0."""
    memory = memory_link.read(claim.link)
    how = {"hopfield": _recalled, "boltzmann": _mended, "hebb": _turned}[memory.machine]
    found = [how(claim, seeded(memory, seed)) for seed in range(claim.seeds)]
    more = {name: [each[name] for _, each in found] for name in found[0][1]}
    return MeasuredMemory(claim, [share for share, _ in found], more)


def seeded(memory: MemoryLink, seed: int) -> MemoryLink:
    """The same with another seed."""
    return replace(memory, settings={**memory.settings, "seed": seed})


def shown_link(claim: Claim) -> str:
    """What a reader opens to see the first run of `claim`: with its random patterns, and trained as far."""
    memory = memory_link.read(claim.link)
    if 0 < claim.patterns <= memory_link.MOST_PATTERNS:
        units = int(memory.number("side")) ** 2
        memory = replace(memory, patterns=random_patterns(claim.patterns, units, np.random.default_rng(0)))
    return memory_link.write(replace(memory, at=claim.epochs))


def _recalled(claim: Claim, memory: MemoryLink) -> tuple[float, dict[str, float]]:
    """Of so many random patterns, the share that comes back after damage."""
    number, units = memory.number, int(memory.number("side")) ** 2
    share = recalled_share(
        *(units, claim.patterns, str(memory.settings["rule"]), number("beta"), number("flip") / 100),
        rng=np.random.default_rng(int(number("seed"))),
        most=MOST_SHOWN,
    )
    return whole(share), {"patterns": claim.patterns, "units": units}


def _mended(claim: Claim, memory: MemoryLink) -> tuple[float, dict[str, float]]:
    """Of damaged pictures' units, the share that is right once mended; or how varied dreams are, against the data."""
    work = BoltzmannWork(memory)
    run(work, claim.epochs)
    found = {"gap": work.figures().gap}
    if not claim.dreams:
        return work.mended(), found
    work.dream(on=True)
    work.learner.advance(DREAM_STEPS)
    return min(1.0, _variety(work.learner.seen) / _variety(work.data)), found


def _variety(pictures: Array) -> float:
    """How much two of the pictures (n, V) differ, a unit, in the mean."""
    apart = np.abs(pictures[:, None] - pictures[None]).mean(axis=2)
    return float(apart.sum() / (len(pictures) * (len(pictures) - 1)))


def _turned(claim: Claim, memory: MemoryLink) -> tuple[float, dict[str, float]]:
    """How well the last arrow lies along its axis: the cosine between the two. One that ran away still points."""
    work = HebbWork(memory)
    run(work, claim.epochs)
    w = work.learner.w
    off = angle(w[-1], work.axes[len(w) - 1])
    return float(np.cos(np.radians(off))), {"angle": off, "length": float(np.linalg.norm(w[0]))}
