"""Every benchmark in turn: `make bench` prints the figures, `make bench SAVE=1` also writes them into the reference.

One thread for NumPy's linear algebra, as the server's own processes have: tiny matrices gain nothing from more.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

INTRODUCTION = """# Benchmarks

What `make bench` printed last (`make bench SAVE=1` writes this page). Competitors run in turns within one run; a time
is the median over rounds, a ratio the median of the rounds' own ratios. The machine is shared and noisy: trust the
ratios. The live server under load has a page of its own, [benchmarks-live.md](benchmarks-live.md), and so has half an
hour with faults, [benchmarks-soak.md](benchmarks-soak.md).
"""


def measure() -> Iterator[str]:
    """The section of each benchmark, as they are run."""
    from tests.bench import change, cliffs, frame, kinds, latency, repeats, replicas, studies, training, wire

    for benchmark in (training, kinds, frame, cliffs, replicas, repeats, studies, wire, change, latency):
        yield benchmark.measure()


if __name__ == "__main__":
    from tests.bench.report import REFERENCE, publish

    publish(INTRODUCTION, measure(), REFERENCE / "benchmarks.md" if "--save" in sys.argv[1:] else None)
