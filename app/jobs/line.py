"""Who is next: visitors take turns, so that one who asks for much waits for his own, and not everybody for him.

Pure. Not here: what they wait for (`queue`).
"""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Line(Generic[T]):
    """What waits, by visitor."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        self._last = ""
        """Who had the last turn."""

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def join(self, visitor: str, item: T) -> None:
        """Behind what `visitor` waits for already; a newcomer behind all others but the one who just had a turn."""
        newcomer = visitor not in self._waiting
        self._waiting.setdefault(visitor, deque()).append(item)
        if newcomer and visitor != self._last and self._last in self._waiting:
            self._waiting.move_to_end(self._last)

    def next(self) -> T:
        """The first of the visitor whose turn it is, who is then the last to have another."""
        visitor, items = next(iter(self._waiting.items()))
        item = items.popleft()
        self._waiting.move_to_end(visitor)
        self._last = visitor
        if not items:
            del self._waiting[visitor]
        return item

    def leave(self, visitor: str, item: T) -> None:
        """Take back what waits."""
        self._waiting[visitor].remove(item)
        if not self._waiting[visitor]:
            del self._waiting[visitor]
