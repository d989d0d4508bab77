"""One worker process from the outside: started when there is a job, killed when a job takes too long or is given up.

Not here: which job comes next (`queue`), what the process does (`worker`).
"""

import asyncio
import contextlib
import os
import signal

from app import child_process
from app.errors import JobLost
from app.jobs.job import DONE, LENGTH, TIRED, Job, framed, read_refusal
from app.settings import Settings

START_SECONDS = 20.0
"""Beyond a job's own seconds, for the first of a process: starting it on a busy machine."""


class Worker:
    """A place for one process, which comes and goes."""

    def __init__(self, settings: Settings, niceness: int) -> None:
        self._settings = settings
        self._niceness = niceness
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process's number, while there is one."""
        return self._process.pid if self._process else None

    async def do(self, job: Job) -> bytes:
        """The result of `job`.

        Raises the InputError that it ends with, TimeoutError where it takes too long, JobLost where the process ends.
        """
        fresh = self._process is None
        try:
            async with asyncio.timeout(job.seconds + (START_SECONDS if fresh else 0.0)):
                said = await self._exchange(job)
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.end()
            if isinstance(error, TimeoutError):
                raise
            raise JobLost from error
        except asyncio.CancelledError:
            await self.end()
            raise
        if said.startswith(TIRED):
            await self.end()
        if said.startswith(DONE):
            return said[1:]
        raise read_refusal(said[1:])

    async def end(self) -> None:
        """End the process, whatever it does; the next job starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if process.returncode is None:
                # Its own kill() asks the system first, and so takes the answer for which asyncio waits.
                os.kill(process.pid, signal.SIGKILL)
        await process.wait()

    async def _exchange(self, job: Job) -> bytes:
        if self._process is None:
            self._process = await self._start()
        pipes = self._process
        assert pipes.stdin is not None
        assert pipes.stdout is not None
        pipes.stdin.write(framed(job.encode()))
        await pipes.stdin.drain()
        (length,) = LENGTH.unpack(await pipes.stdout.readexactly(LENGTH.size))
        return await pipes.stdout.readexactly(length)

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *child_process.command("app.jobs.worker", str(self._niceness)),
            env=child_process.environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # Ctrl-C reaches every process of the terminal's group; it is the web process that ends this one.
            process_group=0,
        )
        assert process.stdin is not None
        process.stdin.write(framed(self._settings.model_dump_json().encode()))
        return process
