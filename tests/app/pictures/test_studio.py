"""Pictures are made once, remembered within bounds, and never more than may wait."""

import asyncio
from dataclasses import replace

import pytest

from app.errors import Busy, PictureTooCostly
from app.pictures.order import Order
from app.pictures.studio import Studio
from app.settings import Settings
from nncore import Config

ORDER = Order("poster", Config().to_json(), 2, 200, 110, "light", 60.0)


def test_equal_orders_are_made_once_and_remembered() -> None:
    async def story() -> None:
        studio = Studio(Settings())
        together = [asyncio.create_task(studio.picture(ORDER)) for _ in range(3)]
        await asyncio.sleep(0)
        assert len(studio._under_way) == 1
        files = await asyncio.gather(*together)
        assert files[0].startswith(b"\x89PNG")
        assert files[1] is files[0]
        assert await studio.picture(ORDER) is files[0]

    asyncio.run(story())


def test_too_many_orders_are_told_to_come_back_and_the_others_are_given_up_at_the_end() -> None:
    async def story() -> None:
        studio = Studio(Settings(pictures_waiting=2, busy_retry_seconds=9.0))
        waiting = [asyncio.create_task(studio.picture(replace(ORDER, epochs=epochs))) for epochs in (1, 2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy) as caught:
            await studio.picture(replace(ORDER, epochs=3))
        assert caught.value.retry_seconds == 9.0
        await studio.close()
        assert all(
            isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*waiting, return_exceptions=True)
        )

    asyncio.run(story())


def test_a_picture_that_would_take_too_long_is_refused_in_words() -> None:
    async def story() -> None:
        with pytest.raises(PictureTooCostly, match=r"epochs: 100000 .* longer than 0.05 seconds; ask for fewer"):
            await Studio(Settings()).picture(replace(ORDER, epochs=100_000, seconds=0.05))

    asyncio.run(story())


def test_only_so_many_bytes_are_remembered() -> None:
    async def story() -> None:
        studio = Studio(Settings(pictures_bytes=0))
        await studio.picture(ORDER)
        assert not studio._known

    asyncio.run(story())
