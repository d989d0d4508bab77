"""What live sockets have sent and no session has taken yet: together no more than memory allows.

Where it is too much, whoever keeps most of it waiting gives way: what an honest client says is short, and soon whole
and taken. Not here: bodies of requests (`request_body`), what a session keeps of a checkpoint (`app.live.upload`).
"""

from collections.abc import Hashable
from typing import Generic, TypeVar

H = TypeVar("H", bound=Hashable)


class Unfinished(Generic[H]):
    """The bytes of every holder that has some."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: dict[H, int] = {}
        self.total = 0
        """Of all holders."""

    def note(self, holder: H, nbytes: int) -> list[H]:
        """`holder` has so many now; those that have to give way, who count no more."""
        self.total += nbytes - self._held.get(holder, 0)
        if nbytes:
            self._held[holder] = nbytes
        else:
            self._held.pop(holder, None)
        leaving = []
        while self.total > self._most_bytes:
            largest = max(self._held, key=self._held.__getitem__)
            self.total -= self._held.pop(largest)
            leaving.append(largest)
        return leaving
