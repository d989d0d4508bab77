"""A line is bounded in both directions and says when its session is gone."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.errors import HostLost
from app.hosts.connection import OUTBOX, Line
from nncore import snapshot
from nncore.config import Config
from nncore.trainer import Trainer

Scene = Callable[[Line, list[str]], Coroutine[Any, Any, None]]


def play(scene: Scene) -> None:
    """Run `scene` with a line and the list of what it has forwarded."""

    async def stage() -> None:
        forwarded: list[str] = []

        async def forward(text: str) -> None:
            forwarded.append(text)

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
        answering = asyncio.create_task(line.answer("refused"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert forwarded == []
        await line.receive()
        await asyncio.gather(sending, answering)
        assert forwarded == ["more"]

    play(scene)


def test_of_two_waiting_checkpoints_only_the_newer_is_kept() -> None:
    async def scene(line: Line, forwarded: list[str]) -> None:
        trainer = Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}}))
        older, newer = snapshot.save(trainer), snapshot.save(trainer.run(1))
        for message in (older, "event", newer):
            line.deliver(message)
        assert [await line.receive(), await line.receive()] == ["event", newer]

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
        checkpoint = snapshot.save(Trainer(Config.from_json({"layers": [], "data": {"name": "xor", "count": 20}})))
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
