"""Whoever leaves takes the work along that was for them alone."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from app.web.leaving import unless_left


def request(*, leaves: bool) -> Request:
    messages: list[Message] = [{"type": "http.request", "body": b""}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def test_the_answer_of_one_who_stays() -> None:
    async def work() -> str:
        await asyncio.sleep(0)
        return "made"

    async def story() -> str:
        return await unless_left(request(leaves=False), work())

    assert asyncio.run(story()) == "made"


def test_how_the_work_fails_is_told() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    async def story() -> None:
        with pytest.raises(ZeroDivisionError):
            await unless_left(request(leaves=False), work())

    asyncio.run(story())


def test_the_work_of_one_who_leaves_is_given_up() -> None:
    async def story() -> None:
        given_up = asyncio.Event()

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                given_up.set()

        with pytest.raises(ClientDisconnect):
            await unless_left(request(leaves=True), work())
        assert given_up.is_set()

    asyncio.run(story())
