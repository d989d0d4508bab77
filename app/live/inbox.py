"""A session's messages: read, and waiting for a turn in the order in which they came.

A short message is read as it comes, which costs next to nothing and tells what it will cost to obey it. A long one is
read in its turn: reading is work, too. Pure. Not here: how many may wait (`app.hosts.connection`), what an order does
(`session`).
"""

from collections import deque
from dataclasses import dataclass

from app.live import commands
from app.live.commands import Ask, Change, Command, Edit, Open, Reset, View
from nncore.errors import InputError

SHORT = 300
"""Characters up to which a message is read as it comes: room for any command but those that bring a run or points."""


@dataclass(frozen=True, slots=True)
class Order:
    """A message as it was read: a command, or the reason why it is none."""

    name: str
    command: Command | None
    error: InputError | None = None

    @property
    def alters_the_picture(self) -> bool:
        """Whether a picture that is being painted has to be finished first, for a frame shows one moment."""
        return isinstance(self.command, (Open, Reset, Change, Edit, View))

    @property
    def is_costly(self) -> bool:
        """Whether obeying it may take longer than a turn."""
        return isinstance(self.command, (Open, Reset)) or (
            isinstance(self.command, Ask) and self.command.what != "weights"
        )


def read(text: str, limit_bytes: int) -> Order:
    """What `text` orders; never raises."""
    try:
        name, command = commands.parse(text, limit_bytes)
    except InputError as error:
        return Order(commands.command_name(text), None, error)
    return Order(name, command)


class Inbox:
    """Orders that wait."""

    def __init__(self, limit_bytes: int) -> None:
        """A message longer than `limit_bytes` is read as a mistake."""
        self._limit_bytes = limit_bytes
        self._waiting: deque[Order | str] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, text: str) -> None:
        """A message has come."""
        self._waiting.append(read(text, self._limit_bytes) if len(text) <= SHORT else text)

    def take(self, *, painting: bool) -> Order | None:
        """The next order to be obeyed; None while it has to wait for the picture that is being painted, or for ever."""
        if not self._waiting:
            return None
        first = self._waiting[0]
        if painting and (isinstance(first, str) or first.alters_the_picture):
            return None
        self._waiting.popleft()
        return read(first, self._limit_bytes) if isinstance(first, str) else first

    @property
    def is_costly(self) -> bool:
        """Whether the next order may take longer than a turn, as far as is known without reading it."""
        if not self._waiting:
            return False
        first = self._waiting[0]
        return isinstance(first, str) or first.is_costly
