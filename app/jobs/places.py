"""So many at once, and so many of them for one visitor: whoever comes beyond is told when to come back.

Pure. Not here: what the places are for (`queue`, `app.web`).
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Busy
from nncore.sentence import Sentence


class Places:
    """The places, and who has taken them."""

    def __init__(self, most: int, most_each: int, full: Sentence, retry_seconds: float) -> None:
        """`most` in all, `most_each` for one visitor; `full` is what the next one is told."""
        self._most, self._most_each = most, most_each
        self._full, self._retry_seconds = full, retry_seconds
        self._taken: Counter[str] = Counter()

    def enter(self, visitor: str) -> None:
        """Take a place. Raises Busy where there is none."""
        if self._taken.total() >= self._most or self._taken[visitor] >= self._most_each:
            raise Busy(self._full, self._retry_seconds)
        self._taken[visitor] += 1

    def leave(self, visitor: str) -> None:
        """Give a place back."""
        self._taken[visitor] -= 1
        if self._taken[visitor] <= 0:
            del self._taken[visitor]

    @contextmanager
    def taken(self, visitor: str) -> Iterator[None]:
        """Have a place for as long as this lasts."""
        self.enter(visitor)
        try:
            yield
        finally:
            self.leave(visitor)
