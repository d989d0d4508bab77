"""Half an hour of a small class with faults: `make soak MINUTES=30`. Ends with 1 where a promise was broken.

Sessions train behind a balancer (a real nginx where one is installed, else the tests' relay) in front of two servers,
while every few seconds one fault strikes: a host killed or stopped, a server restarted, connections cut, a socket that
goes deaf, an attack of a hostile client. Nothing may be lost, and no process, descriptor or memory may be left behind.
Bounded: `SESSIONS` sessions, only on loopback. Not here: the short forms of the same faults (`test_faults`,
`test_attacks`).
"""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.client import LiveClient
from tests.app.relay import Relay
from tests.bench.report import machine
from tests.bench.timing import table
from tests.browser.server import ROOT, Server, free_port, is_alive
from tests.live.attacks import ATTACKS

SESSIONS = 10
SPEED = 10.0
FAULT_SECONDS = 10.0
LOST_EPOCHS = 4 * SPEED
CONFIG: dict[str, Any] = {"data": {"name": "spirals", "count": 100}}
LOST = (ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, EOFError, TimeoutError)

NGINX = """
pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream servers {{
    server 127.0.0.1:{first} max_fails=1 fail_timeout=1s;
    server 127.0.0.1:{second} max_fails=1 fail_timeout=1s;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://servers; proxy_http_version 1.1; proxy_buffering off; proxy_read_timeout 60s;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $http_host;
    }}
  }}
}}
"""


PAGE = ROOT / "docs" / "reference" / "benchmarks-soak.md"
INTRODUCTION = """# Half an hour with faults

What `make soak` printed last (`make soak SAVE=1` writes this page). A small class trains behind a balancer in front of
two servers, on loopback, while a fault strikes every few seconds. Each session's history is compared with a run that
nothing disturbed."""

FAULTS = {
    "kill": "a host killed",
    "stop": "a host stopped",
    "restart": "a server restarted",
    "cut": "all connections cut (by the relay alone)",
    "deaf": "a client that stops reading",
    "pings": "floods of pings that nobody reads the answers of",
    "crumbs": "floods of the smallest messages",
    "halves": "the longest messages, which never end",
    "unread": "sessions whose frames and checkpoints are not read",
    "handshakes": "openings that are cut short or cannot be read",
    "bodies": "requests whose bodies never come",
    "descriptors": "no descriptors left",
}


@dataclass
class Tally:
    """What happened, over all sessions."""

    faults: dict[str, int] = field(default_factory=dict)
    comebacks: int = 0
    worst_loss_epochs: int = 0
    worst_gap_seconds: float = 0.0
    longest_stop_seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Learner(threading.Thread):
    """A session that trains, comes back after every loss, and checks its history against an undisturbed run."""

    def __init__(self, address: str, number: int, tally: Tally, until: float) -> None:
        super().__init__(daemon=True)
        self.address, self.tally, self.until = address, tally, until
        self.config = CONFIG | {"seeds": {"run": number}}
        self.client: LiveClient | None = None

    def run(self) -> None:
        shown, last = 0, time.monotonic()
        while time.monotonic() < self.until:
            try:
                client = self.client = self.connected(shown)
                while time.monotonic() < self.until:
                    if client.receive().kind == "frame":
                        now = time.monotonic()
                        self.tally.worst_gap_seconds = max(self.tally.worst_gap_seconds, now - last)
                        assert client.frame is not None
                        shown, last = client.frame.body["epoch"], now
            except LOST:
                time.sleep(random.uniform(0.1, 0.5))
        self.check()

    def connected(self, shown: int) -> LiveClient:
        if self.client is None or not self.client.checkpoint:
            client = LiveClient(self.address)
            client.open(self.config, play=True, speed=SPEED)
            return client
        with contextlib.suppress(*LOST):
            self.client.lose()
        resumed = self.client.come_back(self.config, play=True, speed=SPEED)
        self.tally.comebacks += 1
        self.tally.worst_loss_epochs = max(self.tally.worst_loss_epochs, shown - resumed["epoch"])
        return self.client

    def check(self) -> None:
        if self.client is None or len(self.client.history) < 2:
            self.tally.wrong.append("a session never trained")
            return
        history = self.client.history
        exact = Trainer(Config.from_json(self.config)).run(int(history[-1, 0])).history.since(0)
        if history.tobytes() != exact[: len(history)].tobytes():
            self.tally.wrong.append("a history differs from the undisturbed run's")


@contextmanager
def balancer(servers: list[Server], folder: Path) -> Iterator[tuple[str, Relay | None]]:
    """In front of both servers: nginx where it is installed, else a relay, whose target the faults move."""
    nginx = shutil.which("nginx")
    if nginx is None:
        with Relay(servers[0].port) as relay:
            yield relay.address, relay
        return
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, first=servers[0].port, second=servers[1].port, port=port))
    process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(file)])
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        yield f"ws://127.0.0.1:{port}/live", None
    finally:
        process.terminate()
        process.wait()


def strike(kind: str, servers: list[Server], relay: Relay | None, tally: Tally) -> None:
    """One fault; the servers are well again when it returns, or will be by themselves."""
    victim = random.choice(servers)
    if relay is not None:
        relay.target = random.choice(servers).port
    if kind in ("kill", "stop"):
        hosts = victim.hosts()
        if hosts:
            os.kill(random.choice(hosts), signal.SIGKILL if kind == "kill" else signal.SIGSTOP)
    elif kind == "restart":
        if relay is not None:
            relay.target = next(server for server in servers if server is not victim).port
        asked = time.monotonic()
        victim.stop()
        tally.longest_stop_seconds = max(tally.longest_stop_seconds, time.monotonic() - asked)
        victim.__enter__()
    elif kind == "cut" and relay is not None:
        relay.cut()
    elif kind == "deaf":
        with contextlib.suppress(*LOST):
            deaf = LiveClient(f"ws://127.0.0.1:{victim.port}/live")
            deaf.send("open", config={}, play=True)
            threading.Timer(5.0, deaf.lose).start()
    elif kind in ATTACKS:
        ATTACKS[kind](victim)


def bytes_of(servers: list[Server]) -> int:
    """Resident bytes of every process of the servers."""
    pids = [pid for server in servers for pid in (server.process.pid, *server.hosts())]
    return sum(psutil.Process(pid).memory_info().rss for pid in pids)


def descriptors(servers: list[Server]) -> int:
    """Open descriptors of the web processes."""
    return sum(server.descriptors() for server in servers)


def main(minutes: float, save: bool) -> int:
    """Run it, print what happened (and write the page if asked), and return the exit code."""
    tally, kinds = Tally(), tuple(FAULTS)
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        servers = [Server(folder / f"log{number}", NEURON_PLAYGROUND_HOSTS="1") for number in (1, 2)]
        for server in servers:
            stack.enter_context(server)
        address, relay = stack.enter_context(balancer(servers, folder))
        before = descriptors(servers)
        until = time.monotonic() + 60 * minutes
        learners = [Learner(address, number, tally, until) for number in range(SESSIONS)]
        for learner in learners:
            learner.start()
        time.sleep(min(20.0, 15 * minutes))
        early = bytes_of(servers)
        while time.monotonic() < until - 15:
            kind = random.choice(kinds)
            strike(kind, servers, relay, tally)
            tally.faults[kind] = tally.faults.get(kind, 0) + 1
            time.sleep(FAULT_SECONDS)
        late = bytes_of(servers)
        for learner in learners:
            learner.join(120)
            with contextlib.suppress(*LOST, AttributeError):
                learner.client.close()  # type: ignore[union-attr]
        time.sleep(2)
        grown, left = (late - early) / 1e6, descriptors(servers) - before
        pids = [pid for server in servers for pid in server.hosts()]
    behind = [pid for pid in pids if is_alive(pid)]
    if tally.worst_loss_epochs > LOST_EPOCHS:
        tally.wrong.append("More training was lost than is allowed.")
    if grown > 30 or left > SESSIONS or behind:
        tally.wrong.append("Something was left behind.")
    rows = [
        ("minutes, sessions, servers", f"{minutes:g}, {SESSIONS}, {len(servers)}"),
        ("balancer", "the tests' relay" if relay else "nginx"),
        *((f"faults: {FAULTS[kind]}", tally.faults.get(kind, 0)) for kind in kinds),
        ("sessions came back, times", tally.comebacks),
        (f"most training lost, epochs at {SPEED:g} a second", tally.worst_loss_epochs),
        ("longest gap between two frames, s", round(tally.worst_gap_seconds, 1)),
        ("longest stop of a server, s", round(tally.longest_stop_seconds, 1)),
        ("memory grown after the first minute, MB", round(grown, 1)),
        ("descriptors left behind", left),
        ("processes left behind", len(behind)),
    ]
    verdict = " ".join(tally.wrong) or "Nothing was lost, and no history differs from an undisturbed run's by a bit."
    page = "\n\n".join((INTRODUCTION, machine(), table("What happened", ("", "figure"), rows), verdict))
    print(page)
    if save:
        PAGE.write_text(f"{page}\n", encoding="utf-8")
    return int(bool(tally.wrong))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), "--save" in sys.argv[2:]))
