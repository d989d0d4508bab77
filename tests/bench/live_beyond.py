"""Sessions on the live server beside a forest that grows and a memory that learns: a table of `live`."""

from contextlib import ExitStack
from typing import Any

from tests.bench.live_clients import Orders
from tests.bench.live_runs import SECONDS, VIEW, WARM_SECONDS, clients, live, run
from tests.bench.timing import table
from tests.browser.server import Server

CLASS = 30

FOREST: dict[str, Any] = {
    "config": {
        "data": {"name": "moons", "count": 200, "noise": 0.4},
        "forest": {"trees": 40, "levels": 6, "patience": 6},
    },
    "speed": None,
    "play": True,
    "view": VIEW,
}
MEMORY: dict[str, Any] = {"link": "machine=boltzmann", "speed": None, "play": True, "view": VIEW}


def beside_a_forest_and_a_memory(server: Server) -> str:
    """All of them at full speed, where theirs is not given."""
    rows = []
    for name, others in {"nobody": [], "a forest and a memory": [("open", FOREST), ("memory", MEMORY)]}.items():
        with ExitStack() as beside:
            for kind, opening in others:
                beside.enter_context(clients(Orders(live(server), 1, WARM_SECONDS, SECONDS, opening, kind=kind)))
            step = run(server, CLASS)
        gaps = [step.gap(percent) for percent in (50, 95, 99)]
        rows.append((name, *gaps, sum(step.report.epochs_per_second) / CLASS, step.report.lost))
    columns = ("beside", "gap p50, ms", "p95, ms", "p99, ms", "epochs/s", "sessions lost")
    return table(f"{CLASS} sessions beside a forest and a memory", columns, rows)
