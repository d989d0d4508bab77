"""First visits, and sessions of one shape against sessions of many: tables of `live`.

A first visit is another load than a session at rest in a class: 100 epochs and 20 frames a second, with the table of
who is taken for whom. Sessions of one shape, a class on one link, train together on their host; those of as many
shapes as there are sessions cannot.
"""

import statistics
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from tests.bench.live_runs import RATE, SECONDS, run
from tests.bench.timing import table
from tests.browser.server import Server

COUNTS = (15, 30, 60)
VISIT_RATE, VISIT_FRAMES = 100.0, 20.0
VISIT: dict[str, Any] = {
    "speed": VISIT_RATE,
    "play": True,
    "view": {"frames_per_second": VISIT_FRAMES, "confusion": True, "compress": True},
}
SESSION: dict[str, Any] = {"speed": RATE, "play": True, "view": {"frames_per_second": RATE, "compress": True}}
HELD_SHARE_OF_EPOCHS, HELD_SHARE_OF_FRAMES = 0.95, 0.75
HELD_GAPS_MS = {"a session": 150.0, "a first visit": 100.0}
"""The 95th percentile of the gaps between frames, under which a count of them counts as held."""


def one_shape(count: int) -> list[dict[str, Any]]:
    """A class on one link."""
    return [{}] * count


def mixed_shapes(count: int) -> list[dict[str, Any]]:
    """As many networks, no two of one shape, that cost about as much as the default one."""
    return list(islice(_networks(), count))


def _networks() -> Iterator[dict[str, Any]]:
    units, activations = (8, 7, 9, 6), ("tanh", "relu", "sigmoid", "leaky_relu", "elu")
    for activation, first, second in product(activations, units, units):
        yield {"layers": [{"units": each, "activation": activation} for each in (first, second)]}


def visits(server: Server) -> str:
    """Both loads in both ways."""
    rows = []
    for kind, opening, rate, frames in (
        ("a session", SESSION, RATE, RATE),
        ("a first visit", VISIT, VISIT_RATE, VISIT_FRAMES),
    ):
        for shapes, networks in (("one shape", one_shape), ("mixed shapes", mixed_shapes)):
            for count in COUNTS:
                openings = [{"config": network, **opening} for network in networks(count)]
                step = run(server, count, openings=openings)
                epochs, per_second = statistics.mean(step.report.epochs_per_second), len(step.report.gaps) / SECONDS
                held = (
                    epochs >= HELD_SHARE_OF_EPOCHS * rate
                    and per_second / count >= HELD_SHARE_OF_FRAMES * frames
                    and step.gap(95) <= HELD_GAPS_MS[kind]
                    and not step.report.lost
                )
                gaps = [step.gap(percent) for percent in (50, 95)]
                cpu = (100 * step.web_share, 100 * step.host_share, 100 * step.waited_share)
                work = 1000 * step.host_share / count
                figures = (epochs, per_second / count, *gaps, *cpu, work, step.session_bytes / 1000)
                rows.append((kind, shapes, count, *figures, "yes" if held else "no"))
    columns = (
        *("", "networks", "count", "epochs/s", "frames/s", "gap p50, ms", "p95, ms"),
        *("web CPU, %", "host CPU, %", "host waited, %", "host's work each, ms/s", "kB each", "held"),
    )
    return table("One shape and mixed shapes; sessions and first visits", columns, rows)
