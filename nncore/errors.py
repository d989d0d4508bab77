"""What a reader can get wrong, as one family of exceptions.

    InputError
    ├── UnknownName     a name that no registry holds; `known` lists those that are
    ├── UnknownField    a field that does not exist; `known` lists those that do
    ├── MissingField    a field that must be there
    ├── WrongType       `false` where a number belongs
    ├── OutOfRange      a number outside its bounds, NaN and infinity included
    └── BadSnapshot     bytes that are no snapshot, or one that does not fit

Our own mistakes are assertions, not these. Each error's text is one sentence that can be shown as it is.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Self


class InputError(ValueError):
    """A reader's mistake.

    `path` names the place (``layers[0].units``), `message` says what is wrong and what is allowed, `known` lists
    the allowed names where there are any, `code` is the kind of mistake as one word for machines.
    """

    code: ClassVar[str] = "invalid"

    def __init__(self, path: str, message: str, known: Iterable[str] = ()) -> None:
        self.path = path
        self.message = message
        self.known = tuple(known)
        super().__init__(f"{path}: {message}" if path else message)

    def under(self, prefix: str) -> Self:
        """The same mistake, seen from one level further out: ``units`` under ``layers[0]`` is ``layers[0].units``."""
        return type(self)(join(prefix, self.path), self.message, self.known)


class UnknownName(InputError):
    """A name that is not in its registry."""

    code = "unknown"

    @classmethod
    def of(cls, kind: str, name: object, known: Iterable[str], path: str = "") -> "UnknownName":
        """There is no `kind` called `name`; say which there are, the nearest first to be named."""
        names = tuple(known)
        near = get_close_matches(name, names, n=1) if isinstance(name, str) else []
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return cls(path, f"there is no {kind} called {shown(name)}{hint}; known are {', '.join(names)}", names)


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


def join(prefix: str, path: str) -> str:
    """Two parts of a path as one: a dot between names, none before an index."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[") else f"{prefix}.{path}"


def shown(value: object) -> str:
    """`value` as it may stand in a sentence: short, whatever a reader sent."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
