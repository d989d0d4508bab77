"""Long computations in pieces, for whoever shares a processor: generators that pause wherever others may have a turn.

    surfaces = whole(probe.pieces(trainer))     # all at once, and the same to the bit

What is being looked at must stay as it is until the last piece. Not here: who gets the next turn (`app.hosts.host`).
"""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Pieces = Generator[None, None, T]
"""Yields nothing, a few milliseconds of work apart; returns the result."""


def whole(pieces: Pieces[T]) -> T:
    """The result, at once."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            result: T = end.value
            return result
