"""The live server under a class: real sockets from processes of their own, against the real server, on loopback.

One host process, so that what it holds is what a core holds. Bounded: a few steps of a few seconds, at most `MOST`
sessions. Run by `make bench-live`; `SAVE=1` writes docs/reference/benchmarks-live.md. Not here: one message's cost
(`latency`, `wire`).
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import cliffs  # noqa: E402
from tests.bench.attackers import ATTACKS  # noqa: E402
from tests.bench.live_beyond import beside_a_forest_and_a_memory  # noqa: E402
from tests.bench.live_clients import Orders, Report  # noqa: E402
from tests.bench.live_races import beside_a_race, six_lanes  # noqa: E402
from tests.bench.live_runs import (  # noqa: E402
    DEFAULT,
    RATE,
    SECONDS,
    WARM_SECONDS,
    Step,
    attacker,
    clients,
    line,
    live,
    nobody,
    polled,
    run,
)
from tests.bench.live_visits import visits  # noqa: E402
from tests.bench.report import REFERENCE, publish  # noqa: E402
from tests.bench.timing import table  # noqa: E402
from tests.browser.server import Server  # noqa: E402

COUNTS = (15, 30, 45)
MOST = max(COUNTS)
CLASS = 20
"""Sessions on sockets, beside as many that poll."""
HONEST = 10
"""Sessions beside an attacker."""
HELD_SECONDS = 0.25
"""The 95th percentile of the gaps between frames, under which a count of sessions counts as held."""

INTRODUCTION = """# The live server under load

What `make bench-live` printed last (`make bench-live SAVE=1` writes this page). Clients in processes of their own hold
real sockets to the real server on loopback; each session is the default network at 10 frames and 10 epochs per second
with compressed frames; the server has one host process. The greedy session is the largest network that the page
offers, at full speed and 60 frames per second.

Clients, web process and host share the machine with each other and with whatever else it does. "Host waited" is the
share of time in which the host had work and no processor: where it is large, the gaps tell of the machine and not of
the server, and "sessions that a core has time for", from the epochs delivered for the processor time used, is the
column to trust. Memory is what the processes have grown by; later rows use what earlier ones gave back, so the first
row tells the most."""


def measure() -> Iterator[str]:
    """The tables of this benchmark, one after the other."""
    environment = {"NEURON_PLAYGROUND_HOSTS": "1", "NEURON_PLAYGROUND_SESSIONS": "200"}
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "log", **environment) as server:
        _warm_up(server)
        yield _capacity(server)
        yield visits(server)
        yield _latency(server)
        yield _beside_polling(server)
        yield _under_attack(server)
        yield six_lanes(server)
        yield beside_a_race(server)
        yield beside_a_forest_and_a_memory(server)
        yield _beside_the_dearest(server)


def _warm_up(server: Server) -> None:
    """One session that nobody counts: the host has read its modules, and memory grows by sessions alone."""
    with clients(Orders(live(server), 1, 2.0, 1.0, DEFAULT)) as process:
        line(process)


def _capacity(server: Server) -> str:
    rows, held = [], {False: 0, True: 0}
    for greedy in (False, True):
        for count in COUNTS if not greedy else COUNTS[:2]:
            step = run(server, count, greedy=greedy)
            rows.append((f"{count}{' and a greedy one' if greedy else ''}", *_figures(step, count)))
            if step.gap(95) <= 1000 * HELD_SECONDS and not step.report.lost:
                held[greedy] = count
    columns = (
        "sessions",
        "gap p50, ms",
        "p95, ms",
        "p99, ms",
        "frames/s",
        "epochs/s",
        "bytes a frame",
        "web CPU, %",
        "host CPU, %",
        "host waited, %",
        "sessions that a core has time for",
        "kB a session",
    )
    title = f"{held[False]} sessions on one core held (p95 under {1000 * HELD_SECONDS:.0f} ms), "
    return table(f"{title}{held[True]} beside a greedy one", columns, rows)


def _figures(step: Step, count: int) -> tuple[float, ...]:
    report = step.report
    return (
        *(step.gap(percent) for percent in (50, 95, 99)),
        len(report.gaps) / SECONDS / count,
        statistics.mean(report.epochs_per_second),
        statistics.mean(report.frame_bytes),
        100 * step.web_share,
        100 * step.host_share,
        100 * step.waited_share,
        int(statistics.mean(report.epochs_per_second) / RATE * count / step.host_share),
        step.session_bytes / 1000,
    )


def _latency(server: Server) -> str:
    rows = []
    for name, others, greedy in (
        ("alone", 0, False),
        ("with 30 live", 30, False),
        ("with 30 and a greedy one", 30, True),
    ):
        seconds = run(server, others, greedy=greedy, changes=True).report.change_seconds
        fifths = statistics.quantiles(seconds, n=20)
        rows.append((name, 1000 * statistics.median(seconds), 1000 * fifths[-1], len(seconds)))
    return table("From a change to the frame that shows it", ("", "median, ms", "p95, ms", "changes"), rows)


def _beside_polling(server: Server) -> str:
    """Those on sockets alone, beside more of their kind, beside as many that poll; and what the others get."""
    rows = []
    for name, address in (
        ("nobody", ""),
        ("as many on sockets", live(server)),
        ("as many that poll", polled(server)),
    ):
        others = Orders(address, CLASS, WARM_SECONDS, SECONDS, DEFAULT)
        with clients(others) if address else nobody() as process:
            step = run(server, CLASS)
            if process is not None:
                line(process)
            beside = Report(**json.loads(line(process))) if process is not None else None
        gaps = [1000 * each for each in statistics.quantiles(beside.gaps, n=100)] if beside else []
        theirs = (len(beside.gaps) / SECONDS / CLASS, gaps[94]) if beside else ("", "")
        lost = step.report.lost + (beside.lost if beside else 0)
        cpu = (100 * step.web_share, 100 * step.host_share, 100 * step.waited_share)
        own = (len(step.report.gaps) / SECONDS / CLASS, *(step.gap(percent) for percent in (50, 95, 99)))
        rows.append((name, *own, *theirs, *cpu, lost))
    columns = (
        *("beside", "frames/s", "gap p50, ms", "p95, ms", "p99, ms", "the others' frames/s", "p95, ms"),
        *("web CPU, %", "host CPU, %", "host waited, %", "lost"),
    )
    return table(f"{CLASS} sessions on sockets beside {CLASS} that poll", columns, rows)


def _beside_the_dearest(server: Server) -> str:
    """Each of the dearest networks that are allowed, alone at full speed; and the others' gaps beside it."""
    rows = []
    for name, neuron in cliffs.KINDS.items():
        dearest = {"config": cliffs.config_of(neuron), "speed": None, "play": True, "view": {"frames_per_second": 60.0}}
        alone = run(server, 1, opening=dearest)
        with clients(Orders(live(server), 1, WARM_SECONDS, SECONDS, dearest)):
            step = run(server, HONEST)
        gaps = [step.gap(percent) for percent in (50, 95, 99)]
        rows.append((name, len(alone.report.gaps) / SECONDS, *gaps, step.report.lost))
    columns = ("six layers of 16", "frames/s alone", "others' gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside the dearest networks", columns, rows)


def _under_attack(server: Server) -> str:
    rows = []
    for attack, sentence in ({"": "nobody"} | ATTACKS).items():
        with attacker(server, attack) if attack else nobody():
            step = run(server, HONEST)
        rows.append((sentence, *(step.gap(percent) for percent in (50, 95, 99)), step.report.lost))
    columns = ("beside one who", "gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside an attacker", columns, rows)


if __name__ == "__main__":
    publish(INTRODUCTION, measure(), REFERENCE / "benchmarks-live.md" if "--save" in sys.argv[1:] else None)
