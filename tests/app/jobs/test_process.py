"""A worker process: one for many jobs, killed when it must be, followed by another."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.errors import JobLost, TooMuchMemory
from app.jobs.job import Job
from app.jobs.process import Worker
from app.pictures.order import Order
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer
from tests.browser.server import is_alive

pytestmark = pytest.mark.slow

CODE = Job("qr_code", b"http://example.org", 60.0)


def story(told: Callable[[Worker], Awaitable[None]], **settings: Any) -> None:
    """What is `told` of a worker, which is ended afterwards."""

    async def whole() -> None:
        worker = Worker(Settings(**settings), 5)
        try:
            await told(worker)
        finally:
            await worker.end()

    asyncio.run(whole())


def test_one_process_does_one_job_after_the_other() -> None:
    async def told(worker: Worker) -> None:
        first = await worker.do(CODE)
        assert first.startswith(b"<svg ")
        pid = worker.pid
        with pytest.raises(InputError, match="url: is too long for a QR code"):
            await worker.do(Job("qr_code", b"x" * 5000, 60.0))
        assert await worker.do(CODE) == first
        assert worker.pid == pid
        assert pid is not None
        await worker.end()
        assert not is_alive(pid)

    story(told)


def test_a_process_that_is_killed_is_followed_by_another() -> None:
    async def told(worker: Worker) -> None:
        await worker.do(CODE)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(JobLost):
            await worker.do(CODE)
        assert (await worker.do(CODE)).startswith(b"<svg ")

    story(told)


def test_a_job_that_is_given_up_takes_its_process_along() -> None:
    async def told(worker: Worker) -> None:
        await worker.do(CODE)
        pid = worker.pid
        assert pid is not None
        order = Order("poster", Config().to_json(), 10**9, 300, 160, "light", 600.0)
        endless = asyncio.create_task(worker.do(Job("picture", order.encode(), 600.0)))
        done, _ = await asyncio.wait([endless], timeout=1.0)
        assert not done
        endless.cancel()
        with pytest.raises(asyncio.CancelledError):
            await endless
        assert not is_alive(pid)

    story(told)


def test_a_job_that_takes_too_long_takes_its_process_along() -> None:
    async def told(worker: Worker) -> None:
        await worker.do(CODE)
        pid = worker.pid
        assert pid is not None
        with pytest.raises(TimeoutError):
            await worker.do(Job("qr_code", b"http://example.org", 0.0))
        assert not is_alive(pid)

    story(told)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's data")
def test_what_would_take_too_much_memory_is_refused_in_words_and_the_next_job_is_done() -> None:
    """Four exports of such a run once took the web process from 98 to 737 MB."""
    layers = [{"units": 64, "neuron": {"name": "kan", "grid": 20}}] * 6
    trainer = Trainer(Config.from_json({"layers": layers, "data": {"name": "spirals", "count": 20_000}}))

    async def told(worker: Worker) -> None:
        with pytest.raises(TooMuchMemory, match="more than the 150 MB of memory"):
            await worker.do(Job("export", b"numpy\n" + snapshot.save(trainer), 60.0))
        assert (await worker.do(CODE)).startswith(b"<svg ")

    # What bounds a session is set aside: this is about a job alone.
    loose = {"units": 64, "points": 20_000, "session_bytes": 10**9, "host_bytes": 10**9, "checkpoint_bytes": 10**8}
    story(told, job_bytes=150_000_000, **loose)
