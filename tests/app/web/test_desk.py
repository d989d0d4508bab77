"""Small work is done one piece at a time, and whatever else is ready has its turn between two pieces."""

import asyncio

import pytest

from app.errors import Busy
from app.web.desk import Desk


def test_fifty_requests_that_come_together_let_a_live_session_in_between_any_two() -> None:
    async def story() -> None:
        desk, ticks, seen = Desk(100, 100, 1.0), [0], []

        async def live() -> None:
            while True:
                ticks[0] += 1
                await asyncio.sleep(0)

        session = asyncio.create_task(live())
        await asyncio.gather(*(desk.do(f"visitor {index}", lambda: seen.append(ticks[0])) for index in range(50)))
        session.cancel()
        assert len(seen) == 50
        assert seen == sorted(set(seen))

    asyncio.run(story())


def test_no_more_wait_than_may_and_of_one_visitor_fewer() -> None:
    async def story() -> None:
        desk = Desk(3, 2, 8.0)
        waiting = [asyncio.create_task(desk.do("a", lambda: 1)) for _ in range(3)]
        waiting.append(asyncio.create_task(desk.do("b", lambda: 2)))
        waiting.append(asyncio.create_task(desk.do("c", lambda: 3)))
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        assert [end if isinstance(end, int) else type(end) for end in ends] == [1, 1, Busy, 2, Busy]
        assert await desk.do("c", lambda: 3) == 3

    asyncio.run(story())


def test_work_that_fails_frees_its_place() -> None:
    async def story() -> None:
        desk = Desk(1, 1, 8.0)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await desk.do("a", lambda: 1 // 0)

    asyncio.run(story())
