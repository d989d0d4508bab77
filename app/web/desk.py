"""Small work of the web process itself, such as reading a link: one piece at a time, and the live sockets in between.

Fifty requests that arrive together would else be worked off in one go, and every session would stand still for their
sum. In threads it would be no better: they take the interpreter from the loop. Not here: work that is not small
(`app.jobs`).
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from app.jobs.places import Places
from nncore.sentence import Sentence

T = TypeVar("T")

_TOO_MANY = Sentence("say.busy_requests", "Too many requests are waiting.")


class Desk:
    """Where requests queue for a piece of work."""

    def __init__(self, most: int, most_each: int, retry_seconds: float) -> None:
        """`most` may wait, `most_each` of one visitor."""
        self._places = Places(most, most_each, _TOO_MANY, retry_seconds)
        self._turn = asyncio.Lock()

    async def do(self, visitor: str, work: Callable[[], T]) -> T:
        """What `work` gives, once it is its turn. Raises Busy where too many wait."""
        with self._places.taken(visitor):
            async with self._turn:
                await asyncio.sleep(0)
                return work()
