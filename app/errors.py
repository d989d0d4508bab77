"""What can go wrong around nncore, in one tree.

nncore.errors.InputError      a reader's mistake; the live socket answers it with `refused`
├── BrokenJson                text that is not one JSON value
├── LiveSessionGone           a request to a live session that has ended, or never was
├── NoRoom                    more memory than others have left
├── OutOfOrder                a command that cannot be obeyed in this state
├── PictureTooCostly          a picture that would take longer than it may
├── TooLarge                  more bytes than the limit
├── TooLate                   bytes that took longer to arrive than they may
└── TooMuchMemory             a picture or a file that would take more memory than it may

AppError
├── Busy                      no room for another session; come back in `retry_seconds`
├── ClientLeft                nobody is there any more to hear what a session says
├── HostLost                  the process that held the session is gone
├── JobLost                   the process that made a picture or a file is gone
├── Parted                    the session has said its last word: the server is shutting down
└── UsageError                a command line that cannot be obeyed: one sentence, exit code 2
"""

from nncore.errors import InputError
from nncore.sentence import Sentence, Word


class BrokenJson(InputError):
    """Text that is not one JSON value, or one that JSON does not allow (NaN, Infinity)."""

    code = "json"


class LiveSessionGone(InputError):
    """A request to a live session that has ended, or never was."""

    code = "gone"


class NoRoom(InputError):
    """More memory than others have left: the same may be obeyed later, or by another host."""

    code = "room"


class OutOfOrder(InputError):
    """A command that cannot be obeyed in this state."""

    code = "order"


class PictureTooCostly(InputError):
    """A picture that would take longer than it may; says what to ask for instead."""

    code = "cost"


class TooLarge(InputError):
    """More bytes than the limit."""

    code = "size"


class TooLate(InputError):
    """Bytes that took longer to arrive than they may."""

    code = "late"


class TooMuchMemory(InputError):
    """A picture or a file that would take more memory than it may; says what to ask for instead."""

    code = "memory"


class AppError(Exception):
    """The root of what is not a reader's mistake in a message."""


class Busy(AppError):
    """No room for another session."""

    def __init__(self, sentence: Sentence, retry_seconds: float, **values: Word) -> None:
        super().__init__(sentence.fill(values))
        self.retry_seconds = retry_seconds
        self.sentence = sentence
        self.values = values


class ClientLeft(AppError):
    """Nobody is there any more to hear what a session says."""


class HostLost(AppError):
    """The process that held the session is gone."""


class JobLost(AppError):
    """The process that made a picture or a file is gone."""


class Parted(AppError):
    """The session has said its last word: the server is shutting down."""


class UsageError(AppError):
    """A command line that cannot be obeyed, in one sentence."""
