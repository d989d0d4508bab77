"""A connection is bounded in both directions and says when its session is gone."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.errors import HostLost
from app.hosts.connection import INBOX, INBOX_CHARACTERS, OUTBOX, ClientConnection
from app.live.events import Checkpoint
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer

Scene = Callable[[ClientConnection, list[str]], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run `scene` with a connection and the list of what it has forwarded."""

    async def stage() -> None:
        forwarded: list[str] = []

        async def forward(message: str | bytes) -> None:
            assert isinstance(message, str)
            forwarded.append(message)

        await asyncio.wait_for(scene(ClientConnection(1, forward), forwarded), 60)

    asyncio.run(stage())


def test_messages_pass_in_order_both_ways() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        for text in ("a", "b"):
            await connection.send(text)
            connection.deliver(text.upper())
        assert forwarded == ["a", "b"]
        assert [await connection.receive(), await connection.receive()] == ["A", "B"]

    play(scene)


def test_a_client_that_does_not_read_is_not_listened_to() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        for number in range(OUTBOX):
            connection.deliver(str(number))
        sending = asyncio.create_task(connection.send("more"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert forwarded == []
        await connection.receive()
        await sending
        assert forwarded == ["more"]

    play(scene)


def test_of_two_waiting_checkpoints_only_the_newer_is_kept() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        trainer = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}}))
        older, newer = Checkpoint(snapshot.save(trainer)), Checkpoint(snapshot.save(trainer.run(1)))
        for message in (older, "event", newer):
            connection.deliver(message)
        assert [await connection.receive(), await connection.receive()] == ["event", newer.data]

    play(scene)


def test_what_waits_is_delivered_before_the_loss_is_told() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        connection.deliver("last words")
        connection.lose()
        assert await connection.receive() == "last words"
        with pytest.raises(HostLost):
            await connection.receive()
        await connection.send("anyone?")
        assert forwarded == []

    play(scene)


def test_a_loss_wakes_whoever_waits() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        waiting = asyncio.create_task(connection.receive())
        await asyncio.sleep(0)
        connection.lose()
        with pytest.raises(HostLost):
            await waiting

    play(scene)


def test_overtaken_checkpoints_are_counted() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        trainer = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}}))
        checkpoint = Checkpoint(snapshot.save(trainer))
        for _ in range(3):
            connection.deliver(checkpoint)
        assert connection.dropped == 2

    play(scene)


def test_a_connection_is_finished_once_its_last_word_is_received() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        connection.deliver("last word")
        connection.part()
        assert not connection.finished.is_set()
        await connection.receive()
        assert connection.finished.is_set()

    play(scene)


def test_a_connection_that_is_lost_with_nothing_waiting_is_finished() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        connection.lose()
        assert connection.finished.is_set()

    play(scene)


async def forwarding(connection: ClientConnection, texts: list[str]) -> asyncio.Task[None]:
    """A task that sends `texts` one after the other, as far as it comes by itself."""

    async def send() -> None:
        for text in texts:
            await connection.send(text)

    task = asyncio.create_task(send())
    for _ in range(3 * len(texts)):
        await asyncio.sleep(0)
    return task


def test_a_client_that_says_more_than_is_obeyed_is_not_listened_to() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        task = await forwarding(connection, ["reset"] * 100)
        assert len(forwarded) == INBOX
        connection.obeyed(1)
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(forwarded) == INBOX + 1
        while not task.done():
            connection.obeyed(1)
            await asyncio.sleep(0)
        assert len(forwarded) == 100

    play(scene)


def test_long_messages_wait_for_one_another_and_one_of_any_length_passes() -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        task = await forwarding(connection, ["x" * (3 * INBOX_CHARACTERS), "y" * (INBOX_CHARACTERS // 2), "z"])
        assert [text[0] for text in forwarded] == ["x"]
        connection.obeyed(1)
        await task
        assert [text[0] for text in forwarded] == ["x", "y", "z"]

    play(scene)


@pytest.mark.parametrize("end", ["lose", "part"])
def test_who_waits_for_a_session_that_ends_waits_no_longer(end: str) -> None:
    async def scene(connection: ClientConnection, forwarded: list[str]) -> None:
        task = await forwarding(connection, ["reset"] * (INBOX + 1))
        getattr(connection, end)()
        await task

    play(scene)
