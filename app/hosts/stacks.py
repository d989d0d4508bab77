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
from nncore.trainer import Trainer

log = logging.getLogger(__name__)

SIZES = (2, 3, 4, 6, 8, 12, 16, 24, 32)
"""A stack has room for so many runs; one that is too large is padded. Few sizes: each keeps arrays of its own."""

STACK_BYTES = 4_000_000
"""A stack takes so much at most: more leaves the cache, and gains less."""

MOST_BYTES = 16_000_000
"""All stacks of a host take about so much at most; the one that has not been used for longest goes first."""

REHEARSED = 4
"""Batches of a rehearsal."""

TURNS = 2.0
"""So many times as long as one session's turn a stack's may take: it is several sessions' at once."""

MOST_REFUSED = 256
"""Shapes that are remembered as ones to be trained alone."""

Key = tuple[str, int]


class Stacks:
    """Of one host."""

    def __init__(self, turn_seconds: float) -> None:
        """`turn_seconds` is what one session's turn should take."""
        self._turn_seconds = turn_seconds
        self._seats: dict[str, dict[Seat, None]] = {}
        self._shapes: dict[Seat, str] = {}
        self._stacks: OrderedDict[Key, Stack] = OrderedDict()
        self._proven: set[Key] = set()
        self._refused: OrderedDict[str, None] = OrderedDict()
        self._batch_seconds: dict[str, float] = {}
        """Of a shape, what each batch of each run took in the last stack."""

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

    def plan(self, seat: Seat, others: Iterable[Seat]) -> tuple[list[Seat], int]:
        """Who trains now, `seat` first, and on how many batches: whole epochs where a turn has the time for one.

        Nobody where `seat` would be alone; no batches where it is not to be trained now.
        """
        member = _member(seat)
        run, room = member.run, _room(member)
        left, cost = run.steps_to_epoch_end, self._batch_seconds.get(str(member.shape), 0.0)
        seconds = TURNS * self._turn_seconds
        wanted = member.helping(left if 2 * cost * left <= seconds else max(1, int(seconds / (2 * cost))))
        if not wanted or not member.batch_bytes:
            return [], wanted
        ready = [one for one in others if _member(one).joins(run.offset, wanted)]
        if not ready:
            return [], wanted
        if cost:
            room = min(room, max(2, int(seconds / (cost * wanted))))
        party = [seat, *sorted(ready, key=lambda one: one.rank)[: room - 1]]
        if cost and wanted == left:
            more = member.helping(int(seconds / (cost * len(party))))
            if more > wanted and all(_member(one).joins(run.offset, more) for one in party[1:]):
                wanted = more
        return party, wanted

    def train(self, party: Sequence[Seat], batches: int, clock: Callable[[], float]) -> bool:
        """Train everybody of `party` on so many batches; whether it has been done."""
        members = [_member(seat) for seat in party]
        shape, runs = str(members[0].shape), [member.run for member in members]
        try:
            stack, key = self._stack(shape, members)
            if key not in self._proven:
                self._rehearse(key, stack, runs, batches)
                return True
            begun = clock()
            stack.advance(runs, batches)
            self._batch_seconds[shape] = max(1e-9, clock() - begun) / batches / len(runs)
            return True
        except Exception:
            log.exception("a stack of %d failed: its shape is trained alone from now on", len(party))
            self._refuse(shape)
            return False

    def _rehearse(self, key: Key, stack: Stack, runs: Sequence[Trainer], batches: int) -> None:
        """Train on so many batches, the first few of them in both ways."""
        rehearsed = stack.rehearse(runs, min(batches, REHEARSED))
        for run in runs:
            run.advance(rehearsed or batches)
        # Only now has it made all of its arrays.
        self._make_room()
        if not rehearsed:
            return
        agrees = stack.agrees(runs)
        self._judge(key, agrees=agrees)
        runs, left = [run for run in runs if run.diverged is None], batches - rehearsed
        if agrees:
            stack.advance(runs, left)
        else:
            for run in runs:
                run.advance(left)

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
    each = member.batch_bytes
    return next((size for size in reversed(SIZES) if size * each <= STACK_BYTES), 0)
