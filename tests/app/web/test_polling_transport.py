"""Messages by requests: in order, once, bounded, and over as soon as nobody asks."""

import asyncio
import struct
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.errors import ClientLeft, LiveSessionGone
from app.settings import Settings
from app.web.polling_transport import MOST_MESSAGES, PollingTransport, pack, unpack
from app.web.unfinished import Unfinished
from nncore.errors import InputError

QUICK = Settings(polls_per_second=120, ping_seconds=0.05)


def record(kind: int, data: bytes) -> bytes:
    """As the reference has it: a byte, four bytes little-endian, the message."""
    return bytes([kind]) + struct.pack("<I", len(data)) + data


def stage(
    scene: Callable[[PollingTransport, list[str]], Coroutine[Any, Any, None]], settings: Settings = QUICK
) -> None:
    async def play() -> None:
        ended: list[str] = []
        transport = PollingTransport(settings, Unfinished(10_000), lambda: ended.append("ended"))
        await asyncio.wait_for(scene(transport, ended), 60)

    asyncio.run(play())


def test_a_body_is_messages_behind_kind_and_length() -> None:
    body = record(0, "é".encode()) + record(1, b"\xff\x00") + record(0, b"")
    assert list(unpack(body)) == ["é", b"\xff\x00", ""]
    assert pack(1, b"abc") == record(1, b"abc")


@pytest.mark.parametrize(
    "body",
    [
        b"\x00",
        record(0, b"abc")[:-1],
        record(2, b"\x00\x00"),
        record(9, b""),
        record(0, b"\xff"),
        record(0, b"x") + b"\x00",
    ],
)
def test_what_holds_no_messages_is_refused(body: bytes) -> None:
    with pytest.raises(InputError):
        unpack(body)


def test_a_body_of_too_many_messages_is_refused() -> None:
    assert len(unpack(record(0, b"") * MOST_MESSAGES)) == MOST_MESSAGES
    with pytest.raises(InputError, match=f"at most {MOST_MESSAGES}"):
        unpack(record(0, b"") * (MOST_MESSAGES + 1))


def test_messages_go_up_in_order_and_are_answered_once_they_are_taken() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        sent = asyncio.create_task(transport.take(1, record(0, b"a") + record(1, b"b")))
        assert await transport.receive() == "a"
        assert await transport.receive() == b"b"
        assert not sent.done(), "the last one is not done with before the next is asked for"
        waiting = asyncio.create_task(transport.receive())
        await sent
        await transport.take(1, record(0, b"a"))
        assert not waiting.done(), "a request that comes again brings nothing again"
        again = asyncio.create_task(transport.take(2, record(0, b"c")))
        assert await waiting == "c"
        waiting = asyncio.create_task(transport.receive())
        await again
        waiting.cancel()

    stage(scene)


@pytest.mark.parametrize("number", [0, 2, 3])
def test_a_request_out_of_its_order_finds_no_session(number: int) -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        with pytest.raises(LiveSessionGone):
            await transport.take(number or 5, record(0, b"a"))
        with pytest.raises(LiveSessionGone):
            await transport.poll(number)

    stage(scene)


def test_an_answer_comes_with_all_that_waits_and_again_when_asked_again() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        asked = asyncio.create_task(transport.poll(1))
        await asyncio.sleep(0)
        await transport.send("one")
        await transport.send(b"two")
        answer = await asked
        assert answer == record(0, b"one") + record(1, b"two")
        assert await transport.poll(1) == answer
        await transport.send("three")
        assert await transport.poll(2) == record(0, b"three")

    stage(scene)


def test_where_there_is_nothing_to_say_the_answer_is_empty_after_a_while() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        assert await transport.poll(1) == b""
        assert await transport.poll(2) == b""
        assert ended == []

    stage(scene)


def test_a_newer_question_takes_the_place_of_an_older_one() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        first = asyncio.create_task(transport.poll(1))
        await asyncio.sleep(0)
        second = asyncio.create_task(transport.poll(1))
        assert await first == b""
        await transport.send("one")
        assert await second == record(0, b"one")

    stage(scene, Settings(polls_per_second=120))


def test_a_client_that_does_not_ask_holds_up_its_session_and_not_our_memory() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        await transport.send(bytes(3_000_000))
        held = asyncio.create_task(transport.send("more"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not held.done()
        assert len(await transport.poll(1)) == 3_000_005
        await held

    stage(scene)


def test_a_client_that_asks_no_more_has_left() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        with pytest.raises(ClientLeft):
            await transport.receive()
        assert ended == ["ended"]
        with pytest.raises(ClientLeft):
            await transport.send("x")
        with pytest.raises(LiveSessionGone):
            await transport.poll(1)

    stage(scene, Settings(ping_timeout_seconds=0.05))


def test_what_waits_is_said_before_the_close_code() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        await transport.send("bye")
        await transport.close(1012)
        await transport.close(1011)
        assert await transport.poll(1) == record(0, b"bye") + record(2, b"\xf4\x03")
        assert ended == ["ended"]

    stage(scene)


def test_a_question_that_waits_hears_of_the_end_at_once() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        asked = asyncio.create_task(transport.poll(1))
        await asyncio.sleep(0)
        await transport.close(1011)
        assert await asked == record(2, (1011).to_bytes(2, "little"))

    stage(scene, Settings())


def test_whoever_keeps_most_waiting_gives_way() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        await transport.take(1, record(0, bytes(20_000)))
        with pytest.raises(ClientLeft):
            await transport.receive()
        assert await transport.poll(1) == record(2, (1013).to_bytes(2, "little"))

    stage(scene)


def test_what_comes_once_the_session_has_ended_is_dropped_until_the_last_words_are_heard() -> None:
    async def scene(transport: PollingTransport, ended: list[str]) -> None:
        unread = asyncio.create_task(transport.take(1, record(0, b"a")))
        await asyncio.sleep(0)
        await transport.send("bye")
        await transport.close(1012)
        await unread
        await transport.take(2, record(0, b"late"))
        assert await transport.poll(1) == record(0, b"bye") + record(2, b"\xf4\x03")
        with pytest.raises(LiveSessionGone):
            await transport.take(3, record(0, b"too late"))

    stage(scene)
