"""The real server for the browser tests: the console command as a process of its own, on a free loopback port.

Not for protocol tests, which need no process (tests/app).
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from tests.one_thread import ONE_THREAD

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "app.cli.main")
START_SECONDS = 60
STOP_SECONDS = 60  # generous beside the promised two: the machine may be busy with the browser


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    """The processes that `pid` has started and that have not ended."""
    try:
        return [child.pid for child in psutil.Process(pid).children() if is_alive(child.pid)]
    except psutil.NoSuchProcess:
        return []


def is_alive(pid: int) -> bool:
    """Whether the process is there and has not ended; one that was stopped is alive."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def trains(pid: int) -> bool:
    """Whether the process is a host; one that ends while we look is none."""
    try:
        return "app.hosts.host" in psutil.Process(pid).cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


class Server:
    """Started on entering, stopped by its own pid on leaving; what it said is in the log.

    The web process trains nothing: one thread is enough for what it draws of each kind of neuron when it starts.
    """

    def __init__(self, log: Path, port: int | None = None, /, **environment: str) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.environment = os.environ | ONE_THREAD | environment

    def __enter__(self) -> Self:
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(f"The server did not start. It said:\n{self.log.read_text()}")
            time.sleep(0.05)
        return self

    def is_healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def hosts(self) -> list[int]:
        """The pids of the processes that train."""
        return [pid for pid in children(self.process.pid) if trains(pid)]

    def descriptors(self) -> int:
        """How many files and sockets the web process holds open."""
        return int(psutil.Process(self.process.pid).num_fds())

    def stop(self) -> None:
        """End it as an operator would, and see that it ended well and left no process behind."""
        family = children(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()  # else whichever test runs when it is forgotten fails, too
            raise AssertionError(f"The server did not stop. It said:\n{self.log.read_text()}") from None
        said = self.log.read_text()
        assert code in (0, -signal.SIGTERM), f"The server ended with {code}. It said:\n{said}"
        assert "Traceback" not in said, said
        assert [pid for pid in family if is_alive(pid)] == [], "processes were left behind"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
