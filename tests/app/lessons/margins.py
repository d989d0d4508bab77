"""How firmly labs' claims stand: how often other seeds would break a bound. `make margins` prints it for every bound.

A claim is measured over `SEEDS` seeds; then as many of these runs as the claim has are drawn, again and again, and each
bound is held against every draw. A bound that more than `MOST` of the draws break holds by luck.

Not here: what is measured (`app.lessons.claims`), what a bound is (`app.lessons.bounds`).
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.labs.lab import Lab
from app.labs.registry import find, labs
from app.lessons.bounds import Bound, bounded, holds, limit
from app.lessons.claims import MEASURES, Measured

SEEDS = 100
DRAWS = 2000
MOST = 0.005
"""The share of draws that may break a bound."""


@dataclass(frozen=True)
class Margin:
    """Of one bound: the figure that it is about in every draw."""

    claim: str
    bound: Bound
    drawn: tuple[float, ...]

    @property
    def share(self) -> float:
        """Of the draws that break it."""
        return sum(not holds(self.bound, value) for value in self.drawn) / len(self.drawn)

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.bound["what"], self.bound.get("than"), limit(self.bound))))
        figures = " ".join(f"{value:.3g}" for value in np.quantile(self.drawn, (0, 0.5, 1), method="nearest"))
        return f"{'!' if self.share > MOST else ' '} {self.share:6.2%}  {self.claim}: {what} ({figures})"


def more_runs(lab: Lab, seeds: int = SEEDS) -> dict[str, Measured]:
    """Every claim of `lab`, over so many seeds, and no fewer than it claims."""
    measure = MEASURES[lab.page]
    return {name: measure(replace(claim, seeds=max(seeds, claim.seeds))) for name, claim in lab.claims.items()}


def margins(lab: Lab, measured: Mapping[str, Measured], draws: int = DRAWS) -> Iterator[Margin]:
    """Of every bound of `lab`. What is drawn are seeds, the same for all claims: two may be compared run by run."""
    rng = np.random.default_rng(0)
    runs = min(len(one.shares) for one in measured.values())
    most = max(claim.seeds for claim in lab.claims.values())
    samples = []
    for _ in range(draws):
        seeds = rng.integers(runs, size=most)
        samples.append({name: one.only(seeds[: lab.claims[name].seeds].tolist()) for name, one in measured.items()})
    for name, claim in lab.claims.items():
        for bound in claim.holds:
            yield Margin(name, bound, tuple(bounded(sample[name], bound, sample) for sample in samples))


def main() -> None:
    """Print them, of all labs or of those that are named, the doubtful ones marked."""
    parser = argparse.ArgumentParser(description="How often other seeds would break the bounds of labs' claims.")
    parser.add_argument("labs", nargs="*", metavar="LAB")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    asked = parser.parse_args()
    print("draws that break it, claim: bound (lowest, middle and highest figure drawn)")
    for lab in [find(name) for name in asked.labs] or labs().values():
        print(f"\n{lab.name}", flush=True)
        for margin in margins(lab, more_runs(lab, asked.seeds)):
            print(margin, flush=True)


if __name__ == "__main__":
    main()
