"""The served thing as a whole: a live session over a real socket, lost connections, and an end that leaves nothing."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.errors import UsageError
from app.hosts.processes import STOP_SECONDS
from app.settings import Settings
from app.web import polling
from app.web.server import _listen, settings_from
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.client import LiveClient
from tests.app.web.hostile import TEXT, connected, frame, live_socket, opening, request
from tests.browser.server import COMMAND, ROOT, Server, children, is_alive

pytestmark = pytest.mark.slow

CONFIG: dict[str, Any] = {
    "layers": [{"units": 3, "neuron": "quadratic"}],
    "data": {"name": "moons", "count": 60, "noise": 0.1},
}
SETTINGS = {"NEURON_PLAYGROUND_CHECKPOINT_SECONDS": "0.2", "NEURON_PLAYGROUND_HOSTS": "2"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server") / "log.txt", **SETTINGS) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[LiveClient]:
    client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
    yield client
    client.close()


def wait_for_end(pid: int) -> None:
    """A bound for a busy machine; nothing here is measured but whether it ends."""
    end = time.monotonic() + 60
    while is_alive(pid):
        assert time.monotonic() < end, f"process {pid} is still there"
        time.sleep(0.02)


def test_a_run_that_loses_its_socket_goes_on_to_the_bit(client: LiveClient) -> None:
    client.open(CONFIG, play=True, speed=100)
    client.until("checkpoint")
    client.lose()
    assert client.come_back(CONFIG, play=True, speed=100)["resumed"] is True
    epoch = client.until_epoch(150).body["epoch"]
    client.send("pause")
    client.until("frame", lambda frame: frame.body["playing"] is False)
    exact = Trainer(Config.from_json(CONFIG)).run(len(client.history) - 1).history.since(0)
    assert len(client.history) >= epoch
    assert client.history.tobytes() == exact.tobytes()


def test_a_run_whose_host_dies_goes_on_to_the_bit(server: Server, client: LiveClient) -> None:
    client.open(CONFIG, play=True, speed=100)
    client.until("checkpoint")
    hosts = children(server.process.pid)
    for pid in hosts:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(Exception, match="1011"):
        client.until_epoch(1_000_000)
    # Healthy is not enough: the loss of one host may be noticed while the other still counts as living.
    while len(set(server.hosts()) - set(hosts)) < len(hosts) or not server.is_healthy():
        time.sleep(0.05)
    client.come_back(CONFIG, play=True, speed=100)
    client.until_epoch(100)
    exact = Trainer(Config.from_json(CONFIG)).run(len(client.history) - 1).history.since(0)
    assert client.history.tobytes() == exact.tobytes()


def test_a_change_is_seen_while_training(client: LiveClient) -> None:
    client.open(CONFIG, play=True)
    client.until_epoch(5)
    client.send("change", path="optimizer.learning_rate", value=0.001)
    assert client.until("changed").body["value"] == 0.001
    client.until("frame")


def test_an_oversized_message_is_refused_and_the_socket_stays_open(client: LiveClient) -> None:
    client.socket.send(json.dumps({"type": "open", "checkpoint": "A" * 1_000_000}))
    assert client.until("refused").body["code"] == "size"
    client.open(CONFIG)
    assert client.until("frame").body["epoch"] == 0
    assert client.frame is not None
    assert np.isfinite(client.history).sum() == 5


def test_a_signal_ends_everything_with_a_live_session_open(tmp_path: Path) -> None:
    with Server(tmp_path / "log.txt", **SETTINGS) as server:
        client = LiveClient(f"ws://127.0.0.1:{server.port}/live")
        client.open(CONFIG, play=True)
        client.until_epoch(5)
        hosts = children(server.process.pid)
        assert len(hosts) == 2
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
        assert [pid for pid in hosts if is_alive(pid)] == []
        client.close()
        assert server.log.read_text().splitlines() == [f"Neuron Playground is running at {server.address}"]


def test_clients_that_read_nothing_do_not_hold_up_the_end(tmp_path: Path) -> None:
    with (
        Server(tmp_path / "log.txt", **SETTINGS) as server,
        live_socket(server.port, window_bytes=4096) as deaf,
        connected(server.port, request("GET /api/catalog HTTP/1.1"), window_bytes=4096) as other,
    ):
        deaf.sendall(opening(units=16, play=True, speed=None))
        for client, said in (
            (deaf, frame(TEXT, b'{"type": "checkpoint"}')),
            (other, request("GET /api/catalog HTTP/1.1")),
        ):
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                for _ in range(100_000):
                    client.sendall(said)
        time.sleep(1.0)
        server.stop()
        # On a busy machine the time for an orderly end may be over before them: a line says so, and no more.
        lines = server.log.read_text().splitlines()
        assert len([line for line in lines if "timeout graceful shutdown exceeded" not in line]) == 1, lines
        server.stop = lambda: None  # type: ignore[method-assign]


def test_the_bounds_of_a_stop_leave_room_in_the_promised_two_seconds() -> None:
    """What a stop took is in the page of the soak: on a busy machine it says nothing about the server."""
    leaving_seconds = Settings().leaving_seconds
    assert leaving_seconds + STOP_SECONDS <= 1.0
    assert leaving_seconds + STOP_SECONDS + polling.DRAIN_SECONDS <= 1.5


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A server in a process group of its own, as a terminal would start it, and what it says."""
    log = tmp_path / "log.txt"
    with log.open("wb") as said:
        command = [*COMMAND, "serve", "--port", "0"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
    try:
        while "running at" not in log.read_text():
            assert process.poll() is None
            time.sleep(0.05)
        yield process, log
    finally:
        process.kill()
        process.wait()


def test_ctrl_c_in_a_terminal_reaches_every_process_and_ends_quietly(
    started: tuple[subprocess.Popen[bytes], Path],
) -> None:
    process, log = started
    client = LiveClient(f"ws://{log.read_text().split('http://')[1].strip()}/live")
    client.open(CONFIG, play=True)
    client.until_epoch(5)
    hosts = children(process.pid)
    assert hosts
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 0
    assert [pid for pid in hosts if is_alive(pid)] == []
    client.close()
    assert len(log.read_text().splitlines()) == 1


def test_hosts_go_when_the_web_process_is_killed(started: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, log = started
    client = LiveClient(f"ws://{log.read_text().split('http://')[1].strip()}/live")
    client.open(CONFIG, play=True)
    client.until_epoch(5)
    hosts = children(process.pid)
    assert hosts
    process.kill()
    process.wait(60)
    for pid in hosts:
        wait_for_end(pid)
    client.close()


def has_sixth() -> bool:
    """Whether this machine speaks the sixth version with itself."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


@pytest.mark.skipif(not has_sixth(), reason="this machine has no IPv6")
def test_whoever_listens_on_every_address_of_ipv6_is_answered_where_it_was_printed(tmp_path: Path) -> None:
    with Server(tmp_path / "log.txt", NEURON_PLAYGROUND_HOST="::", NEURON_PLAYGROUND_HOSTS="1") as both:
        printed = both.log.read_text().split("http://")[1].strip()
        for place in {printed, f"[::1]:{both.port}", f"127.0.0.1:{both.port}"}:
            client = LiveClient(f"ws://{place}/live")
            client.open(CONFIG)
            client.close()


def test_what_is_not_given_is_left_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURON_PLAYGROUND_PORT", "9000")
    assert settings_from(port=None, host="0.0.0.0").port == 9000


def test_a_wrong_setting_is_named() -> None:
    with pytest.raises(UsageError, match="the setting port"):
        settings_from(port=-1)


def test_a_number_of_thousands_of_digits_is_refused_in_a_whole_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURON_PLAYGROUND_HOST_BYTES", "9" * 5000)
    with pytest.raises(UsageError, match=r"^the setting host_bytes must have fewer digits, not '9{98,100}"):
        settings_from()


@pytest.mark.parametrize("setting", ["IDLE_SECONDS=inf", "PING_SECONDS=nan", "NAMES=example.org/evil"])
def test_a_setting_that_cannot_be_is_one_sentence(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    name, _, value = setting.partition("=")
    monkeypatch.setenv(f"NEURON_PLAYGROUND_{name}", value)
    with pytest.raises(UsageError, match=rf"^the setting {name.lower()} must .*$"):
        settings_from()


def test_a_setting_that_cannot_be_ends_the_command_with_its_sentence_and_exit_code_2() -> None:
    environment = os.environ | {"NEURON_PLAYGROUND_HOSTS": "x"}
    command = [*COMMAND, "serve", "--port", "0"]
    told = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, timeout=120)
    assert told.returncode == 2
    assert told.stdout == b""
    (line,) = told.stderr.decode().splitlines()
    assert line.startswith("neuron-playground: the setting hosts must ")


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 100, "a..b", "192.0.2.1", "%"])
def test_an_address_that_is_not_ours_is_one_sentence(host: str) -> None:
    with pytest.raises(UsageError):
        _listen(host, 0)


def test_small_messages_do_not_wait_for_one_another() -> None:
    with _listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
