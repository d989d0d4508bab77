"""What a reader can get wrong, as one family of exceptions.

    InputError
    ├── UnknownName     a name that no registry holds; `known` lists those that are
    ├── UnknownField    a field that does not exist; `known` lists those that do
    ├── MissingField    a field that must be there
    ├── WrongType       `false` where a number belongs
    ├── OutOfRange      a number outside its bounds, NaN and infinity included
    └── BadSnapshot     bytes that are no snapshot, or one that does not fit

Our own mistakes are assertions, not these. Each error's text is one sentence that can be shown as it is; its key and
values are for those who say it in another language (`sentence`).
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, ClassVar, Self

from nncore.sentence import Sentence, Word


class InputError(ValueError):
    """A reader's mistake.

    `path` names the place (``layers[0].units``), `sentence` with its `values` says what is wrong and what is allowed,
    `known` lists the allowed names where there are any, and may stand in the sentence as {known}. `message` is the
    sentence in English, `code` is the kind of mistake as one word for machines.
    """

    code: ClassVar[str] = "invalid"

    def __init__(self, path: str, sentence: Sentence, known: Iterable[str] = (), **values: Word) -> None:
        self.path = path
        self.sentence = sentence
        self.known = tuple(known)
        self.values = values
        self.message = sentence.fill({"known": ", ".join(self.known), **values})
        super().__init__(f"{path}: {self.message}" if path else self.message)

    def under(self, prefix: str) -> Self:
        """The same mistake, seen from one level further out: ``units`` under ``layers[0]`` is ``layers[0].units``."""
        return self.at(join(prefix, self.path))

    def at(self, path: str) -> Self:
        """The same mistake at another place."""
        return type(self)(path, self.sentence, self.known, **self.values)


_UNKNOWN = Sentence("refused.unknown", "there is no {kind} called {name}; available: {known}")
_UNKNOWN_BUT_NEAR = Sentence(
    "refused.unknown_but_near", "there is no {kind} called {name} (did you mean '{near}'?); available: {known}"
)


class UnknownName(InputError):
    """A name that is not in its registry."""

    code = "unknown"

    @classmethod
    def of(cls, kind: str, name: object, known: Iterable[str], path: str = "") -> "UnknownName":
        """There is no `kind` called `name`; say which there are, the nearest first to be named."""
        names = tuple(known)
        near = nearest(name, names) if isinstance(name, str) else None
        if near is not None:
            return cls(path, _UNKNOWN_BUT_NEAR, names, kind=kind, name=shown(name), near=near)
        return cls(path, _UNKNOWN, names, kind=kind, name=shown(name))


class UnknownField(InputError):
    """A field that does not exist here."""

    code = "extra"


class MissingField(InputError):
    """A field that must be given and is not."""

    code = "missing"


class WrongType(InputError):
    """A value of another type than its field's."""

    code = "type"


class OutOfRange(InputError):
    """A value outside its allowed range."""

    code = "range"


class BadSnapshot(InputError):
    """Bytes that are not a snapshot, or a snapshot that does not fit."""

    code = "checkpoint"


LONGEST_NAME = 60
"""Characters of what may be a name with a slip of the pen; comparing longer texts takes time and finds nothing."""


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of the `known` names that is meant by `name`, where one is near it; `cutoff` from 0 to 1 is how near."""
    near = get_close_matches(name, list(known), n=1, cutoff=cutoff) if len(name) <= LONGEST_NAME else []
    return near[0] if near else None


def join(prefix: str, path: str) -> str:
    """Two parts of a path as one: a dot between names, none before an index."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[") else f"{prefix}.{path}"


def shown(value: object) -> str:
    """`value` as it may stand in a sentence: short, whatever a reader sent."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def described(value: object) -> str:
    """`value` as a JSON reader would call it, short enough for a sentence."""
    if isinstance(value, (bool, int, float, str)):
        return "true" if value is True else "false" if value is False else shown(value)
    return _TYPE_NAMES.get(type(value), shown(value))


_TYPE_NAMES: dict[type[Any], str] = {dict: "an object", list: "a list", type(None): "null"}
