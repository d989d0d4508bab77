"""Beside each attack an honest session goes on, nothing is left behind, and little is said."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.client import LiveClient
from tests.app.web.hostile import memory_bytes, until
from tests.browser.server import Server
from tests.live.attacks import ATTACKS

pytestmark = pytest.mark.slow

CONFIG: dict[str, Any] = {"layers": [{"units": 3}], "data": {"name": "moons", "count": 60}}
SETTINGS = {"NEURON_PLAYGROUND_REQUEST_SECONDS": "1", "NEURON_PLAYGROUND_STALLED_SECONDS": "2"}
GROWTH_BYTES = 60_000_000
"""Of the web process beside an attack: buffers, and what the allocator keeps of them. Each sends far more."""

MOST_LINES = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("attacks") / "log.txt", NEURON_PLAYGROUND_HOSTS="1", **SETTINGS) as running:
        yield running


@pytest.mark.parametrize("name", ATTACKS)
def test_an_honest_session_goes_on_beside_it(server: Server, name: str) -> None:
    lines = len(server.log.read_text().splitlines())
    client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
    client.open(CONFIG, play=True)
    client.until("frame")
    before, held = memory_bytes(server.process.pid), server.descriptors()
    attack = threading.Thread(target=ATTACKS[name], args=(server,))
    attack.start()
    peak = before
    while attack.is_alive():
        client.until("frame")
        peak = max(peak, memory_bytes(server.process.pid))
    attack.join()
    assert peak < before + GROWTH_BYTES
    for _ in range(5):
        client.until("frame")

    def is_over() -> bool:
        client.until("frame")
        time.sleep(0.05)
        return server.descriptors() <= held + 2

    until(is_over)
    client.close()
    assert len(server.log.read_text().splitlines()) <= lines + MOST_LINES
