"""Does one job after the other until its pipe is closed: `python -m app.jobs.worker NICENESS`.

The settings come first on stdin, then jobs; the answers go to what was stdout, anything printed to stderr. Its priority
is low, so that live sessions come first, and its memory is bounded by the system itself. Not here: who starts and ends
it (`process`), what a job does (`tasks`).
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

import numpy as np

from app import logs
from app.errors import TooMuchMemory
from app.jobs.job import DONE, LENGTH, REFUSED, TIRED, encode_refusal, framed
from app.settings import Settings
from nncore.errors import InputError
from nncore.sentence import Sentence

try:
    import resource
except ImportError:  # Windows bounds no process this way
    resource = None  # type: ignore[assignment]

MEGABYTE = 1_000_000

_TOO_MUCH_MEMORY = Sentence(
    "refused.job_memory",
    "needs more than the {limit} MB of memory that this server allows; make the network smaller or use fewer points",
)

Task = Callable[[bytes, Settings], bytes]


def task(kind: str) -> Task:
    """What does a job of this kind."""
    work: Task = importlib.import_module(f"app.jobs.tasks.{kind}").work
    return work


def answer(frame: bytes, settings: Settings) -> bytes:
    """The answer to one job, as a frame's bytes."""
    kind, _, request = frame.partition(b"\n")
    try:
        return DONE + task(kind.decode())(request, settings)
    except InputError as error:
        return REFUSED + encode_refusal(error)
    except MemoryError:
        # What could not be had may have left the rest in pieces: a fresh process is cheaper than being sure.
        return TIRED + encode_refusal(TooMuchMemory("", _TOO_MUCH_MEMORY, limit=settings.job_bytes // MEGABYTE))


def read_frame(pipe: BinaryIO) -> bytes | None:
    """The next frame; None at the end."""
    length = pipe.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    return pipe.read(LENGTH.unpack(length)[0])


def bound(settings: Settings, niceness: int) -> None:
    """Give way to live sessions, and have the system refuse more memory than a job may take."""
    if hasattr(os, "nice"):
        os.nice(niceness)
    if resource is not None:
        # OpenBLAS takes its memory with the first large product, and ends the process where there is none left.
        np.ones((256, 256)) @ np.ones((256, 256))
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = settings.job_bytes if most == resource.RLIM_INFINITY else min(settings.job_bytes, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def main(niceness: int) -> None:
    """Work until there is no more, or until memory ran out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs = sys.stdin.buffer
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        first = read_frame(jobs)
        if first is None:
            return
        settings = Settings.model_validate_json(first)
        logs.set_up(settings, "worker")
        bound(settings, niceness)
        while (frame := read_frame(jobs)) is not None:
            said = answer(frame, settings)
            answers.write(framed(said))
            answers.flush()
            if said.startswith(TIRED):
                return


if __name__ == "__main__":
    main(int(sys.argv[1]))
