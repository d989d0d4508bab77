"""A body is read as far as it may be long, and all bodies together as far as memory goes."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request

from app.errors import Busy, TooLarge, TooLate
from app.settings import Settings
from app.web.request_body import Bodies
from nncore.sentence import Sentence

LONG = Sentence("refused.long_table", "is longer than the {limit} bytes that this server reads")


def read(chunks: list[bytes], limit: int) -> tuple[bytes | TooLarge, int]:
    """What comes of a body in these chunks, and how many of them were asked for."""
    left = list(chunks)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    try:
        found: bytes | TooLarge = asyncio.run(Bodies(Settings()).read(Request({"type": "http"}, receive), limit, LONG))
    except TooLarge as error:
        found = error
    return found, len(chunks) - len(left)


def test_a_body_comes_whole() -> None:
    assert read([b"ab", b"c"], 3) == (b"abc", 2)
    assert read([b""], 0) == (b"", 1)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_what_is_longer_is_refused_before_the_rest_is_read(limit: int) -> None:
    found, asked = read([b"abcd", b"e", b"f"], limit)
    assert isinstance(found, TooLarge)
    assert f"the {limit} bytes" in str(found)
    assert asked == 1


class Slow:
    """A body that comes when it is told to."""

    def __init__(self) -> None:
        self.chunks: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.request = Request({"type": "http"}, self.chunks.get)

    def send(self, count: int, *, last: bool = False) -> None:
        self.chunks.put_nowait({"type": "http.request", "body": bytes(count), "more_body": not last})


async def rest() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_all_bodies_together_hold_no_more_than_is_set_and_silent_ones_nothing() -> None:
    async def scene() -> None:
        bodies = Bodies(Settings(bodies_bytes=1000, busy_retry_seconds=7.0))
        silent, large, late = Slow(), Slow(), Slow()
        reading = [asyncio.create_task(bodies.read(slow.request, 900, LONG)) for slow in (silent, large, late)]
        large.send(800)
        await rest()
        assert bodies.waiting_bytes == 800
        late.send(300, last=True)
        with pytest.raises(Busy) as caught:
            await reading[2]
        assert caught.value.retry_seconds == 7.0
        # Who was there first is not disturbed, and what is done or gone is given back.
        large.send(100, last=True)
        assert len(await reading[1]) == 900
        assert bodies.waiting_bytes == 0
        silent.send(900)
        await rest()
        silent.chunks.put_nowait({"type": "http.disconnect"})
        with pytest.raises(ClientDisconnect):
            await reading[0]
        assert bodies.waiting_bytes == 0

    asyncio.run(scene())


@pytest.mark.parametrize("chunks", [[b"abcd"], [b"ab", b"cd"]])
def test_what_was_refused_is_given_back(chunks: list[bytes]) -> None:
    async def scene() -> None:
        bodies, slow = Bodies(Settings()), Slow()
        for chunk in chunks:
            slow.send(len(chunk))
        with pytest.raises(TooLarge):
            await bodies.read(slow.request, 3, LONG)
        assert bodies.waiting_bytes == 0

    asyncio.run(scene())


def test_a_body_that_does_not_arrive_is_given_up_and_nothing_is_kept_of_it() -> None:
    async def scene() -> None:
        bodies, silent, whole = Bodies(Settings(request_seconds=0.01)), Slow(), Slow()
        silent.send(100)
        with pytest.raises(TooLate, match="too long to arrive"):
            await bodies.receive(silent.request, LONG)
        assert bodies.waiting_bytes == 0
        whole.send(100, last=True)
        assert len(await bodies.receive(whole.request, LONG)) == 100

    asyncio.run(scene())


def test_bytes_that_come_earn_time_for_the_rest() -> None:
    async def scene() -> int:
        # A byte is worth a second: whoever has sent 3,600 in time may take an hour for the rest.
        slow = Slow()
        bodies = Bodies(Settings(request_seconds=0.01, request_bytes_per_second=1.0))
        slow.send(3600)
        reading = asyncio.create_task(bodies.receive(slow.request, LONG))
        await asyncio.sleep(0.05)
        assert not reading.done()
        slow.send(1, last=True)
        return len(await reading)

    assert asyncio.run(scene()) == 3601
