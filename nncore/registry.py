"""Where entries register themselves and are found again by name.

A package of entries makes one Registry and calls `discover`; each file beside it then registers what it defines.
A new entry is a new file: no list is edited.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Generic, Protocol, TypeVar

from nncore.errors import UnknownName
from nncore.spec import Spec


class Entry(Protocol):
    """What can be registered: a class with a Spec. An instance of it is the entry with its knobs set."""

    spec: ClassVar[Spec]


E = TypeVar("E", bound=Entry)


class Registry(Generic[E]):
    """Entries of one kind, by name. Iterating yields the names, in the order of registration."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, type[E]] = {}

    def register(self, spec: Spec) -> Callable[[type[E]], type[E]]:
        """Class decorator: gives the class its `spec` and makes it known as `spec.name`."""

        def add(entry: type[E]) -> type[E]:
            assert spec.name not in self._entries, f"two entries are called {spec.name!r}"
            entry.spec = spec
            self._entries[spec.name] = entry
            return entry

        return add

    def discover(self, package: str, paths: list[str]) -> None:
        """Import every module of `package`, so that each registers its entry. In order of name: the same everywhere."""
        for module in sorted(info.name for info in pkgutil.iter_modules(paths)):
            importlib.import_module(f"{package}.{module}")

    def find(self, name: object, path: str = "") -> type[E]:
        """The entry called `name`; raises UnknownName with the known ones, naming `path`."""
        if not isinstance(name, str) or name not in self._entries:
            raise UnknownName.of(self.kind, name, self._entries, path)
        return self._entries[name]

    def build(self, name: str, knobs: Mapping[str, object] | None = None, path: str = "") -> E:
        """An instance of the entry `name` with its `knobs` checked and set, the others at their defaults."""
        entry = self.find(name, path)
        return entry(**entry.spec.check(knobs or {}, path))

    def names(self) -> tuple[str, ...]:
        """Every registered name."""
        return tuple(self._entries)

    def __getitem__(self, name: str) -> type[E]:
        return self.find(name)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
