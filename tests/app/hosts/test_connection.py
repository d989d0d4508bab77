"""A line is bounded in both directions and says when its session is gone."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.errors import HostLost
from app.hosts.connection import INBOX, INBOX_CHARACTERS, OUTBOX, Line
from app.live.events import Checkpoint
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer

Scene = Callable[[Line, list[str]], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run `scene` with a line and the list of what it has forwarded."""

    async def stage() -> None:
        forwarded: list[str] = []

        async def forward(message: str | bytes) -> None:
            assert isinstance(message, str)
            forwarded.append(message)

        await asyncio.wait_for(scene(Line(1, forward), forwarded), 60)

    asyncio.run(stage())


def test_messages_pass_in_order_both_ways() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        for text in ("a", "b"):
            await line.send(text)
            line.deliver(text.upper())
        assert forwarded == ["a", "b"]
        assert [await line.receive(), await line.receive()] == ["A", "B"]

    play(scene)


def test_a_client_that_does_not_read_is_not_listened_to() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        for number in range(OUTBOX):
            line.deliver(str(number))
        sending = asyncio.create_task(line.send("more"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert forwarded == []
        await line.receive()
        await sending
        assert forwarded == ["more"]

    play(scene)


def test_of_two_waiting_checkpoints_only_the_newer_is_kept() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        trainer = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}}))
        older, newer = Checkpoint(snapshot.save(trainer)), Checkpoint(snapshot.save(trainer.run(1)))
        for message in (older, "event", newer):
            line.deliver(message)
        assert [await line.receive(), await line.receive()] == ["event", newer.data]

    play(scene)


def test_what_waits_is_delivered_before_the_loss_is_told() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        line.deliver("last words")
        line.lose()
        assert await line.receive() == "last words"
        with pytest.raises(HostLost):
            await line.receive()
        await line.send("anyone?")
        assert forwarded == []

    play(scene)


def test_a_loss_wakes_whoever_waits() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        waiting = asyncio.create_task(line.receive())
        await asyncio.sleep(0)
        line.lose()
        with pytest.raises(HostLost):
            await waiting

    play(scene)


def test_overtaken_checkpoints_are_counted() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        trainer = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}}))
        checkpoint = Checkpoint(snapshot.save(trainer))
        for _ in range(3):
            line.deliver(checkpoint)
        assert line.dropped == 2

    play(scene)


def test_a_line_is_finished_once_its_last_word_is_received() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        line.deliver("last word")
        line.part()
        assert not line.finished.is_set()
        await line.receive()
        assert line.finished.is_set()

    play(scene)


def test_a_line_that_is_lost_with_nothing_waiting_is_finished() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        line.lose()
        assert line.finished.is_set()

    play(scene)


async def forwarding(line: Line, texts: list[str]) -> asyncio.Task[None]:
    """A task that sends `texts` one after the other, as far as it comes by itself."""

    async def send() -> None:
        for text in texts:
            await line.send(text)

    task = asyncio.create_task(send())
    for _ in range(3 * len(texts)):
        await asyncio.sleep(0)
    return task


def test_a_client_that_says_more_than_is_obeyed_is_not_listened_to() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        task = await forwarding(line, ["reset"] * 100)
        assert len(forwarded) == INBOX
        line.obeyed(1)
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(forwarded) == INBOX + 1
        while not task.done():
            line.obeyed(1)
            await asyncio.sleep(0)
        assert len(forwarded) == 100

    play(scene)


def test_long_messages_wait_for_one_another_and_one_of_any_length_passes() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        task = await forwarding(line, ["x" * (3 * INBOX_CHARACTERS), "y" * (INBOX_CHARACTERS // 2), "z"])
        assert [text[0] for text in forwarded] == ["x"]
        line.obeyed(1)
        await task
        assert [text[0] for text in forwarded] == ["x", "y", "z"]

    play(scene)


@pytest.mark.parametrize("end", ["lose", "part"])
def test_who_waits_for_a_session_that_ends_waits_no_longer(end: str) -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        task = await forwarding(line, ["reset"] * (INBOX + 1))
        getattr(line, end)()
        await task

    play(scene)
