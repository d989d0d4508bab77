"""How much the memory at hand holds, measured over seeds, in pieces as small as a turn, beside whatever it does.

The points are worked on in rounds, a seed each: after the first round there is a whole curve. Pure; the clock comes in.
Not here: one measurement (`nncore.memory.capacity`).
"""

import math
from collections.abc import Callable, Iterator

import numpy as np

from app.links.memory_link import MemoryLink
from app.live.events import Measured
from nncore.memory.capacity import HEBB_LIMIT, LOADS, recalled_share

TELL_SECONDS = 0.25
"""How often its client is told how far it has come."""


class Measuring:
    """Of one memory's rule, size and damage; at rest once `done`."""

    def __init__(self, memory: MemoryLink, seeds: int) -> None:
        self.seeds = seeds
        """Of a Hopfield network."""
        self.facts = facts_of(memory)
        assert self.facts is not None
        rule, side, self._beta, flip = self.facts
        self._rule, self._units, self._damage = rule, side * side, flip / 100
        self._counts = sorted({max(1, round(load * self._units)) for load in LOADS[rule]})
        self.price = 8 * (6 * self._units**2 + 4 * self._counts[-1] * self._units + 4 * self._counts[-1] ** 2)
        """The bytes that it takes."""
        self._shares: dict[int, list[float]] = {count: [] for count in self._counts}
        self._working = self._work()
        self._told_at = -math.inf
        self.done = self._stopped = False

    def stop(self) -> None:
        """Measure no more; what there is still counts."""
        self._stopped = True

    def advance(self, clock: Callable[[], float], deadline: float) -> list[Measured]:
        """Work until `deadline` by `clock`, on one piece at least; what there is to tell."""
        now = -math.inf
        while now < deadline and not self.done:
            self.done = self._stopped or next(self._working, "done") == "done"
            now = clock()
        if not self.done and now < self._told_at + TELL_SECONDS:
            return []
        self._told_at = now
        return [self.told()]

    def told(self) -> Measured:
        """How far it has come."""
        measured = sum(map(len, self._shares.values()))
        progress = measured / (self.seeds * len(self._counts))
        points = [self._point(count) for count in self._counts if self._shares[count]]
        return Measured(
            self._rule, self._units, self.seeds, round(progress, 4), self.done, self._stopped, HEBB_LIMIT, points
        )

    def _work(self) -> Iterator[None]:
        for seed in range(self.seeds):
            for count in self._counts:
                rng = np.random.default_rng([seed, count])
                share = yield from recalled_share(self._units, count, self._rule, self._beta, self._damage, rng)
                self._shares[count].append(share)

    def _point(self, count: int) -> dict[str, float]:
        shares = np.array(self._shares[count])
        low, middle, high = np.quantile(shares, (0.25, 0.5, 0.75))
        figures = {"mean": shares.mean(), "low": low, "median": middle, "high": high}
        return {
            "patterns": count,
            "load": count / self._units,
            "seeds": len(shares),
            **{name: round(float(one), 4) for name, one in figures.items()},
        }


def facts_of(memory: MemoryLink) -> tuple[str, int, float, float] | None:
    """What the measurement depends on: rule, side, sharpness and damage in per cent; None of another machine."""
    if memory.machine != "hopfield":
        return None
    number = memory.number
    return str(memory.settings["rule"]), int(number("side")), number("beta"), number("flip")
