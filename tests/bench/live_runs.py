"""Counts of clients run against the real server, and what its processes use meanwhile: for the tables of `live`.

Not here: what is run and what the figures are called (`live`, `live_races`, `live_visits`), the clients themselves
(`live_clients`).
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nncore import Config
from tests.bench.live_clients import Orders, Report
from tests.browser.server import Server

ROOT = Path(__file__).resolve().parents[2]
WARM_SECONDS, SECONDS = 4.0, 8.0
RATE = 10.0

VIEW = {"frames_per_second": RATE, "compress": True}
DEFAULT = {"config": Config().to_json(), "speed": RATE, "play": True, "view": VIEW}
GREEDY: dict[str, Any] = {
    "config": {"layers": [{"units": 16, "neuron": "quadratic"}] * 6},
    "speed": None,
    "play": True,
    "view": {"frames_per_second": 60.0},
}


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


def live(server: Server) -> str:
    return server.address.replace("http", "ws") + "/live"


def polled(server: Server) -> str:
    return server.address + "/live"


def run(
    server: Server,
    count: int,
    *,
    greedy: bool = False,
    changes: bool = False,
    opening: dict[str, Any] = DEFAULT,
    kind: str = "open",
    openings: list[dict[str, Any]] | None = None,
) -> Step:
    """`count` default sessions (or what `opening` has, or each of `openings`) for a while; beside them a greedy one, or
    one that makes changes.
    """
    address = live(server)
    before = usage(server)

    def orders(
        number: int,
        opening: dict[str, Any],
        *,
        changing: bool = False,
        openings: list[dict[str, Any]] | None = None,
    ) -> Orders:
        return Orders(address, number, WARM_SECONDS, SECONDS, opening, changing, kind, openings=openings)

    with (
        clients(orders(1, GREEDY)) if greedy else nobody(),
        clients(orders(count, opening, openings=openings)) if count else nobody() as many,
    ):
        prober = orders(1, DEFAULT, changing=True)
        with clients(prober) if changes else nobody() as prober_process:
            watched = prober_process or many
            assert watched is not None
            line(watched)
            begun = usage(server)
            report = Report(**json.loads(line(watched)))
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
def nobody() -> Iterator[None]:
    yield None


def line(process: subprocess.Popen[str]) -> str:
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
