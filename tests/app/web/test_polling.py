"""The sessions of clients that poll: known by a secret, gone when they end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.errors import Busy, LiveSessionGone
from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.metrics import Metrics
from app.web.polling import Polling
from app.web.transport import Carrier


def stage(scene: Callable[[Polling, InProcess], Coroutine[Any, Any, None]], settings: Settings) -> None:
    async def play() -> None:
        backend = InProcess(settings)
        await backend.start()
        polling = Polling(settings, Carrier(backend, settings, Metrics(backend)))
        await asyncio.wait_for(scene(polling, backend), 60)
        await polling.close()
        await backend.stop()

    asyncio.run(play())


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(1000):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def test_each_has_a_secret_of_its_own_that_cannot_be_guessed() -> None:
    async def scene(polling: Polling, backend: InProcess) -> None:
        secrets = {polling.open("192.0.2.1") for _ in range(20)}
        assert len(secrets) == 20
        assert all(len(secret) >= 43 for secret in secrets), "32 bytes"
        assert len({id(polling.find(secret)) for secret in secrets}) == 20
        with pytest.raises(LiveSessionGone):
            polling.find("x" * 43)

    stage(scene, Settings())


def test_places_are_counted_and_given_back() -> None:
    async def scene(polling: Polling, backend: InProcess) -> None:
        for _ in range(3):
            secret = polling.open("192.0.2.1")
            with pytest.raises(Busy):
                polling.open("192.0.2.1")
            polling.find(secret).leave()
            with pytest.raises(LiveSessionGone):
                polling.find(secret)
            await until(lambda: not backend._connections())

    stage(scene, Settings(sessions_per_address=1))


def test_one_that_is_not_heard_of_is_forgotten() -> None:
    async def scene(polling: Polling, backend: InProcess) -> None:
        polling.open("192.0.2.1")
        await until(lambda: not backend._connections())
        await polling.drain()

    stage(scene, Settings(ping_timeout_seconds=0.05))


def test_a_shutdown_reaches_the_one_that_asks() -> None:
    async def scene(polling: Polling, backend: InProcess) -> None:
        transport = polling.find(polling.open("192.0.2.1"))
        asked = asyncio.create_task(transport.poll(1))
        await asyncio.sleep(0)
        await backend.drain()
        assert b"say.restarting" in await asked
        asked = asyncio.create_task(transport.poll(2))
        await polling.drain()
        assert (await asked).endswith(b"\x02\x02\x00\x00\x00\xf4\x03"), "closed with 1012"

    stage(scene, Settings())
