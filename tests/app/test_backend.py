"""Hosts start, are shared evenly, are replaced when they die or hang, and leave no process behind."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.backend import Backend, InProcess, LocalProcesses
from app.errors import Busy, HostLost
from app.line import Line
from app.settings import Settings
from tests.browser.server import children, is_alive

SETTINGS = Settings(hosts=2, sessions=5)
SMALL: dict[str, Any] = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}


def run(kind: type[Backend], scene: Callable[[Any], Coroutine[Any, Any, None]], settings: Settings = SETTINGS) -> None:
    """Run `scene` with a started backend, and stop it."""

    async def stage() -> None:
        backend = kind(settings)
        await backend.start()
        try:
            await asyncio.wait_for(scene(backend), 120)
        finally:
            await backend.stop()

    asyncio.run(stage())


async def opened(backend: Backend) -> Line:
    line = backend.attach()
    await line.send(json.dumps({"type": "open", "config": SMALL, "play": True}))
    assert json.loads(await line.receive())["type"] == "opened"
    return line


async def until_lost(line: Line) -> None:
    with contextlib.suppress(HostLost):
        while True:
            await line.receive()


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(1200):
        if happened():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError


def hosts() -> list[int]:
    return children(os.getpid())


@pytest.mark.parametrize("kind", [InProcess, LocalProcesses])
def test_a_session_is_served_through_its_line(kind: type[Backend]) -> None:
    async def scene(backend: Backend) -> None:
        line = await opened(backend)
        assert isinstance(await line.receive(), bytes)
        assert sum(host.sessions for host in backend.status()) == 1
        backend.detach(line)
        assert sum(host.sessions for host in backend.status()) == 0

    run(kind, scene)


@pytest.mark.parametrize("kind", [InProcess, LocalProcesses])
def test_one_session_too_many_is_told_when_to_come_back(kind: type[Backend]) -> None:
    async def scene(backend: Backend) -> None:
        lines = [backend.attach() for _ in range(5)]
        with pytest.raises(Busy, match="All 5 places are taken") as caught:
            backend.attach()
        assert caught.value.retry_seconds == 15.0
        backend.detach(lines[0])
        backend.attach()

    run(kind, scene)


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
        place = next(place for place in backend._places if first.number in place.lines)
        assert place.process is not None
        os.kill(place.process.pid, signal.SIGKILL)
        await until_lost(first)
        assert await second.receive()
        await until(lambda: all(host.alive for host in backend.status()))
        assert [host.restarts for host in backend.status()].count(1) == 1
        for _ in range(2):
            await opened(backend)

    run(LocalProcesses, scene)


def test_a_host_that_hangs_is_replaced() -> None:
    async def scene(backend: LocalProcesses) -> None:
        line = await opened(backend)
        place = next(place for place in backend._places if line.number in place.lines)
        assert place.process is not None
        hung = place.process.pid
        os.kill(hung, signal.SIGSTOP)
        begun = asyncio.get_running_loop().time()
        await until_lost(line)
        assert asyncio.get_running_loop().time() - begun < SETTINGS.host_busy_seconds / 2, "its rest gave it away"
        await until(lambda: not is_alive(hung))
        await until(lambda: backend.status()[0].alive)
        await opened(backend)

    run(LocalProcesses, scene, Settings(hosts=1))


def test_a_failed_session_ends_its_own_line_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(backend: InProcess) -> None:
        first, second = await opened(backend), await opened(backend)
        seat = backend._host._seats[first.number]
        monkeypatch.setattr(seat.session, "advance", lambda *_: 1 / 0)
        await until_lost(first)
        assert await second.receive()

    run(InProcess, scene)
