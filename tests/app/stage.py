"""A scene with a started backend, for the tests of its kinds."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine
from typing import Any

from app.errors import HostLost
from app.hosts.backend import Backend
from app.hosts.connection import ClientConnection
from app.settings import Settings

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


async def opened(backend: Backend) -> ClientConnection:
    connection = backend.attach()
    await connection.send(json.dumps({"type": "open", "config": SMALL, "play": True}))
    assert json.loads(await connection.receive())["type"] == "opened"
    return connection


async def until_lost(connection: ClientConnection) -> None:
    with contextlib.suppress(HostLost):
        while True:
            await connection.receive()


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(1200):
        if happened():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError
