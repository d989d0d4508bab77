"""How the benchmarks take time: competitors in turns within one run, medians, and ratios pair by pair.

Machines are shared and noisy, so what counts is the ratio of neighbours in time, not the time itself.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Work = Callable[[], object]
ROUNDS = 60
WARM_UP = 5


@dataclass(frozen=True)
class Times:
    """Seconds of one competitor, round by round."""

    seconds: list[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    def ratio(self, other: "Times") -> float:
        """How many times longer this took than `other`: the median over rounds."""
        return statistics.median(a / b for a, b in zip(self.seconds, other.seconds, strict=True))


def compare(competitors: dict[str, Work], rounds: int = ROUNDS, warm_up: int = WARM_UP) -> dict[str, Times]:
    """Run all of them in turns, `rounds` times after a warm-up."""
    for work in competitors.values():
        for _ in range(warm_up):
            work()
    seconds: dict[str, list[float]] = {name: [] for name in competitors}
    for _ in range(rounds):
        for name, work in competitors.items():
            begun = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - begun)
    return {name: Times(values) for name, values in seconds.items()}


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table under a heading; numbers right, in three figures."""
    columns = list(columns)
    lines = [f"## {title}", "", "| " + " | ".join(columns) + " |", "|---" + "|---:" * (len(columns) - 1) + "|"]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
