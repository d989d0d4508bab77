"""What a session and a race have in common: one client's messages in, what it is told out, by one clock.

`obey(order)` obeys or refuses; `advance(seconds)` works for about that long; `due()` says when the next turn is wanted,
so an idle host can sleep. A refused message changes nothing. Pure: no socket, no process, no wall clock. Not here: what
is trained and shown (`session`, `race`), who gets a turn (`app.hosts.turns`), how messages wait for it (`inbox`).
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app.errors import NoRoom
from app.live import commands
from app.live.account import Account
from app.live.events import Checkpoint, Event, Frame, Notice, Pong, Refused
from app.live.inbox import Order, read
from app.live.member import Member
from app.live.upload import UPLOAD, Part
from app.settings import Settings
from nncore.errors import InputError
from nncore.sentence import Sentence

NOTHING_OPEN = Sentence("refused.nothing_open", "no run is open yet; send open with a config first")
_UNWATCHED = Sentence(
    "say.unwatched", "Paused: nobody has been watching for {seconds} {seconds:second|seconds}. Press play to continue."
)
_RESTARTING = Sentence("say.restarting", "The server is restarting. Your run will continue by itself in a moment.")


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """There is no memory here for what a newcomer wants to open; nothing has been opened."""


Outgoing = Event | Frame | Checkpoint | TurnedAway
"""What is for the client; or a last word, to the host."""

STEERING = (
    commands.Open,
    commands.Race,
    commands.Memory,
    commands.Play,
    commands.Pause,
    commands.Step,
    commands.Reset,
)
"""What decides whether it plays, and what: a frame tells how many have come, so that nobody takes it for an answer to
one that came after it was begun."""

Training = Literal["alone", "to_epoch_end", "done"]
"""How a turn trains: as it likes; not beyond an epoch's end, where others wait for it; not, for it has been trained."""


class Machine(ABC):
    """Obeys one client."""

    def __init__(self, name: str, settings: Settings, clock: Callable[[], float], account: Account) -> None:
        """`clock` gives seconds; only differences matter."""
        self.name = name
        self.account = account
        self._settings = settings
        self._clock = clock
        self._saved_at = self._heard_at = clock()
        self._steered = 0
        """How many of STEERING have come, obeyed or refused."""

    def receive(self, message: str | bytes) -> list[Outgoing]:
        """Read and obey one message; what cannot be obeyed is answered by `refused`."""
        return self.obey(read(message, self._settings.message_bytes))

    def obey(self, order: Order) -> list[Outgoing]:
        """The same for a message that has been read."""
        if order.command is None:
            assert order.error is not None
            return [self._refused(order.error, order.name)]
        if isinstance(order.command, commands.Ping):
            # A forgotten page asks too: this alone is no sign of somebody watching.
            return [Pong()]
        self._heard_at = self._clock()
        out = self._finish_picture() if order.alters_the_picture else []
        self._steered += isinstance(order.command, STEERING)
        try:
            if isinstance(order.command, Part):
                self.account.take_up(order.command.data, self._heard_at)
                return out
            return out + self._obey(order.command)
        except InputError as error:
            return [*out, self._refused(error, order.name)]

    def shut_down(self) -> list[Outgoing]:
        """The server shuts down: a reason, and what is needed to go on elsewhere. Nothing is trained any more."""
        notice = Notice.of(_RESTARTING)
        self._rest()
        return [notice, self._checkpoint()] if self.is_open else [notice]

    def due(self) -> float | None:
        """The moment from which a turn is wanted; None while there is nothing to do."""
        moment = min(self.account.upload.due(), self._due())
        return None if moment == math.inf else moment

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether there is anything that could be trained."""

    @property
    @abstractmethod
    def painting(self) -> bool:
        """Whether a picture is begun and not yet done."""

    @abstractmethod
    def prompted(self) -> bool:
        """Whether a frame is owed that was asked for."""

    @property
    def member(self) -> Member | None:
        """Its run, for whoever trains several of a shape together; None while there is nothing to train."""
        return None

    def trained(self, batches: int, seconds: float) -> list[Outgoing]:
        """Its `member` has been trained on so many batches, which took `seconds` as its share."""
        raise AssertionError("who is no member is not trained by others")

    @abstractmethod
    def advance(self, seconds: float, load: float = 0.0, training: Training = "alone") -> list[Outgoing]:
        """Work for about `seconds`: paint what was asked for, train, paint what is due.

        `load` is the host's, for the frames to tell.
        """

    @abstractmethod
    def _obey(self, command: commands.Command) -> list[Outgoing]:
        """Raises InputError, and changes nothing then."""

    @abstractmethod
    def _due(self) -> float:
        """When its run wants a turn; infinity for never."""

    @abstractmethod
    def _finish_picture(self) -> list[Outgoing]:
        """What is being painted, to the end: a frame shows one moment."""

    @abstractmethod
    def _rest(self) -> None:
        """Train and paint no more."""

    @abstractmethod
    def _checkpoint(self) -> Checkpoint:
        """All that is needed to go on elsewhere, as it is now."""

    def _refused(self, error: InputError, name: str) -> Refused | TurnedAway:
        if name == UPLOAD:
            self.account.upload.spoil(error)
        # A newcomer has nothing to lose and may find room elsewhere; a run goes on as it is.
        if isinstance(error, NoRoom) and not self.is_open:
            return TurnedAway()
        return Refused.of(error, name)

    def _given_up(self) -> list[Refused]:
        """What has come up and stayed a piece for too long is dropped, with a word."""
        upload = self.account.upload
        late = upload.expire(self._clock()) if upload.nbytes else None
        return [] if late is None else [Refused.of(late, UPLOAD)]

    def _checkpoint_is_due(self, now: float, begun_at: float) -> bool:
        """Whether what has been trained since `begun_at`, or since the last one, is worth another."""
        return now - max(self._saved_at, begun_at) >= self._settings.checkpoint_seconds

    def _unwatched(self, now: float) -> Notice | None:
        """What is said where nobody has said anything for too long."""
        seconds = self._settings.idle_seconds
        return Notice.of(_UNWATCHED, stops=True, seconds=seconds) if now - self._heard_at >= seconds else None
