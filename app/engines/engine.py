"""The one door to all engines: what each does, and how one is called by its name.

Not here: the engines themselves, each in the file of its name, which is loaded when it is asked for.
"""

import os
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from app.errors import UsageError
from nncore.errors import nearest
from nncore.study.tasks import Done, Task, perform

HERE = Path(__file__)

ENGINES = tuple(sorted(module.name for module in iter_modules([str(HERE.parent)]) if module.name != HERE.stem))
"""What engines there are: each is the file of its name beside this one."""

ATTEMPTS = 3
"""Times that a task is tried whose worker dies under it: then it is rows with an error."""

AHEAD = 2
"""Tasks under way for each worker: the next one lies ready, and no more are held in memory."""


class Engine(Protocol):
    """Does tasks on `workers` cores. As an iterator of results it never holds more than a few tasks at a time."""

    workers: int

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What comes of each task, as it comes, in any order; none is lost and none comes twice."""


def engine_named(name: str, workers: int | None = None, address: str | None = None) -> Engine:
    """The engine of this name, with as many workers (by default, one a core). Raises UsageError with one sentence."""
    if name not in ENGINES:
        near = nearest(name, ENGINES)
        told = f" (did you mean {near}?)" if near else ""
        raise UsageError(f"there is no engine called {name[:40]!r}{told}; known are {', '.join(ENGINES)}")
    if workers is not None and workers < 1:
        raise UsageError(f"--workers: must be at least 1, not {workers}")
    if address is not None and name != "ray":
        raise UsageError("--address: only the engine ray has one")
    try:
        made: Engine = import_module(f"app.engines.{name}").engine(workers, address)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise UsageError(
            f"the engine {name} needs a package that is not installed: pip install 'neuron-playground[{name}]'"
        ) from None
    return made


def cores() -> int:
    """How many this process may use, however many the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(task: Task) -> Done:
    """Do a task in the process at hand: what engines send to their workers."""
    return perform(task, time.perf_counter)
