"""Who gets the next turn: whoever has had least of the processor, in the manner of a fair queue's virtual time.

Everything that is done for a session is counted as its own. Some of it cannot be cut into turns (to build a large
network, one batch of many points); many sessions that all ask for that must not keep the others waiting: between two
slow turns, whoever is quick and has waited a while goes first. Pure; time comes in as numbers. Not here: what is done
in a turn (`host`).
"""

import math
from collections.abc import Collection
from dataclasses import dataclass, field

from app.live.inbox import Inbox
from app.live.visit import Visit

PROMPT_SECONDS = 0.1
"""A session that owes a frame may be this far ahead of its share: a change shows at once, nobody cuts in for ever."""

PATIENCE_SECONDS = 0.05
"""How long a quick session lets slow ones go first, if it is their turn."""

SLOW_TURNS = 2.0
"""A turn that takes so many times as long as it should is a slow one."""

SLOW_MEMORY = 100.0
"""Whoever has had a slow turn counts as slow for so many times as long as it took."""


@dataclass(slots=True, eq=False)
class Seat:
    """A session, the messages that wait for it, and the seconds of work it has had."""

    number: int
    session: Visit
    inbox: Inbox
    spent: float
    due: float = math.inf
    """When it next wants a turn, noted after everything it did: looking at all of them must be cheap."""
    prompted: bool = False
    slow_until: float = -math.inf
    noted_at: float = field(default=-math.inf)
    round: int = 0
    """How many slow turns there had been when it last had one of its own."""

    def note(self, now: float, *, worked: bool) -> None:
        """Ask the session what it wants next, after a turn or only a message."""
        if worked or self.due > now:
            self.noted_at = now
        if len(self.inbox):
            self.due = -math.inf
        else:
            due = self.session.due()
            self.due = math.inf if due is None else due
        self.prompted = self.session.prompted()

    @property
    def rank(self) -> float:
        """Its place in the queue: the least comes first."""
        return self.spent - (PROMPT_SECONDS if self.prompted else 0.0)

    def is_slow(self, now: float) -> bool:
        """Whether its next turn may take much longer than a turn should."""
        return now < self.slow_until or self.inbox.is_costly

    def waits_since(self) -> float:
        """Since when it has wanted a turn."""
        return max(self.due, self.noted_at)


class Turns:
    """The order of turns."""

    def __init__(self, turn_seconds: float) -> None:
        """`turn_seconds` is what a turn should take."""
        self._turn_seconds = turn_seconds
        self._slow_turns = 0
        self.floor = 0.0
        """What those had had who had had least: a newcomer starts here."""

    def next(self, seats: Collection[Seat], now: float) -> Seat | None:
        """Whose turn it is; None where nobody wants one."""
        chosen, lowest = None, math.inf
        for seat in seats:
            if seat.due > now:
                continue
            # Who slept has saved nothing up: it starts level with those that worked.
            seat.spent = max(seat.spent, self.floor)
            lowest = min(lowest, seat.spent)
            if chosen is None or seat.rank < chosen.rank:
                chosen = seat
        if chosen is None:
            return None
        self.floor = lowest
        if chosen.is_slow(now):
            passed_over = [seat for seat in seats if seat.due <= now and self._is_passed_over(seat, now)]
            if passed_over:
                chosen = min(passed_over, key=lambda seat: seat.rank)
            else:
                self._slow_turns += 1
        chosen.round = self._slow_turns
        return chosen

    def worked(self, seat: Seat, begun: float, now: float) -> None:
        """`seat` has worked from `begun` until `now`."""
        seat.spent += now - begun
        if now - begun > SLOW_TURNS * self._turn_seconds:
            seat.slow_until = now + SLOW_MEMORY * (now - begun)

    def _is_passed_over(self, seat: Seat, now: float) -> bool:
        waits_long = seat.waits_since() <= now - PATIENCE_SECONDS
        return waits_long and seat.round < self._slow_turns and not seat.is_slow(now)
