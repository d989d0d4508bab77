"""Processes on this machine, one thread each, by loky: its pools notice a worker that dies, where others would hang.

A pool whose worker has died is of no use any more, and nobody can say which task it was that killed it. So what was
under way is tried again one by one, in a pool of a single worker each: the one that kills again is the one, and becomes
rows with an error after `ATTEMPTS`; all others are done as ever.
"""

import os
import signal
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait

from loky import ProcessPoolExecutor

from app.engines.engine import AHEAD, ATTEMPTS, cores, work
from nncore.study.tasks import Done, Task, lost

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""More would wait for each other: the arrays are small, and every core has a worker."""


LOOK_SECONDS = 1.0
"""How often a worker looks whether who started it is still there: one that was killed could not end it."""


class Local:
    """As many processes as `workers`."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What comes of each task, as it comes."""
        waiting = iter(tasks)
        suspects = yield from self._until_broken(waiting, self.workers)
        while suspects:
            for task in suspects:
                yield from self._alone(task)
            suspects = yield from self._until_broken(waiting, self.workers)

    def _until_broken(self, waiting: Iterator[Task], workers: int) -> Generator[Done, None, list[Task]]:
        """Do tasks until there are none left, or a worker dies; returns those that were under way then."""
        running: dict[Future[Done], Task] = {}
        pool = _pool(workers)
        try:
            while True:
                while len(running) < AHEAD * workers and (task := next(waiting, None)) is not None:
                    try:
                        running[pool.submit(work, task)] = task
                    except BrokenExecutor:
                        return [*running.values(), task]
                if not running:
                    return []
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in sorted(ended, key=lambda one: running[one].index):
                    if isinstance(future.exception(), BrokenExecutor):
                        continue
                    task = running.pop(future)
                    yield future.result() if future.exception() is None else lost(task, _said(future))
                if any(future in running for future in ended):
                    # A few may have ended well before the pool broke.
                    yield from self._ended_well(running)
                    return sorted(running.values(), key=lambda task: task.index)
        finally:
            pool.shutdown(wait=True, kill_workers=True)

    def _ended_well(self, running: dict[Future[Done], Task]) -> Iterator[Done]:
        for future in [one for one in running if one.done() and one.exception() is None]:
            del running[future]
            yield future.result()

    def _alone(self, task: Task) -> Iterator[Done]:
        for _ in range(ATTEMPTS - 1):
            suspects = yield from self._until_broken(iter([task]), 1)
            if not suspects:
                return
        yield lost(task, f"the process that did it died, {ATTEMPTS} times")


def engine(workers: int | None, _address: str | None) -> Local:
    """How `engine_named` makes one."""
    return Local(workers or cores())


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=workers, env=ONE_THREAD, initializer=_begin, initargs=(os.getpid(),))


def _begin(driver: int) -> None:
    """In a new worker of the process `driver`."""
    # Ctrl-C reaches the whole group of processes: it is for who started them to end, without a word from these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(driver,), daemon=True).start()


def _end_with(driver: int) -> None:
    while os.getppid() == driver:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def _said(future: "Future[Done]") -> str:
    error = future.exception()
    return f"{type(error).__name__}: {error}"
