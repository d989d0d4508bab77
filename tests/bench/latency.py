"""From `change` to the first frame that shows it: a real server, a real socket on loopback, one session."""

import statistics
import tempfile
import time
from pathlib import Path

from nncore import Config
from tests.app.client import LiveClient
from tests.bench.timing import table
from tests.browser.server import Server

CHANGES = 60


def measure() -> str:
    """The table of this benchmark."""
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "log") as server:
        rows = [(name, *_milliseconds(server, speed)) for name, speed in (("10 epochs/s", 10.0), ("full speed", None))]
    return table(
        "From a change to the frame that shows it, alone on loopback", ("speed", "median, ms", "p95, ms"), rows
    )


def _milliseconds(server: Server, speed: float | None) -> tuple[float, float]:
    client = LiveClient(server.address.replace("http", "ws") + "/live")
    client.open(Config().to_json(), speed=speed, play=True)
    client.until_epoch(2)
    seconds = []
    for number in range(CHANGES):
        begun = time.perf_counter()
        client.send("change", path="optimizer.learning_rate", value=0.001 * (1 + number % 5))
        client.until("changed")
        client.until("frame")
        seconds.append(time.perf_counter() - begun)
    client.close()
    return 1000 * statistics.median(seconds), 1000 * statistics.quantiles(seconds, n=20)[-1]
