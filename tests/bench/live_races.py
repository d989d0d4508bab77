"""Races on the live server, and sessions beside them: tables of `live`."""

import statistics
from typing import Any

from tests.bench.live_clients import Orders
from tests.bench.live_runs import RATE, SECONDS, VIEW, WARM_SECONDS, clients, live, nobody, run
from tests.bench.timing import table
from tests.browser.server import Server

HONEST = 10
"""Sessions beside a race."""

RACE: dict[str, Any] = {
    "link": "epochs=100000&b.neuron=quadratic&c.neuron=kan&d.neuron=rbf&e.neuron=product&f.neuron=polynomial",
    "speed": RATE,
    "play": True,
    "view": VIEW | {"unit_pixels": 4, "output_pixels": 60},
}
RACE_LANES = 6
REPEATED: dict[str, Any] = RACE | {"link": "data=spirals&layers=8,8&epochs=200&b.neuron=quadratic"}


def six_lanes(server: Server) -> str:
    step = run(server, 1, opening=RACE, kind="race")
    report, lanes = step.report, RACE_LANES
    gaps = [step.gap(percent) for percent in (50, 95, 99)]
    row = (len(report.gaps) / SECONDS / lanes, *gaps, statistics.mean(report.epochs_per_second), 100 * step.host_share)
    columns = ("race", "frames/s of a lane", "gap p50, ms", "p95, ms", "p99, ms", "epochs/s", "host CPU, %")
    title = f"A race of {lanes} lanes, 2-8-8-1 each, at {RATE:.0f} epochs a second"
    return table(title, columns, [("six kinds", *row)])


def beside_a_race(server: Server) -> str:
    rows = []
    races: dict[str, Orders | None] = {
        "nobody": None,
        "a race of six lanes": Orders(live(server), 1, WARM_SECONDS, SECONDS, RACE, kind="race"),
        "a race of two, repeated with 20 seeds": Orders(
            live(server), 1, WARM_SECONDS, SECONDS, REPEATED, kind="race", repeat_seeds=20
        ),
    }
    for sentence, race in races.items():
        with clients(race) if race else nobody():
            step = run(server, HONEST)
        rows.append((sentence, *(step.gap(percent) for percent in (50, 95, 99)), step.report.lost))
    columns = ("beside", "gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside a race", columns, rows)
