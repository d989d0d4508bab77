"""A checkpoint on its way up: binary messages, one after the other, until an `open` says that this was all.

Bounded in bytes and in time, so that what never becomes whole is not kept. Pure: time comes in as numbers. Not here:
what a checkpoint holds (`nncore.snapshot`), nor how long a single message may be (`app.web`).
"""

import math
from dataclasses import dataclass

from app.errors import TooLarge
from app.links.memory import no_room
from app.settings import Settings
from app.strict_json import TOO_LONG
from nncore.errors import BadSnapshot, InputError
from nncore.sentence import Sentence

_TOO_LONG = Sentence("refused.long_upload", "is longer than the {limit} bytes that this server reads")
_OTHER_LENGTH = Sentence("refused.other_length", "must equal the number of bytes uploaded, {count}, not {value}")
_LATE = Sentence(
    "refused.late_upload",
    "was dropped: after {count} {count:byte|bytes}, nothing followed for {seconds} {seconds:second|seconds}",
)

PATH = "uploaded"

UPLOAD = "upload"
"""The command that is named where a part is refused: it is no command of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A binary message."""

    data: bytes


class Upload:
    """What has come so far. A part too many spoils it until the next `open`."""

    def __init__(self, settings: Settings) -> None:
        self._limit, self._part_limit = settings.checkpoint_bytes, settings.message_bytes
        self._patience_seconds = settings.upload_seconds
        self._data = bytearray()
        self._last = -math.inf
        self._spoilt: InputError | None = None

    @property
    def nbytes(self) -> int:
        """How much has come."""
        return len(self._data)

    def add(self, part: bytes, now: float, room: float = math.inf) -> None:
        """Take one more part, for which there is so much `room` in memory.

        Raises TooLarge or NoRoom where it does not fit; what comes after it is passed over.
        """
        if self._spoilt is not None:
            return
        if (error := self._unfit(part, room)) is not None:
            self.spoil(error)
            raise error
        self._data += part
        self._last = now

    def spoil(self, error: InputError) -> None:
        """Drop it all; the `open` that wants it is told why."""
        self.forget()
        self._spoilt = error

    def take(self, length: int) -> bytes:
        """The whole, which is given away. Raises InputError where it is spoilt or of another length."""
        data, spoilt = bytes(self._data), self._spoilt
        self.forget()
        if spoilt is not None:
            raise spoilt
        if len(data) != length:
            raise BadSnapshot(PATH, _OTHER_LENGTH, count=len(data), value=length)
        return data

    def forget(self) -> None:
        """Drop it: an `open` wants another run."""
        self._data, self._spoilt = bytearray(), None

    def due(self) -> float:
        """When it is given up unless more of it comes; infinity while there is none."""
        return self._last + self._patience_seconds if self._data else math.inf

    def expire(self, now: float) -> InputError | None:
        """Give it up if it is time to; why."""
        if now < self.due():
            return None
        late = BadSnapshot(PATH, _LATE, count=self.nbytes, seconds=self._patience_seconds)
        self.forget()
        return late

    def _unfit(self, part: bytes, room: float) -> InputError | None:
        if len(part) > self._part_limit:
            return TooLarge(PATH, TOO_LONG, limit=self._part_limit)
        if self.nbytes + len(part) > self._limit:
            return TooLarge(PATH, _TOO_LONG, limit=self._limit)
        return no_room(len(part), room, PATH) if len(part) > room else None
