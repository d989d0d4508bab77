"""Every benchmark in turn: `make bench` prints the figures, `make bench SAVE=1` also writes them into the reference.

One thread for NumPy's linear algebra, as the server's own processes have: tiny matrices gain nothing from more.
"""

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"

INTRODUCTION = """# Benchmarks

What `make bench` printed last (`make bench SAVE=1` writes this page). Competitors run in turns within one run; a time
is the median over rounds, a ratio the median of the rounds' own ratios. The machine is shared and noisy: trust the
ratios. The live server under load has a page of its own, [benchmarks-live.md](benchmarks-live.md), and so has half an
hour with faults, [benchmarks-soak.md](benchmarks-soak.md).
"""


def machine() -> str:
    """What this runs on, in one line."""
    import numpy as np

    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    return f"Machine: {processor}, {os.cpu_count()} cores; Python {platform.python_version()}, NumPy {np.__version__}."


def main(save: bool) -> None:
    """Measure, print, and write the page if asked."""
    from tests.bench import change, frame, kinds, latency, replicas, training, wire

    benchmarks: list[Callable[[], str]] = [
        module.measure for module in (training, kinds, frame, replicas, wire, change, latency)
    ]
    sections = [f"{INTRODUCTION}\n{machine()}"]
    print(sections[0], flush=True)
    for measure in benchmarks:
        sections.append(measure())
        print(f"\n{sections[-1]}", flush=True)
    if save:
        PAGE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main("--save" in sys.argv[1:])
