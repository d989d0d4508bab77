"""The live server under a class: real sockets from processes of their own, against the real server, on loopback.

One host process, so that what it holds is what a core holds. Bounded: a few steps of a few seconds, at most `MOST`
sessions. Run by `make bench-live`; `SAVE=1` writes docs/reference/benchmarks-live.md. Not here: one message's cost
(`latency`, `wire`).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from nncore import Config  # noqa: E402
from tests.bench import cliffs  # noqa: E402
from tests.bench.attackers import ATTACKS  # noqa: E402
from tests.bench.live_clients import Orders, Report  # noqa: E402
from tests.bench.report import REFERENCE, publish  # noqa: E402
from tests.bench.timing import table  # noqa: E402
from tests.browser.server import Server  # noqa: E402

COUNTS = (15, 30, 45)
MOST = max(COUNTS)
WARM_SECONDS, SECONDS = 4.0, 8.0
RATE = 10.0
CLASS = 20
"""Sessions on sockets, beside as many that poll."""
HONEST = 10
"""Sessions beside an attacker."""
HELD_SECONDS = 0.25
"""The 95th percentile of the gaps between frames, under which a count of sessions counts as held."""

VIEW = {"frames_per_second": RATE, "compress": True}
DEFAULT = {"config": Config().to_json(), "speed": RATE, "play": True, "view": VIEW}
GREEDY: dict[str, Any] = {
    "config": {"layers": [{"units": 16, "neuron": "quadratic"}] * 6},
    "speed": None,
    "play": True,
    "view": {"frames_per_second": 60.0},
}

RACE: dict[str, Any] = {
    "link": "epochs=100000&b.neuron=quadratic&c.neuron=kan&d.neuron=rbf&e.neuron=product&f.neuron=polynomial",
    "speed": RATE,
    "play": True,
    "view": VIEW | {"unit_pixels": 4, "output_pixels": 60},
}
RACE_LANES = 6
REPEATED: dict[str, Any] = RACE | {"link": "data=spirals&layers=8,8&epochs=200&b.neuron=quadratic"}

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


@dataclass(frozen=True)
class Usage:
    """Processor seconds so far and resident bytes, of the web process and of the hosts."""

    web_seconds: float
    host_seconds: float
    waited_seconds: float
    """How long the hosts wanted a processor that something else had."""
    host_bytes: int
    web_bytes: int


@dataclass(frozen=True)
class Step:
    """One count of sessions, measured."""

    report: Report
    web_share: float
    host_share: float
    waited_share: float
    session_bytes: float

    def gap(self, percent: int) -> float:
        """A percentile of the gaps between frames, in milliseconds."""
        return 1000 * statistics.quantiles(self.report.gaps, n=100)[percent - 1]


def measure() -> Iterator[str]:
    """The tables of this benchmark, one after the other."""
    environment = {"NEURON_PLAYGROUND_HOSTS": "1", "NEURON_PLAYGROUND_SESSIONS": "200"}
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "log", **environment) as server:
        _warm_up(server)
        yield _capacity(server)
        yield _latency(server)
        yield _beside_polling(server)
        yield _under_attack(server)
        yield _six_lanes(server)
        yield _beside_a_race(server)
        yield _beside_the_dearest(server)


def _warm_up(server: Server) -> None:
    """One session that nobody counts: the host has read its modules, and memory grows by sessions alone."""
    with clients(Orders(_live(server), 1, 2.0, 1.0, DEFAULT)) as process:
        _line(process)


def _live(server: Server) -> str:
    return server.address.replace("http", "ws") + "/live"


def _polled(server: Server) -> str:
    return server.address + "/live"


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
        ("as many on sockets", _live(server)),
        ("as many that poll", _polled(server)),
    ):
        others = Orders(address, CLASS, WARM_SECONDS, SECONDS, DEFAULT)
        with clients(others) if address else _nobody() as process:
            step = run(server, CLASS)
            if process is not None:
                _line(process)
            beside = Report(**json.loads(_line(process))) if process is not None else None
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


def _six_lanes(server: Server) -> str:
    step = run(server, 1, opening=RACE, kind="race")
    report, lanes = step.report, RACE_LANES
    gaps = [step.gap(percent) for percent in (50, 95, 99)]
    row = (len(report.gaps) / SECONDS / lanes, *gaps, statistics.mean(report.epochs_per_second), 100 * step.host_share)
    columns = ("race", "frames/s of a lane", "gap p50, ms", "p95, ms", "p99, ms", "epochs/s", "host CPU, %")
    title = f"A race of {lanes} lanes, 2-8-8-1 each, at {RATE:.0f} epochs a second"
    return table(title, columns, [("six kinds", *row)])


def _beside_a_race(server: Server) -> str:
    rows = []
    races: dict[str, Orders | None] = {
        "nobody": None,
        "a race of six lanes": Orders(_live(server), 1, WARM_SECONDS, SECONDS, RACE, kind="race"),
        "a race of two, repeated with 20 seeds": Orders(
            _live(server), 1, WARM_SECONDS, SECONDS, REPEATED, kind="race", repeat_seeds=20
        ),
    }
    for sentence, race in races.items():
        with clients(race) if race else _nobody():
            step = run(server, HONEST)
        rows.append((sentence, *(step.gap(percent) for percent in (50, 95, 99)), step.report.lost))
    columns = ("beside", "gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside a race", columns, rows)


def _beside_the_dearest(server: Server) -> str:
    """Each of the dearest networks that are allowed, alone at full speed; and the others' gaps beside it."""
    rows = []
    for name, neuron in cliffs.KINDS.items():
        dearest = {"config": cliffs.config_of(neuron), "speed": None, "play": True, "view": {"frames_per_second": 60.0}}
        alone = run(server, 1, opening=dearest)
        with clients(Orders(_live(server), 1, WARM_SECONDS, SECONDS, dearest)):
            step = run(server, HONEST)
        gaps = [step.gap(percent) for percent in (50, 95, 99)]
        rows.append((name, len(alone.report.gaps) / SECONDS, *gaps, step.report.lost))
    columns = ("six layers of 16", "frames/s alone", "others' gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside the dearest networks", columns, rows)


def _under_attack(server: Server) -> str:
    rows = []
    for attack, sentence in ({"": "nobody"} | ATTACKS).items():
        with attacker(server, attack) if attack else _nobody():
            step = run(server, HONEST)
        rows.append((sentence, *(step.gap(percent) for percent in (50, 95, 99)), step.report.lost))
    columns = ("beside one who", "gap p50, ms", "p95, ms", "p99, ms", "sessions lost")
    return table(f"{HONEST} sessions beside an attacker", columns, rows)


def run(
    server: Server,
    count: int,
    *,
    greedy: bool = False,
    changes: bool = False,
    opening: dict[str, Any] = DEFAULT,
    kind: str = "open",
) -> Step:
    """`count` default sessions (or what `opening` has) for a while, and beside them a greedy one or one that makes
    changes.
    """
    address = _live(server)
    before = usage(server)

    def orders(number: int, opening: dict[str, Any], *, changing: bool = False) -> Orders:
        return Orders(address, number, WARM_SECONDS, SECONDS, opening, changing, kind)

    with (
        clients(orders(1, GREEDY)) if greedy else _nobody(),
        clients(orders(count, opening)) if count else _nobody() as many,
    ):
        prober = orders(1, DEFAULT, changing=True)
        with clients(prober) if changes else _nobody() as prober_process:
            watched = prober_process or many
            assert watched is not None
            _line(watched)
            begun = usage(server)
            report = Report(**json.loads(_line(watched)))
            ended = usage(server)
    assert report.gaps, "no frame came"
    grown = begun.host_bytes + begun.web_bytes - before.host_bytes - before.web_bytes
    return Step(
        report,
        (ended.web_seconds - begun.web_seconds) / SECONDS,
        (ended.host_seconds - begun.host_seconds) / SECONDS,
        (ended.waited_seconds - begun.waited_seconds) / SECONDS,
        grown / max(1, count),
    )


@contextmanager
def clients(orders: Orders) -> Iterator[subprocess.Popen[str]]:
    """A process that obeys `orders`; it ends by itself, and is killed where it does not."""
    command = [sys.executable, "-m", "tests.bench.live_clients"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(orders)))
    process.stdin.close()
    try:
        yield process
        # Read to the end: a report that nobody wants would fill the pipe, and its writer would wait for ever.
        for _ in process.stdout or ():
            pass
        process.wait(60)
    finally:
        process.kill()
        process.wait()


@contextmanager
def attacker(server: Server, attack: str) -> Iterator[None]:
    """A process that attacks until it is killed."""
    command = [sys.executable, "-m", "tests.bench.attackers"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(json.dumps({"address": server.address, "attack": attack}))
    process.stdin.close()
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def _nobody() -> Iterator[None]:
    yield None


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "a process of clients ended early"
    return line


def usage(server: Server) -> Usage:
    """What the server's processes have used so far."""
    web, hosts = server.process.pid, server.hosts()
    return Usage(
        _seconds(web), sum(map(_seconds, hosts)), sum(map(_waited, hosts)), sum(map(_bytes, hosts)), _bytes(web)
    )


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _waited(pid: int) -> float:
    """Seconds in the queue for a processor: what the machine's other work has cost."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


def _bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    publish(INTRODUCTION, measure(), REFERENCE / "benchmarks-live.md" if "--save" in sys.argv[1:] else None)
