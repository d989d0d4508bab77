"""What the server says: events in, JSON out, and the two kinds of binary message. docs/reference/protocol.md is their
prose.

Pure. Not here: what a client says (`commands`), nor what a binary message holds (`frames`, `nncore.snapshot`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from app import errors
from app.strict_json import written
from nncore.divergence import Divergence
from nncore.errors import InputError
from nncore.sentence import Sentence, Word


@dataclass(frozen=True, slots=True)
class Event:
    """What the server says. `name` is the message's type."""

    name: ClassVar[str] = ""

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON. Not a copy: points and a Config may be thousands of lists."""
        return {"type": self.name, **{field.name: getattr(self, field.name) for field in fields(self)}}


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """A session has begun."""

    name: ClassVar[str] = "opened"
    session: str
    config: dict[str, Any]
    link: str | None
    page: dict[str, str]
    notices: Sequence[dict[str, Any]]
    layout: dict[str, Any]
    parameters: int
    points: dict[str, list[list[float]]]
    resumed: bool
    epoch: int
    playing: bool
    target: int | None
    speed: float | None
    until: int | str | None
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed(Event):
    """A setting has been changed. With other points, it brings them: those for training and those for testing."""

    name: ClassVar[str] = "changed"
    path: str
    value: Any
    config: dict[str, Any]
    link: str | None
    points: dict[str, list[list[float]]] | None = None
    layout: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer(Event):
    """The answer to an `ask` of the same `id` and `what`."""

    name: ClassVar[str] = "answer"
    id: int
    what: str
    answer: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The answer's own fields stand beside the others."""
        return {"type": self.name, "id": self.id, "what": self.what, **self.answer}


@dataclass(frozen=True, slots=True)
class Diverged(Event):
    """Training has stopped at a loss that is not finite."""

    name: ClassVar[str] = "diverged"
    epoch: int
    step: int
    layer: int
    message: str
    advice: str
    key: str
    values: Mapping[str, Word]
    remedies: Sequence[dict[str, Any]]

    @classmethod
    def of(cls, found: Divergence, advice: str, remedies: Sequence[dict[str, Any]]) -> "Diverged":
        """What was found, and what to try (`advice`)."""
        place = (found.epoch, found.step, found.layer)
        return cls(*place, found.message, advice, found.sentence.key, found.values, remedies)


@dataclass(frozen=True, slots=True)
class Notice(Event):
    """A sentence worth showing. `stops`: the run has just come to rest by itself."""

    name: ClassVar[str] = "notice"
    message: str
    key: str
    values: Mapping[str, Word]
    stops: bool

    @classmethod
    def of(cls, sentence: Sentence, *, stops: bool = False, **values: Word) -> "Notice":
        """`sentence`, filled with `values`."""
        return cls(sentence.fill(values), sentence.key, values, stops)


@dataclass(frozen=True, slots=True)
class Refused(Event):
    """A message was not obeyed and has changed nothing."""

    name: ClassVar[str] = "refused"
    command: str
    code: str
    path: str
    message: str
    known: tuple[str, ...]
    key: str
    values: Mapping[str, Word]

    @classmethod
    def of(cls, error: InputError, command: str = "") -> "Refused":
        """`error` as an answer. What a client sent is echoed only in part, whatever its length."""
        return cls(
            command=command[:40],
            code=error.code,
            path=_clipped(error.path, 120),
            message=_clipped(str(error), 600),
            known=error.known,
            key=error.sentence.key,
            values={name: _word(value) for name, value in error.values.items()},
        )


@dataclass(frozen=True, slots=True)
class LinedUp(Event):
    """A race has begun."""

    name: ClassVar[str] = "lined_up"
    session: str
    link: str | None
    page: dict[str, str]
    lanes: Sequence[dict[str, Any]]
    differences: Sequence[str]
    points: dict[str, list[list[float]]]
    epochs: int
    seeds: int
    bar: float
    fresh: str
    budget: dict[str, Any] | None
    resumed: bool
    epoch: int
    playing: bool
    target: int | None
    speed: float | None
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing(Event):
    """A lane has solved its task, or has diverged and trains no more."""

    name: ClassVar[str] = "standing"
    lane: str
    solved: int | None
    diverged: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Tally(Event):
    """How far the lanes' repetitions have come; when they end, what they say together."""

    name: ClassVar[str] = "tally"
    seeds: int
    fresh: str
    progress: float
    done: bool
    stopped: bool
    lanes: Sequence[dict[str, Any]]
    a_beats_b: float | None


@dataclass(frozen=True, slots=True)
class Remembered(Event):
    """A memory has been opened."""

    name: ClassVar[str] = "remembered"
    session: str
    link: str
    page: dict[str, str]
    machine: str
    settings: Mapping[str, Any]
    knobs: Sequence[dict[str, Any]]
    patterns: Sequence[str]
    start: str | None
    resumed: bool
    epoch: int
    playing: bool
    speed: float | None
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured(Event):
    """How far measuring what a memory holds has come: `points` hold the shares recalled, from few patterns to many."""

    name: ClassVar[str] = "measured"
    rule: str
    units: int
    seeds: int
    progress: float
    done: bool
    stopped: bool
    limit: float
    points: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pong(Event):
    """Somebody is."""

    name: ClassVar[str] = "pong"


@dataclass(frozen=True, slots=True)
class Busy(Event):
    """There is no room; the socket closes after this."""

    name: ClassVar[str] = "busy"
    retry_after: float
    message: str
    key: str
    values: Mapping[str, Word]

    @classmethod
    def of(cls, busy: errors.Busy) -> "Busy":
        """`busy`, as an answer."""
        return cls(busy.retry_seconds, str(busy), busy.sentence.key, busy.values)


# A class with slots is made twice, so the first of each may still be among them.
EVENTS = tuple(dict.fromkeys(event.name for event in Event.__subclasses__()))


@dataclass(frozen=True, slots=True)
class Frame:
    """A binary message that shows the run at one moment (`frames`)."""

    name: ClassVar[str] = "frame"
    data: bytes


@dataclass(frozen=True, slots=True)
class Repetitions(Frame):
    """A binary message that shows a lane's repetitions (`app.live.race.repetitions`)."""

    name: ClassVar[str] = "repetitions"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A binary message that holds all that the run needs to go on elsewhere (`nncore.snapshot`)."""

    name: ClassVar[str] = "checkpoint"
    data: bytes


BINARY: tuple[str, ...] = (Frame.name, Repetitions.name, Checkpoint.name)
"""The kinds of binary message."""


def encode(event: Event) -> str:
    """`event` as the text of a message."""
    return written(event.to_json())


def _word(value: Word) -> Word:
    """`value` as JSON bears it: not too long, and what is no finite number as a text."""
    if isinstance(value, str):
        return _clipped(value, 200)
    return value if isinstance(value, int) or math.isfinite(value) else str(value)


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."
