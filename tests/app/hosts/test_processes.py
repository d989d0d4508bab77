"""Hosts start, are shared evenly, are replaced when they die or hang, and leave no process behind."""

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import Busy
from app.hosts import processes
from app.hosts.backend import Backend
from app.hosts.connection import ClientConnection
from app.hosts.processes import LocalProcesses
from app.links import race_link
from app.live import frames
from app.live.race.saved import read as read_race
from app.settings import Settings
from nncore.trainer import Trainer
from tests.app.stage import SETTINGS, opened, run, until, until_lost
from tests.browser.server import children, is_alive

pytestmark = pytest.mark.slow


def hosts() -> list[int]:
    return children(os.getpid())


def test_new_sessions_go_to_the_host_with_the_fewest() -> None:
    async def scene(backend: Backend) -> None:
        for _ in range(4):
            backend.attach()
        assert [host.sessions for host in backend.status()] == [2, 2]

    run(LocalProcesses, scene)


def test_stopping_leaves_no_process_behind() -> None:
    before = set(hosts())
    started: list[int] = []

    async def scene(backend: Backend) -> None:
        await opened(backend)
        started.extend(set(hosts()) - before)

    run(LocalProcesses, scene)
    assert len(started) == 2
    assert [pid for pid in started if is_alive(pid)] == []


def test_hosts_do_not_use_threads_of_their_own() -> None:
    async def scene(backend: LocalProcesses) -> None:
        process = backend._places[0].process
        assert process is not None
        with open(f"/proc/{process.pid}/environ", "rb") as environment:  # noqa: ASYNC230
            assert b"OPENBLAS_NUM_THREADS=1" in environment.read().split(b"\0")

    run(LocalProcesses, scene)


def test_a_dead_host_is_replaced_and_the_others_never_notice() -> None:
    async def scene(backend: LocalProcesses) -> None:
        first, second = await opened(backend), await opened(backend)
        place = next(place for place in backend._places if first.number in place.connections)
        assert place.process is not None
        os.kill(place.process.pid, signal.SIGKILL)
        await until_lost(first)
        assert await second.receive()
        await until(lambda: all(host.alive for host in backend.status()))
        assert [host.restarts for host in backend.status()].count(1) == 1
        for _ in range(2):
            await opened(backend)

    run(LocalProcesses, scene)


def test_a_race_whose_host_was_killed_goes_on_from_its_checkpoint_to_the_bit() -> None:
    link = "data=xor&count=40&layers=3&epochs=12&b.neuron=quadratic"

    async def heard(connection: ClientConnection, kind: str) -> tuple[dict[str, Any], bytes]:
        while True:
            message = await connection.receive()
            if isinstance(message, str):
                found, body, data = json.loads(message)["type"], json.loads(message), b""
            else:
                (found, body, _), data = frames.read(message), message
            if found == kind:
                return body, data

    async def scene(backend: LocalProcesses) -> None:
        first = backend.attach()
        await first.send(json.dumps({"type": "race", "link": link, "view": {"visible": False}}))
        await first.send('{"type": "step", "epochs": 5}')
        body, saved = await heard(first, "race")
        assert body["epoch"] == 5
        place = next(place for place in backend._places if first.number in place.connections)
        assert place.process is not None
        os.kill(place.process.pid, signal.SIGKILL)
        await until_lost(first)
        second = backend.attach()
        await second.send(saved)
        again = {"type": "race", "uploaded": len(saved), "play": True, "view": {"visible": False}}
        await second.send(json.dumps(again))
        assert (await heard(second, "lined_up"))[0]["resumed"]
        assert (await heard(second, "notice"))[0]["key"] == "say.race_finished"
        _, data = await heard(second, "race")
        for lane, config in zip(read_race(data, SETTINGS).build(), race_link.read(link).lanes, strict=True):
            assert lane.epoch == 12
            assert (lane.network.theta == Trainer(config).run(12).network.theta).all()

    run(LocalProcesses, scene)


def test_a_host_that_hangs_is_replaced() -> None:
    async def scene(backend: LocalProcesses) -> None:
        connection = await opened(backend)
        place = next(place for place in backend._places if connection.number in place.connections)
        assert place.process is not None
        hung = place.process.pid
        os.kill(hung, signal.SIGSTOP)
        begun = asyncio.get_running_loop().time()
        await until_lost(connection)
        assert asyncio.get_running_loop().time() - begun < SETTINGS.host_busy_seconds / 2, "its rest gave it away"
        await until(lambda: not is_alive(hung))
        await until(lambda: backend.status()[0].alive)
        await opened(backend)

    run(LocalProcesses, scene, Settings(hosts=1))


def failing(error: Exception, times: int) -> Callable[..., Any]:
    """Starts processes, but not the first times it is asked."""
    real = asyncio.create_subprocess_exec
    left = [error] * times

    async def start(*arguments: Any, **named: Any) -> asyncio.subprocess.Process:
        if left:
            raise left.pop()
        return await real(*arguments, **named)

    return start


@pytest.mark.parametrize(
    "error",
    [OSError(24, "Too many open files"), BlockingIOError(11, "no process"), RuntimeError("can't start new thread")],
)
def test_a_host_that_cannot_be_started_is_tried_again_and_that_is_said_once(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(processes, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", failing(error, 5))

    async def scene(backend: LocalProcesses) -> None:
        with pytest.raises(Busy):
            backend.attach()
        await until(lambda: backend.status()[0].alive)
        await opened(backend)

    with caplog.at_level(logging.WARNING):
        run(LocalProcesses, scene, Settings(hosts=1))
    assert [record.getMessage() for record in caplog.records] == [
        f"a host process cannot be started ({error}); trying again every 0.02 s"
    ]


def test_a_successor_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "RETRY_SECONDS", 0.02)

    async def scene(backend: LocalProcesses) -> None:
        connection = await opened(backend)
        process = backend._places[0].process
        assert process is not None
        monkeypatch.setattr(asyncio, "create_subprocess_exec", failing(OSError(24, "no files"), 5))
        os.kill(process.pid, signal.SIGKILL)
        await until_lost(connection)
        await until(lambda: not backend.status()[0].alive)
        await until(lambda: backend.status()[0].alive)
        assert backend.status()[0].restarts == 1
        await opened(backend)

    run(LocalProcesses, scene, Settings(hosts=1))


def test_a_host_that_says_what_cannot_be_read_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "RETRY_SECONDS", 0.02)

    async def scene(backend: LocalProcesses) -> None:
        connection = await opened(backend)
        reader = backend._places[0].reader
        assert reader is not None
        reader.feed_data(bytes(8) + b"\xff")
        await until_lost(connection)
        await until(lambda: backend.status()[0].alive)
        await opened(backend)

    run(LocalProcesses, scene, Settings(hosts=1))


def test_a_web_process_that_slept_finds_its_hosts_well() -> None:
    """As a stopped container does: this very process does nothing for longer than any host may be silent."""

    async def scene(backend: LocalProcesses) -> None:
        connection = await opened(backend)
        time.sleep(11.0)  # noqa: ASYNC251  # the point of it
        for _ in range(20):
            assert await connection.receive()
        assert [host.restarts for host in backend.status()] == [0]

    run(
        LocalProcesses,
        scene,
        Settings(hosts=1, host_silence_seconds=8.0, host_busy_seconds=10.0, checkpoint_seconds=0.1),
    )


HEAVY = {"layers": [{"units": 16, "neuron": "kan"}] * 6, "data": {"name": "xor", "count": 500}}


async def open_heavy(backend: LocalProcesses) -> ClientConnection:
    connection = backend.attach()
    await connection.send(json.dumps({"type": "open", "config": HEAVY}))
    return connection


async def first_word(connection: ClientConnection) -> str:
    name: str = json.loads(await connection.receive())["type"]
    return name


def taken(backend: LocalProcesses) -> list[int]:
    return sorted(place.report.session_bytes for place in backend._places)


def test_a_newcomer_goes_where_there_is_memory_and_is_told_to_wait_where_there_is_none() -> None:
    settings = SETTINGS.model_copy(update={"host_bytes": 30_000_000, "session_bytes": 25_000_000})

    async def scene(backend: LocalProcesses) -> None:
        first = await open_heavy(backend)
        assert await first_word(first) == "opened"
        await until(lambda: taken(backend)[1] > 15_000_000)
        # By number alone, one of two would go to the host that is nearly full.
        light = [backend.attach() for _ in range(2)]
        assert sorted(host.sessions for host in backend.status()) == [1, 2]
        backend.detach(light[0])
        second = await open_heavy(backend)
        assert await first_word(second) == "opened"
        await until(lambda: taken(backend)[0] > 15_000_000)
        third = await open_heavy(backend)
        with pytest.raises(Busy, match="memory") as busy:
            await third.receive()
        assert busy.value.retry_seconds == settings.busy_retry_seconds
        backend.detach(third)
        backend.detach(second)
        await until(lambda: taken(backend)[0] == 0)
        assert await first_word(await open_heavy(backend)) == "opened"

    run(LocalProcesses, scene, settings)


def test_who_came_to_a_host_that_has_filled_up_since_is_sent_to_the_other_at_once() -> None:
    settings = SETTINGS.model_copy(update={"host_bytes": 30_000_000, "session_bytes": 25_000_000})

    async def scene(backend: LocalProcesses) -> None:
        waiting = [backend.attach() for _ in range(4)]
        place = next(iter(backend._places))
        connections = [connection for connection in waiting if connection.number in place.connections]
        for connection in connections:
            await connection.send(json.dumps({"type": "open", "config": HEAVY}))
        answers = await asyncio.gather(*(first_word(connection) for connection in connections), return_exceptions=True)
        ((turned_away, busy),) = (
            (connection, one) for connection, one in zip(connections, answers, strict=True) if one != "opened"
        )
        assert isinstance(busy, Busy)
        assert busy.retry_seconds < 1
        backend.detach(turned_away)
        await until(lambda: taken(backend)[1] > 15_000_000)
        assert await first_word(await open_heavy(backend)) == "opened"

    run(LocalProcesses, scene, settings)
