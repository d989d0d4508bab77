"""A worker for tests: it does what the test says, when the test says so, and remembers what it was asked for."""

import asyncio

from app.jobs.job import Job
from app.jobs.process import Worker
from app.settings import Settings


class Bench(Worker):
    """`begun` and `given_up` are the requests of jobs; `ended` counts how often its process was."""

    def __init__(self) -> None:
        super().__init__(Settings(), 0)
        self.begun: list[str] = []
        self.given_up: list[str] = []
        self.ended = 0
        self._doing: asyncio.Future[bytes] | None = None

    async def do(self, job: Job) -> bytes:
        self.begun.append(job.request.decode())
        self._doing = asyncio.get_running_loop().create_future()
        try:
            return await self._doing
        except asyncio.CancelledError:
            self.given_up.append(job.request.decode())
            raise

    async def end(self) -> None:
        self.ended += 1

    async def finish(self, outcome: BaseException | bytes = b"made") -> None:
        """End the job at hand, and let everybody notice."""
        assert self._doing is not None
        if isinstance(outcome, bytes):
            self._doing.set_result(outcome)
        else:
            self._doing.set_exception(outcome)
        await settle()


async def settle() -> None:
    """Let everybody who is ready go on."""
    for _ in range(60):
        await asyncio.sleep(0)
