"""A session's messages: read, and waiting for a turn in the order in which they came.

A short message is read as it comes, which costs next to nothing and tells what it will cost to obey it. A long one is
read in its turn: reading is work, too. Pure. Not here: how many may wait (`app.hosts.connection`), what an order does
(`session`).
"""

import math
from collections import deque
from dataclasses import dataclass

from app.links.memory import no_room
from app.live import commands
from app.live.commands import Ask, Change, Command, Edit, Memory, Open, Race, Reset, View
from app.live.upload import UPLOAD, Part
from nncore.errors import InputError

SHORT = 300
"""Characters up to which a message is read as it comes: room for any command but those that bring a run or points."""


@dataclass(frozen=True, slots=True)
class Order:
    """A message as it was read: a command, a part of a checkpoint, or the reason why it is neither."""

    name: str
    command: Command | Part | None
    error: InputError | None = None

    @property
    def alters_the_picture(self) -> bool:
        """Whether a picture that is being painted has to be finished first, for a frame shows one moment."""
        return isinstance(self.command, (Open, Race, Memory, Reset, Change, Edit, View))

    @property
    def is_costly(self) -> bool:
        """Whether obeying it may take longer than a turn."""
        return isinstance(self.command, (Open, Race, Memory, Reset)) or (
            isinstance(self.command, Ask) and self.command.what != "weights"
        )


def read(message: str | bytes, limit_bytes: int) -> Order:
    """What `message` orders; never raises."""
    if isinstance(message, bytes):
        return Order(UPLOAD, Part(message))
    try:
        name, command = commands.parse(message, limit_bytes)
    except InputError as error:
        return Order(commands.command_name(message), None, error)
    return Order(name, command)


def is_long(message: str | bytes) -> bool:
    """Whether a message takes memory worth counting, and time to be read."""
    return len(message) > SHORT


class Inbox:
    """Orders that wait."""

    def __init__(self, limit_bytes: int) -> None:
        """A message longer than `limit_bytes` is read as a mistake."""
        self._limit_bytes = limit_bytes
        self._waiting: deque[Order | str] = deque()
        self._lengths: deque[int] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def nbytes(self) -> int:
        """The memory of the long messages that wait."""
        return sum(self._lengths)

    def put(self, message: str | bytes, room: float = math.inf) -> None:
        """A message has come. One that is long and for which there is no `room` in memory is not kept, but refused."""
        if not is_long(message):
            self._put(read(message, self._limit_bytes), 0)
        elif len(message) > room:
            name = UPLOAD if isinstance(message, bytes) else commands.command_name(message)
            self._put(Order(name, None, no_room(len(message), room, "")), 0)
        elif isinstance(message, str):
            self._put(message, len(message))
        else:
            self._put(read(message, self._limit_bytes), len(message))

    def take(self, *, painting: bool) -> Order | None:
        """The next order to be obeyed; None while it has to wait for the picture that is being painted, or for ever."""
        if not self._waiting:
            return None
        first = self._waiting[0]
        if painting and (isinstance(first, str) or first.alters_the_picture):
            return None
        self._waiting.popleft()
        self._lengths.popleft()
        return read(first, self._limit_bytes) if isinstance(first, str) else first

    @property
    def is_costly(self) -> bool:
        """Whether the next order may take longer than a turn, as far as is known without reading it."""
        if not self._waiting:
            return False
        first = self._waiting[0]
        return isinstance(first, str) or first.is_costly

    def _put(self, what: Order | str, length: int) -> None:
        self._waiting.append(what)
        self._lengths.append(length)
