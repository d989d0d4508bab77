"""One client's visit: a session, a race or a memory, as its first message has it. Pure.

Not here: what each does (`session`, `race`, `memory`).
"""

import math
from collections.abc import Callable
from weakref import WeakSet

from app.errors import OutOfOrder
from app.live import commands
from app.live.account import Account
from app.live.answers import Long
from app.live.events import Refused
from app.live.inbox import Order, read
from app.live.machine import Machine, Outgoing, Training
from app.live.member import Member
from app.live.memory.memory import Memory
from app.live.race.race import Race
from app.live.session import Session
from app.settings import Settings
from nncore.sentence import Sentence

_ONE_KIND = Sentence(
    "refused.one_kind", "this connection has a {value}, and keeps to it; connect once more for another"
)


_MACHINES: dict[type[commands.Command], type[Machine]] = {
    commands.Open: Session,
    commands.Race: Race,
    commands.Memory: Memory,
}
"""By the command that opens each."""


class Visit:
    """Hands everything to its machine. Nothing is open before the first `open`, `race` or `memory`."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        clock: Callable[[], float],
        checks: "WeakSet[Long] | None" = None,
        room: Callable[[Account], float] = lambda _: math.inf,
    ) -> None:
        """As a `Session` takes them."""
        self.name = name
        self.account = Account(settings, room)
        self._settings, self._clock, self._checks = settings, clock, checks
        self._machine: Machine = self._session()

    @property
    def painting(self) -> bool:
        """Whether a picture is begun and not yet done."""
        return self._machine.painting

    def receive(self, message: str | bytes) -> list[Outgoing]:
        """Read and obey one message."""
        return self.obey(read(message, self._settings.message_bytes))

    def obey(self, order: Order) -> list[Outgoing]:
        """The same for a message that has been read."""
        wanted = _MACHINES.get(type(order.command))  # type: ignore[arg-type]  # None and parts are none of them
        if wanted is not None and not isinstance(self._machine, wanted):
            if self._machine.is_open:
                kind = type(self._machine).__name__.lower()
                return [Refused.of(OutOfOrder("type", _ONE_KIND, value=kind), order.name)]
            self._machine = self._session() if wanted is Session else self._other(wanted)
        return self._machine.obey(order)

    @property
    def member(self) -> Member | None:
        """Its run, for whoever trains several of a shape together; None while there is nothing to train."""
        return self._machine.member

    def trained(self, batches: int, seconds: float) -> list[Outgoing]:
        """Its `member` has been trained on so many batches, which took `seconds` as its share."""
        return self._machine.trained(batches, seconds)

    def advance(self, seconds: float, load: float = 0.0, training: Training = "alone") -> list[Outgoing]:
        """Work for about `seconds`."""
        return self._machine.advance(seconds, load, training)

    def due(self) -> float | None:
        """The moment from which a turn is wanted; None while there is nothing to do."""
        return self._machine.due()

    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""
        return self._machine.prompted()

    def shut_down(self) -> list[Outgoing]:
        """The last words."""
        return self._machine.shut_down()

    def _session(self) -> Session:
        return Session(self.name, self._settings, self._clock, self._checks, account=self.account)

    def _other(self, kind: type[Machine]) -> Machine:
        return kind(self.name, self._settings, self._clock, self.account)
