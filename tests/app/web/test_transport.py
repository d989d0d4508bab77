"""What carries messages: both ways, and the goodbye that fits."""

import asyncio
from collections.abc import Callable

import pytest

from app.errors import Busy, ClientLeft
from app.hosts.backend import InProcess
from app.hosts.connection import ClientConnection, Message
from app.settings import Settings
from app.web.metrics import Metrics
from app.web.transport import Carrier
from nncore.sentence import Sentence

FULL = Sentence("say.busy_full", "The server is full ({places} {places:place|places}).")


class Tube:
    """A transport whose other end is this test."""

    def __init__(self) -> None:
        self.up: asyncio.Queue[Message | None] = asyncio.Queue()
        self.down: list[Message] = []
        self.spoken = asyncio.Event()
        self.code: int | None = None

    async def receive(self) -> Message:
        message = await self.up.get()
        if message is None:
            raise ClientLeft
        return message

    async def send(self, message: Message) -> None:
        self.down.append(message)
        self.spoken.set()

    async def close(self, code: int) -> None:
        self.code = code


def carried(end: Callable[[Tube, ClientConnection], None]) -> Tube:
    """A session until it has come to an end in some way."""

    async def scene() -> Tube:
        settings = Settings()
        backend = InProcess(settings)
        await backend.start()
        carrier = Carrier(backend, settings, Metrics(backend))
        tube, connection = Tube(), carrier.attach("192.0.2.1")
        task = asyncio.create_task(carrier.carry(tube, connection))
        tube.up.put_nowait('{"type": "ping"}')
        await asyncio.wait_for(tube.spoken.wait(), 60)
        end(tube, connection)
        await asyncio.wait_for(task, 60)
        assert backend._connections() == [], "its place is free"
        await backend.stop()
        return tube

    return asyncio.run(scene())


def test_a_client_that_leaves_is_told_nothing() -> None:
    tube = carried(lambda tube, connection: tube.up.put_nowait(None))
    assert (tube.down, tube.code) == (['{"type":"pong"}'], None)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda tube, connection: connection.lose(), 1011),
        (lambda tube, connection: connection.part(), 1012),
        (lambda tube, connection: connection.lose(Busy(FULL, 2.0, places=1)), 1013),
    ],
)
def test_each_end_has_its_code(end: Callable[[Tube, ClientConnection], None], code: int) -> None:
    tube = carried(end)
    assert tube.code == code
    assert (len(tube.down) > 1) == (code == 1013)


def test_whoever_says_nothing_is_closed() -> None:
    async def scene() -> int | None:
        settings = Settings(open_seconds=0.05)
        backend = InProcess(settings)
        carrier = Carrier(backend, settings, Metrics(backend))
        tube = Tube()
        await carrier.carry(tube, carrier.attach("192.0.2.1"))
        return tube.code

    assert asyncio.run(scene()) == 1008


def test_a_place_is_free_even_where_the_carrying_is_given_up() -> None:
    async def scene() -> None:
        settings = Settings()
        backend = InProcess(settings)
        carrier = Carrier(backend, settings, Metrics(backend))
        task = asyncio.create_task(carrier.carry(Tube(), carrier.attach("192.0.2.1")))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert backend._connections() == []

    asyncio.run(scene())
