"""What schools do to a server, and what machines do: nothing is lost, nobody else notices, nothing is left behind.

Real processes and real sockets, in seconds; `make soak` does the same for half an hour. Not here: the page's own part
(tests/js/live/socket.test.js, tests/browser/test_recovery.py).
"""

import contextlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.client import LiveClient, Message
from tests.app.polling import Closed, PollingClient
from tests.app.relay import Relay
from tests.browser.server import Server, is_alive

pytestmark = pytest.mark.slow

CONFIG: dict[str, Any] = {
    "layers": [{"units": 3, "neuron": "quadratic", "dropout": 0.2}],
    "data": {"name": "moons", "count": 60, "noise": 0.1},
}
SPEED = 50.0
LOST_EPOCHS = 3 * SPEED
"""Two seconds of training may be lost; a third for a busy machine."""


KINDS = pytest.mark.parametrize("kind", [LiveClient, PollingClient])
"""Over a WebSocket, and over requests."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server") / "log.txt", NEURON_PLAYGROUND_HOSTS="2") as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[LiveClient]:
    client = LiveClient(live(server))
    yield client
    client.close()


def live(server: Server) -> str:
    return f"ws://127.0.0.1:{server.port}/live"


def train(client: LiveClient) -> None:
    client.open(CONFIG, play=True, speed=SPEED)
    client.until("checkpoint")
    client.until("frame")


def until_closed(client: LiveClient) -> int | None:
    """Take in what still comes, up to the end of the connection; the reason for it, where one was given."""
    with pytest.raises((ConnectionClosed, Closed)) as caught:
        client.until_epoch(10**9)
    if isinstance(caught.value, ConnectionClosed):
        return caught.value.rcvd.code if caught.value.rcvd else None
    return int(str(caught.value).split()[0])


def goes_on_to_the_bit(client: LiveClient) -> None:
    """Come back with the newest checkpoint: little is lost, and what follows is the run that was never disturbed."""
    assert client.frame is not None
    reached = client.frame.body["epoch"]
    resumed = client.come_back(CONFIG, play=True, speed=SPEED)
    assert resumed["resumed"] is True
    assert reached - resumed["epoch"] <= LOST_EPOCHS
    client.until_epoch(max(reached, resumed["epoch"]) + 20)
    exact = Trainer(Config.from_json(CONFIG)).run(len(client.history) - 1).history.since(0)
    assert client.history.tobytes() == exact.tobytes()


def until_healthy(server: Server, hosts: int) -> None:
    end = time.monotonic() + 60
    while not server.is_healthy() or len(server.hosts()) < hosts:
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("kind", "fault"), [(LiveClient, signal.SIGKILL), (LiveClient, signal.SIGSTOP), (PollingClient, signal.SIGKILL)]
)
def test_a_host_that_dies_or_hangs(server: Server, kind: type[LiveClient], fault: signal.Signals) -> None:
    """One that hangs is killed by its watchdog: whoever asks it by requests meets the same end as by a socket."""
    until_healthy(server, 2)
    client = kind(live(server))
    train(client)
    hosts = server.hosts()
    for pid in hosts:
        os.kill(pid, fault)
    assert until_closed(client) == 1011
    until_healthy(server, 2)
    goes_on_to_the_bit(client)
    client.close()
    assert [pid for pid in hosts if is_alive(pid)] == []


LARGEST: dict[str, Any] = {
    "layers": [{"units": 16, "neuron": {"name": "kan", "grid": 20, "order": 5}}] * 6,
    "data": {"name": "moons", "count": 60, "noise": 0.1},
}


def test_the_largest_run_goes_on_after_its_host_is_killed(server: Server, client: LiveClient) -> None:
    """Its checkpoint is longer than a message may be."""
    until_healthy(server, 2)
    client.open(LARGEST)
    client.send("step", epochs=2)
    client.until("checkpoint", lambda checkpoint: checkpoint.body["epoch"] == 2)
    assert len(client.checkpoint) > 512_000
    for pid in server.hosts():
        os.kill(pid, signal.SIGKILL)
    until_closed(client)
    until_healthy(server, 2)
    resumed = client.come_back(LARGEST)
    assert (resumed["resumed"], resumed["epoch"]) == (True, 2)
    client.send("step", epochs=1)
    client.until_epoch(3)
    exact = Trainer(Config.from_json(LARGEST)).run(3).history.since(0)
    assert client.history.tobytes() == exact.tobytes()


@KINDS
def test_a_second_server_takes_over_from_the_checkpoint_alone(
    server: Server, kind: type[LiveClient], tmp_path: Path
) -> None:
    with Server(tmp_path / "log.txt", NEURON_PLAYGROUND_HOSTS="1") as first, Relay(first.port) as relay:
        client = kind(relay.address)
        train(client)
        relay.target = server.port
        for pid in (*first.hosts(), first.process.pid):
            os.kill(pid, signal.SIGKILL)
        first.process.wait(60)
        until_closed(client)
        goes_on_to_the_bit(client)
        client.close()
        first.log.write_text("killed by the test")
        first.stop = lambda: None  # type: ignore[method-assign]


def test_a_shutdown_gives_a_reason_and_a_checkpoint_of_the_moment(tmp_path: Path) -> None:
    """Over requests, too, where a client asks soon enough: that is tested without a clock (`test_polling`).

    However busy the machine: within two seconds is promised of one that is not.
    """
    settings = {"NEURON_PLAYGROUND_LEAVING_SECONDS": "60"}
    with Server(tmp_path / "log.txt", NEURON_PLAYGROUND_HOSTS="1", **settings) as leaving:
        client = LiveClient(live(leaving))
        train(client)
        leaving.process.send_signal(signal.SIGTERM)
        assert "restarting" in client.until("notice").body["message"]
        epoch = client.until("checkpoint").body["epoch"]
        assert client.frame is not None
        assert epoch >= client.frame.body["epoch"]
        assert until_closed(client) == 1012
        client.close()


def test_a_client_that_went_silent_frees_its_place(tmp_path: Path) -> None:
    settings = {"NEURON_PLAYGROUND_PING_SECONDS": "0.3", "NEURON_PLAYGROUND_PING_TIMEOUT_SECONDS": "0.3"}
    with (
        Server(tmp_path / "log.txt", NEURON_PLAYGROUND_HOSTS="1", NEURON_PLAYGROUND_SESSIONS="1", **settings) as small,
        Relay(small.port) as relay,
    ):
        asleep = LiveClient(relay.address)
        train(asleep)
        relay.silence()
        while (answer := knocked(live(small))).kind == "busy":
            assert answer.body["retry_after"] > 0
            time.sleep(0.2)
        assert answer.kind == "opened"
        relay.cut()
        asleep.close()


def knocked(address: str) -> Message:
    """What a client is told that opens a session."""
    client = LiveClient(address)
    with contextlib.suppress(ConnectionClosed):
        client.send("open", config=CONFIG)
    answer = client.receive()
    client.close()
    return answer


def frames_come(client: LiveClient) -> None:
    """Two seconds' worth of frames; a client that is blocked would wait for them in vain."""
    for _ in range(20):
        client.until("frame")


def test_who_reads_nothing_who_floods_and_who_sends_giants_disturbs_nobody(server: Server, client: LiveClient) -> None:
    train(client)
    with connect(live(server), compression=None, max_size=None) as deaf:
        deaf.send(json.dumps({"type": "open", "config": CONFIG, "play": True, "speed": None}))
        for pest in (flood, giant):
            threading.Thread(target=pest, args=(deaf, live(server)), daemon=True).start()
        frames_come(client)
    client.send("ping")
    client.until("pong")


def flood(deaf: Any, _: str) -> None:
    """As many messages as the network takes, each worth an answer, none of which is read."""
    try:
        while True:
            deaf.send('{"type": "checkpoint"}')
    except (ConnectionClosed, OSError):
        pass


def giant(_: Any, address: str) -> None:
    """A message that is far over every limit."""
    with connect(address, compression=None) as socket_:
        try:
            socket_.send("x" * 8_000_000)
            socket_.recv()
        except (ConnectionClosed, OSError):
            pass


def test_a_giant_message_closes_its_own_socket_alone(server: Server) -> None:
    with connect(live(server), compression=None) as one:
        with contextlib.suppress(ConnectionClosed, OSError):
            one.send("x" * 8_000_000)
        with pytest.raises(ConnectionClosed) as caught:
            one.recv()
    assert caught.value.rcvd is None or caught.value.rcvd.code == 1009


def test_hundreds_of_connects_disturb_nobody_and_leave_nothing(server: Server, client: LiveClient) -> None:
    train(client)
    before = server.descriptors()
    halves = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    storm = threading.Thread(target=knock, args=(live(server), 200))
    storm.start()
    frames_come(client)
    storm.join(60)
    for half in halves:
        half.close()
    end = time.monotonic() + 30
    while server.descriptors() > before + 2:
        assert time.monotonic() < end, "descriptors were left open"
        client.receive()


def knock(address: str, times: int) -> None:
    """Connect, open, and be gone without a word."""
    for _ in range(times):
        knocker = LiveClient(address)
        knocker.send("open", config=CONFIG)
        knocker.lose()
