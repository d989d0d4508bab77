"""Jobs are done in a fair order, once for all who ask for the same, and not for anybody who has left."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from app.errors import Busy, JobLost
from app.jobs import queue as queue_module
from app.jobs.job import Job
from app.jobs.queue import JobQueue, Lane
from app.settings import Settings
from nncore.errors import OutOfRange
from nncore.sentence import Sentence
from tests.app.jobs.bench import Bench, settle

ODD = Sentence("refused.between", "must be {noun} from {low} to {high}, not {value}")


def job(name: str, *, keep: bool = False) -> Job:
    return Job("qr_code", name.encode(), 1.0, keep)


Told = Callable[[JobQueue, Bench], Awaitable[None]]
PICTURES = Lane.of_pictures(Settings(pictures_waiting=12, pictures_waiting_per_address=6, busy_retry_seconds=9.0))


def story(told: Told, lane: Lane = PICTURES, **settings: Any) -> None:
    async def whole() -> None:
        bench = Bench()
        queue = JobQueue(Settings(busy_retry_seconds=9.0, **settings), lane, bench)
        try:
            await told(queue, bench)
        finally:
            await queue.close()

    asyncio.run(whole())


async def asked(queue: JobQueue, name: str, visitor: str = "somebody", *, keep: bool = False) -> asyncio.Task[bytes]:
    """The same as asking, up to where it waits."""
    task = asyncio.create_task(queue.do(job(name, keep=keep), visitor))
    await settle()
    return task


def test_equal_jobs_are_done_once_and_remembered() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        together = [await asked(queue, "a", visitor, keep=True) for visitor in ("x", "y", "z")]
        await bench.finish(b"picture")
        assert await asyncio.gather(*together) == [b"picture"] * 3
        assert await queue.do(job("a", keep=True), "late") == b"picture"
        assert bench.begun == ["a"]

    story(told)


def test_no_more_bytes_wait_than_memory_allows() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        large = await asked(queue, "a" * 900)
        with pytest.raises(Busy):
            await queue.do(job("b" * 200), "somebody else")
        await bench.finish()
        await large
        small = await asked(queue, "b" * 200)
        await bench.finish()
        await small

    story(told, bodies_bytes=1000)


def test_what_is_not_to_be_kept_is_done_again() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        for _ in range(2):
            task = await asked(queue, "a")
            await bench.finish()
            await task
        assert bench.begun == ["a", "a"]

    story(told)


def test_twelve_slow_orders_of_one_visitor_do_not_keep_another_waiting_for_more_than_one() -> None:
    """Once the thirteenth was turned away until all twelve were made, a minute and a half later."""

    async def told(queue: JobQueue, bench: Bench) -> None:
        tasks = [await asked(queue, f"greedy {number}", "greedy") for number in range(6)]
        with pytest.raises(Busy) as caught:
            await queue.do(job("greedy 6"), "greedy")
        assert caught.value.sentence.key == "say.busy_pictures"
        assert caught.value.retry_seconds == 9.0
        modest = await asked(queue, "modest", "modest")
        await bench.finish()
        assert bench.begun == ["greedy 0", "modest"]
        await bench.finish(b"mine")
        assert await modest == b"mine"
        for task in tasks:
            task.cancel()

    story(told)


def test_no_more_wait_than_may() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        tasks = [await asked(queue, f"{visitor} {number}", visitor) for visitor in "ab" for number in range(6)]
        with pytest.raises(Busy):
            await queue.do(job("c"), "c")
        await bench.finish()
        tasks.append(await asked(queue, "c", "c"))
        assert not tasks[-1].done()
        for task in tasks:
            task.cancel()

    story(told)


def test_what_nobody_waits_for_any_more_is_given_up() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        first, second = await asked(queue, "under way"), await asked(queue, "waiting")
        second.cancel()
        first.cancel()
        await settle()
        assert bench.given_up == ["under way"]
        assert bench.begun == ["under way"]
        # Both places are free, and whoever asks again begins anew.
        again = await asked(queue, "under way")
        assert bench.begun == ["under way", "under way"]
        await bench.finish(b"at last")
        assert await again == b"at last"

    story(told)


def test_one_of_two_who_leaves_does_not_take_it_from_the_other() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        leaving, staying = await asked(queue, "a", "x"), await asked(queue, "a", "y")
        leaving.cancel()
        await settle()
        assert bench.given_up == []
        await bench.finish(b"for one")
        assert await staying == b"for one"

    story(told)


def test_a_short_job_is_done_to_its_end_rather_than_its_process_killed() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        task = await asked(queue, "a")
        task.cancel()
        await settle()
        assert bench.given_up == []
        await bench.finish()
        task = await asked(queue, "b")
        assert bench.begun == ["a", "b"]
        await bench.finish()
        await task

    story(told, replace(PICTURES, gives_up=False))


@pytest.mark.parametrize("error", [OutOfRange("url", ODD, noun="a", low=1, high=2, value=3), JobLost()])
def test_how_a_job_fails_is_told_to_all_and_forgotten(error: Exception) -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        tasks = [await asked(queue, "a", keep=True), await asked(queue, "a", keep=True)]
        await bench.finish(error)
        assert [type(found) for found in await asyncio.gather(*tasks, return_exceptions=True)] == [type(error)] * 2
        again = await asked(queue, "a", keep=True)
        await bench.finish(b"better")
        assert await again == b"better"

    story(told)


def test_who_waited_for_a_job_that_took_too_long_is_told_to_come_back() -> None:
    async def told(queue: JobQueue, bench: Bench) -> None:
        task = await asked(queue, "a")
        await bench.finish(TimeoutError())
        with pytest.raises(Busy) as caught:
            await task
        assert caught.value.sentence.key == "say.busy_slow"

    story(told)


def test_the_process_rests_and_is_there_again_for_the_next_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "REST_SECONDS", 0.0)

    async def told(queue: JobQueue, bench: Bench) -> None:
        for round_ in range(1, 3):
            task = await asked(queue, f"job {round_}")
            await bench.finish()
            await task
            await settle()
            assert bench.ended == round_
        assert bench.begun == ["job 1", "job 2"]

    story(told)


def test_at_the_end_everything_is_given_up() -> None:
    async def whole() -> None:
        bench = Bench()
        queue = JobQueue(Settings(), PICTURES, bench)
        tasks = [await asked(queue, name) for name in "ab"]
        await queue.close()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(end) for end in ends] == [asyncio.CancelledError] * 2
        assert bench.ended > 0

    asyncio.run(whole())
