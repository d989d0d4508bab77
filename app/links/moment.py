"""The moment at which a run at play is to stop by itself, as a message or a link names it.

Not here: how it is noticed that it has come (`app.live.until`).
"""

from typing import Any

from nncore.errors import OutOfRange, described
from nncore.sentence import Sentence

NAMED = ("solved", "plateau")
"""What may have to come; the other moments are epochs."""

HIGH = 10**9
"""The last epoch that can be named."""

_NO_MOMENT = Sentence("refused.no_until", "must be an epoch from 1 to {high}, solved or plateau, not {value}")

Moment = int | str
"""An epoch, or one of `NAMED`."""


def check_moment(value: Any, path: str) -> Moment | None:
    """`value` as a moment, None for never. Raises OutOfRange."""
    if value is None or (isinstance(value, str) and value in NAMED):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= HIGH:
        return value
    raise OutOfRange(path, _NO_MOMENT, high=HIGH, value=described(value))
