"""One task after the other in this very process: for tests, for a debugger, and as what others are held against."""

from collections.abc import Iterable, Iterator

from app.engines.engine import work
from nncore.study.tasks import Done, Task


class Serial:
    """No other process."""

    workers = 1

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """What comes of each task, in their order."""
        return map(work, tasks)


def engine(_workers: int | None, _address: str | None) -> Serial:
    """How `engine_named` makes one; workers it has none but this process."""
    return Serial()
