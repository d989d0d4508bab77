"""A Ray cluster: one that is there, by its address, or one that is started on this machine for as long as it takes.

Ray's core alone: no dashboard, no usage statistics, nothing from the internet. Every node needs this program installed
in the same version; that is asked before anything is sent.
"""

import os
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import ray

from app import __version__
from app.engines.engine import AHEAD, ATTEMPTS, work
from app.errors import UsageError
from nncore.study.tasks import Done, Task, lost

ENVIRONMENT = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Of every worker: one thread each."""


ANSWER_SECONDS = 10
"""A cluster that is there lets one in within so long; Ray itself would go on asking for minutes."""


class Ray:
    """A connection to a cluster; `workers` is how many tasks are done at a time."""

    def __init__(self, workers: int | None, address: str | None) -> None:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            _require_listening(address)
            ray.init(
                address=address or "local",
                num_cpus=workers if address is None else None,
                include_dashboard=None if address else False,
                logging_level="ERROR",
                log_to_driver=False,
                configure_logging=True,
                runtime_env={"env_vars": ENVIRONMENT},
            )
        # Ray's own failures to start are bare Exceptions.
        except Exception as error:  # noqa: BLE001
            place = "Ray does not start on this machine" if address is None else f"no Ray cluster answers at {address}"
            raise UsageError(f"{place}: {_line(error)}") from None
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._require_same_version()

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What comes of each task, as it comes."""
        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        # Ray itself tries again where a worker or a node dies.
        remote = ray.remote(max_retries=ATTEMPTS - 1, num_cpus=1)(work)
        try:
            while True:
                while len(running) < AHEAD * self.workers and (task := next(waiting, None)) is not None:
                    running[remote.remote(task)] = task
                if not running:
                    return
                ended, _ = ray.wait(list(running), num_returns=1)
                for reference in ended:
                    yield _result(reference, running.pop(reference))
        finally:
            for reference in running:
                ray.cancel(reference, force=True)
            ray.shutdown()

    def _require_same_version(self) -> None:
        try:
            there = ray.get(ray.remote(num_cpus=1)(_version).remote())
        except ray.exceptions.RayError as error:
            ray.shutdown()
            raise UsageError(f"the Ray cluster cannot run neuron-playground {__version__}: {_line(error)}") from None
        if there != __version__:
            ray.shutdown()
            raise UsageError(f"the Ray cluster has neuron-playground {there}, and this is {__version__}")


def engine(workers: int | None, address: str | None) -> Ray:
    """How `engine_named` makes one."""
    return Ray(workers, address)


def _require_listening(address: str | None) -> None:
    """Raise OSError where nobody listens at a HOST:PORT; where Ray looks for one itself, it knows at once."""
    host, colon, port = (address or "").removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS).close()


def _version() -> str:
    return __version__


def _result(reference: Any, task: Task) -> Done:
    try:
        done: Done = ray.get(reference)
    except ray.exceptions.WorkerCrashedError:
        return lost(task, f"the process that did it died, {ATTEMPTS} times")
    except ray.exceptions.RayError as error:
        return lost(task, f"{type(error).__name__}: {_line(error)}")
    return done


def _line(error: BaseException) -> str:
    """The last line of what Ray says: the rest are traces of its own."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1][:200]
