"""Which of a host's sessions train together: those of one shape whose runs stand at the same place of their epochs.

Whoever has the turn is trained, and with it others that may be trained on as many batches: for each of them that costs
a fraction of what it costs alone. Before a stack counts for the first time it is rehearsed beside the runs alone: where
a single bit differs on this machine, or it fails, its shape is trained alone from then on. Sessions never notice.

Not here: who has the turn and what it is charged (`host`, `turns`), how a stack trains (`nncore.stack`).
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from app.hosts.turns import Seat
from app.live.member import Member
from nncore.stack import Stack

log = logging.getLogger(__name__)

SIZES = (2, 3, 4, 6, 8, 12, 16, 24, 32)
"""A stack has room for so many runs; one that is too large is padded. Few sizes: each keeps arrays of its own."""

STACK_BYTES = 4_000_000
"""A stack takes so much at most: more leaves the cache, and gains less."""

MOST_BYTES = 16_000_000
"""All stacks of a host take about so much at most; the one that has not been used for longest goes first."""

REHEARSED = 4
"""Batches of a rehearsal."""

MOST_REFUSED = 256
"""Shapes that are remembered as ones to be trained alone."""

Key = tuple[str, int]


class Stacks:
    """Of one host."""

    def __init__(self) -> None:
        self._seats: dict[str, dict[Seat, None]] = {}
        self._shapes: dict[Seat, str] = {}
        self._stacks: OrderedDict[Key, Stack] = OrderedDict()
        self._proven: set[Key] = set()
        self._refused: OrderedDict[str, None] = OrderedDict()
        self._batch_seconds: dict[str, float] = {}
        """Of a shape, what a batch of the last stack took."""

    @property
    def nbytes(self) -> int:
        """The bytes of all stacks."""
        return sum(stack.nbytes for stack in self._stacks.values())

    def note(self, seat: Seat) -> None:
        """Its session has worked: what it trains may be of another shape now."""
        member, before = seat.session.member, self._shapes.get(seat)
        now = None if member is None else member.shape
        if now == before:
            return
        self.forget(seat)
        if now is not None:
            self._shapes[seat] = now
            self._seats.setdefault(now, {})[seat] = None

    def forget(self, seat: Seat) -> None:
        """It is gone."""
        shape = self._shapes.pop(seat, None)
        if shape is not None:
            del self._seats[shape][seat]
            if not self._seats[shape]:
                del self._seats[shape]

    def company(self, seat: Seat) -> list[Seat]:
        """The others of its shape; nobody where that has to train alone."""
        member = seat.session.member
        shape = None if member is None else member.shape
        if member is None or shape is None or shape in self._refused or not _room(member):
            return []
        return [other for other in self._seats.get(shape, ()) if other is not seat]

    def helping(self, seat: Seat, seconds: float) -> int:
        """How many batches `seat` is to be trained on in about so many seconds; 0 where something else comes first."""
        member = _member(seat)
        pace = self._batch_seconds.get(str(member.shape))
        return member.helping(REHEARSED if pace is None else max(1, int(seconds / max(pace, 1e-9))))

    def party(self, seat: Seat, others: Iterable[Seat], batches: int) -> list[Seat]:
        """Who trains now: `seat`, and as many of the `others` as may and have room; nobody where it would be alone."""
        member = _member(seat)
        run, room = member.run, _room(member)
        if not run.batch_bytes:
            return []
        ready = [one for one in others if not len(one.inbox) and _member(one).joins(run.offset, batches)]
        ready.sort(key=lambda one: one.rank)
        return [seat, *ready[: room - 1]] if ready else []

    def train(self, party: Sequence[Seat], batches: int, clock: Callable[[], float]) -> int:
        """Train everybody of `party` on up to so many batches; how many it was, 0 where it has failed."""
        members = [_member(seat) for seat in party]
        shape, runs = str(members[0].shape), [member.run for member in members]
        try:
            stack, key = self._stack(shape, members)
            begun = clock()
            if key in self._proven:
                stack.advance(runs, batches)
                self._batch_seconds[shape] = (clock() - begun) / batches
                return batches
            rehearsed = stack.rehearse(runs, min(batches, REHEARSED))
            self._batch_seconds[shape] = (clock() - begun) / max(1, rehearsed)
            for run in runs:
                run.advance(rehearsed or 1)
            # Only now has it made all of its arrays.
            self._make_room()
            if rehearsed:
                self._judge(key, agrees=stack.agrees(runs))
            return rehearsed or 1
        except Exception:
            log.exception("a stack of %d failed: its shape is trained alone from now on", len(party))
            self._refuse(shape)
            return 0

    def _stack(self, shape: str, members: Sequence[Member]) -> tuple[Stack, Key]:
        key = (shape, next(size for size in SIZES if size >= len(members)))
        stack = self._stacks.get(key)
        if stack is None:
            stack = self._stacks[key] = Stack(members[0].run, key[1])
        self._stacks.move_to_end(key)
        return stack, key

    def _make_room(self) -> None:
        while len(self._stacks) > 1 and self.nbytes > MOST_BYTES:
            self._drop(next(iter(self._stacks)))

    def _drop(self, key: Key) -> None:
        del self._stacks[key]
        self._proven.discard(key)
        if all(shape != key[0] for shape, _ in self._stacks):
            self._batch_seconds.pop(key[0], None)

    def _judge(self, key: Key, *, agrees: bool) -> None:
        if agrees:
            self._proven.add(key)
        else:
            log.warning("runs in a stack would round otherwise on this machine: %s", key[0])
            self._refuse(key[0])

    def _refuse(self, shape: str) -> None:
        self._refused[shape] = None
        if len(self._refused) > MOST_REFUSED:
            self._refused.popitem(last=False)
        for key in [key for key in self._stacks if key[0] == shape]:
            self._drop(key)


def _member(seat: Seat) -> Member:
    """The run of a session that trains."""
    member = seat.session.member
    assert member is not None, "who trains in company trains"
    return member


def _room(member: Member) -> int:
    """How many runs like this one a stack has room for; 0 for none."""
    return max((size for size in SIZES if size * member.run.batch_bytes <= STACK_BYTES), default=0)
