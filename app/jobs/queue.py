"""Has jobs done, one after the other in one process: a lane for pictures, another for what people wait for.

Bounded: so many jobs waiting, of so many bytes, so many of one visitor; so many seconds each, so many bytes of
answers. Equal
jobs that come together are done once; a job that nobody waits for any more is not done, or not to its end. Not here:
the process (`process`), whose turn it is (`line`).
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field

from app.errors import Busy
from app.jobs.job import Job
from app.jobs.line import Line
from app.jobs.memory import Memory
from app.jobs.places import Places
from app.jobs.process import Worker
from app.settings import Settings
from nncore.sentence import Sentence

log = logging.getLogger(__name__)

REST_SECONDS = 60.0
"""A process that has had nothing to do for this long is ended: it holds memory."""

CODE_BYTES = 2_000_000
"""Of QR codes that are remembered: every address of a class."""

_TOO_MANY_PICTURES = Sentence("say.busy_pictures", "Too many pictures are being made.")
_TOO_MANY_JOBS = Sentence("say.busy_jobs", "Too many files, tables and QR codes are being made.")
_TOO_SLOW = Sentence("say.busy_slow", "The server is too busy for this right now.")


@dataclass(frozen=True)
class Lane:
    """What one process does, and how much of it."""

    full: Sentence
    """Said to whoever comes when it is full."""
    waiting: int
    waiting_per_address: int
    remembered_bytes: int
    niceness: int
    gives_up: bool
    """Whether the process is killed over a job that nobody waits for; not where that costs more than the job."""

    @classmethod
    def of_pictures(cls, settings: Settings) -> "Lane":
        """Seconds each, so nobody minds a few more: at nearly the lowest priority."""
        each = settings.pictures_waiting_per_address
        return cls(_TOO_MANY_PICTURES, settings.pictures_waiting, each, settings.pictures_bytes, 15, gives_up=True)

    @classmethod
    def of_files(cls, settings: Settings) -> "Lane":
        """A tenth of a second each, while somebody waits."""
        each = settings.jobs_waiting_per_address
        return cls(_TOO_MANY_JOBS, settings.jobs_waiting, each, CODE_BYTES, 5, gives_up=False)


@dataclass(eq=False)
class _Ticket:
    """A job and those who wait for it."""

    job: Job
    visitor: str
    result: asyncio.Future[bytes] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    waiting: int = 0
    work: asyncio.Task[bytes] | None = None


class JobQueue:
    """One lane and its process."""

    def __init__(self, settings: Settings, lane: Lane, worker: Worker | None = None) -> None:
        """`worker` is another than the usual process, for tests."""
        self._lane = lane
        self._bytes, self._most_bytes = 0, settings.bodies_bytes
        self._retry_seconds = settings.busy_retry_seconds
        self._worker = worker or Worker(settings, lane.niceness)
        self._places = Places(lane.waiting, lane.waiting_per_address, lane.full, settings.busy_retry_seconds)
        self._line: Line[_Ticket] = Line()
        self._open: dict[str, _Ticket] = {}
        self._memory = Memory(lane.remembered_bytes)
        self._news = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None

    async def do(self, job: Job, visitor: str) -> bytes:
        """What `job` makes.

        Raises Busy where too many wait or it takes too long, JobLost where its process ends, and the InputError that it
        ends with.
        """
        known = self._memory.find(job.key)
        if known is not None:
            return known
        ticket = self._open.get(job.key) or self._take(job, visitor)
        ticket.waiting += 1
        try:
            # A visitor who leaves does not take it from others who wait for the same.
            return await asyncio.shield(ticket.result)
        finally:
            ticket.waiting -= 1
            if ticket.waiting == 0 and not ticket.result.done():
                self._give_up(ticket)

    async def close(self) -> None:
        """Give up what is under way, and end the process."""
        for ticket in list(self._open.values()):
            ticket.result.cancel()
        if self._serving is not None:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        await self._worker.end()

    def _take(self, job: Job, visitor: str) -> _Ticket:
        if self._bytes + len(job.request) > self._most_bytes:
            raise Busy(self._lane.full, self._retry_seconds)
        self._places.enter(visitor)
        self._bytes += len(job.request)
        ticket = self._open[job.key] = _Ticket(job, visitor)
        ticket.result.add_done_callback(lambda result: self._close_ticket(ticket))
        self._line.join(visitor, ticket)
        self._news.set()
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve())
        return ticket

    def _close_ticket(self, ticket: _Ticket) -> None:
        self._bytes -= len(ticket.job.request)
        self._places.leave(ticket.visitor)
        if self._open.get(ticket.job.key) is ticket:
            del self._open[ticket.job.key]
        if not ticket.result.cancelled():
            # Looked at, so that nothing is logged where nobody waited for it to the end.
            ticket.result.exception()

    def _give_up(self, ticket: _Ticket) -> None:
        """Nobody waits for it any more. Whoever asks for the same from now on begins anew."""
        if ticket.work is None:
            self._line.leave(ticket.visitor, ticket)
        elif self._lane.gives_up:
            ticket.work.cancel()
        else:
            return
        del self._open[ticket.job.key]
        ticket.result.cancel()

    async def _serve(self) -> None:
        """One job after the other, for ever; without a process while there are none."""
        while True:
            if not len(self._line):
                self._news.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(REST_SECONDS):
                        await self._news.wait()
            if not len(self._line):
                await self._worker.end()
                await self._news.wait()
                continue
            await self._work(self._line.next())

    async def _work(self, ticket: _Ticket) -> None:
        ticket.work = asyncio.create_task(self._worker.do(ticket.job))
        try:
            await asyncio.wait({ticket.work})
        finally:
            ticket.work.cancel()
        if ticket.result.done() or ticket.work.cancelled():
            return
        if (error := ticket.work.exception()) is not None:
            ticket.result.set_exception(self._said(error))
        else:
            file = ticket.work.result()
            ticket.result.set_result(file)
            if ticket.job.keep:
                self._memory.keep(ticket.job.key, file)

    def _said(self, error: BaseException) -> BaseException:
        if not isinstance(error, TimeoutError):
            return error
        log.warning("a job took too long and was killed")
        return Busy(_TOO_SLOW, self._retry_seconds)
