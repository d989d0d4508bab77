"""Every kind of backend serves sessions through connections, has so many places, and parts with its visitors."""

import asyncio
import json
from typing import Any

import pytest

from app.errors import Busy
from app.hosts.backend import Backend, InProcess
from app.hosts.connection import ClientConnection
from app.hosts.processes import LocalProcesses
from app.live import frames
from app.settings import Settings
from tests.app.stage import opened, run, until_lost

PATIENT = Settings(hosts=2, sessions=5, host_silence_seconds=100, host_busy_seconds=100)
"""A machine that is busy for long makes no host count as hanging: that is for test_processes."""

KINDS = [InProcess, pytest.param(LocalProcesses, marks=pytest.mark.slow)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_session_is_served_through_its_connection(kind: type[Backend]) -> None:
    async def scene(backend: Backend) -> None:
        connection = await opened(backend)
        assert isinstance(await connection.receive(), bytes)
        assert sum(host.sessions for host in backend.status()) == 1
        backend.detach(connection)
        assert sum(host.sessions for host in backend.status()) == 0

    run(kind, scene, PATIENT)


@pytest.mark.parametrize("kind", KINDS)
def test_one_session_too_many_is_told_when_to_come_back(kind: type[Backend]) -> None:
    async def scene(backend: Backend) -> None:
        connections = [backend.attach() for _ in range(5)]
        with pytest.raises(Busy, match=r"full \(5 places\)") as caught:
            backend.attach()
        assert caught.value.retry_seconds == 15.0
        backend.detach(connections[0])
        backend.attach()

    run(kind, scene, PATIENT)


def test_a_failed_session_ends_its_own_connection_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(backend: InProcess) -> None:
        first, second = await opened(backend), await opened(backend)
        seat = backend._host._seats[first.number]
        monkeypatch.setattr(seat.session, "advance", lambda *_: 1 / 0)
        await until_lost(first)
        assert await second.receive()

    run(InProcess, scene)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shutdown_gives_every_client_a_reason_and_a_checkpoint(kind: type[Backend]) -> None:
    async def scene(backend: Backend) -> None:
        connections = [await opened(backend) for _ in range(2)]
        readers = [asyncio.create_task(last_words(connection)) for connection in connections]
        await backend.drain()
        for reader in readers:
            notice, checkpoint = await reader
            assert "restarting" in notice["message"]
            assert checkpoint["epoch"] >= 0
        with pytest.raises(Busy, match="shutting down"):
            backend.attach()

    async def last_words(connection: ClientConnection) -> tuple[dict[str, Any], dict[str, Any]]:
        notice: dict[str, Any] = {}
        while True:
            message = await connection.receive()
            if isinstance(message, str):
                notice = json.loads(message)
                continue
            kind, body, _ = frames.read(message)
            if notice and kind == "checkpoint":
                return notice, body

    run(kind, scene, PATIENT)


def test_a_client_that_does_not_read_cannot_delay_a_shutdown() -> None:
    async def scene(backend: Backend) -> None:
        await opened(backend)
        async with asyncio.timeout(60):
            await backend.drain()

    run(InProcess, scene)
