"""A memory from a `memory` command: by a link, by its settings and patterns, or as it was saved; checked, not built.

Pure. Not here: the machine (`memory`), how its link is written (`app.links.memory_link`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.links import memory_link
from app.links.limits import check_target
from app.links.memory_link import MemoryLink
from app.live.commands import Memory
from app.live.memory import boltzmann, hebb, hopfield, saved
from app.live.memory.work import Shown, Work
from app.live.upload import Upload
from app.settings import Settings
from nncore.errors import MissingField, OutOfRange
from nncore.memory.glyphs import glyphs
from nncore.sentence import Sentence
from nncore.tape import Array

_NOTHING = Sentence(
    "refused.nothing_to_remember", "memory needs a link, a machine or a checkpoint that has come up, one of them"
)
_ODD_PATTERN = Sentence("refused.odd_pattern", "must be {count} characters, each 0 or 1, row by row from the top")

WORKS: dict[str, tuple[Callable[[MemoryLink], Work], Callable[[MemoryLink], int]]] = {
    "hopfield": (hopfield.HopfieldWork, hopfield.price_of),
    "boltzmann": (boltzmann.BoltzmannWork, boltzmann.price_of),
    "hebb": (hebb.HebbWork, hebb.price_of),
}
"""By machine: who works, and what that takes in bytes."""


@dataclass(frozen=True)
class Start:
    """What a memory begins with; `found` is what was saved of one."""

    memory: MemoryLink
    found: Shown | None = None

    @property
    def price(self) -> int:
        """Bytes."""
        return WORKS[self.memory.machine][1](self.memory)

    def build(self) -> Work:
        """The machine, as it begins or goes on; raises InputError where what was saved is damaged."""
        work = WORKS[self.memory.machine][0](self.memory)
        if self.found is not None:
            try:
                work.restore(self.found.body, self.found.arrays)
            except OutOfRange as error:
                raise error.under("uploaded") from None
        return work


def requested_memory(command: Memory, upload: Upload, settings: Settings) -> Start:
    """What `command` asks for; nothing is built yet. Raises InputError with its path."""
    given = [command.link is not None, command.machine is not None, command.uploaded is not None]
    if sum(given) != 1:
        raise MissingField("link", _NOTHING, ("link", "machine", "uploaded"))
    if command.uploaded is not None:
        return Start(*saved.read(upload.take(command.uploaded)))
    upload.forget()
    memory = memory_link.read(command.link) if command.link is not None else _by_settings(command)
    check_target(memory.at, settings, "at")
    return Start(memory)


def _by_settings(command: Memory) -> MemoryLink:
    assert command.machine is not None
    settings: Mapping[str, Any] = command.settings or {}
    known = memory_link.settings_of(command.machine, settings)
    side = int(known.get("side", 0))  # type: ignore[arg-type]  # a whole number, or not there
    given = command.patterns
    patterns = None if given is None else _rows(given, side, "patterns")
    if patterns is not None and np.array_equal(patterns, glyphs(side)):
        patterns = None
    start = None if command.start is None else _rows([command.start], side, "start")[0]
    memory = MemoryLink(command.machine, known, patterns, start)
    memory_link.check(memory)
    return memory


def _rows(texts: list[str], side: int, path: str) -> Array:
    memory_link.check_count(len(texts), path)
    units = side * side
    for index, text in enumerate(texts):
        if len(text) != units or set(text) - {"0", "1"}:
            raise OutOfRange(f"{path}[{index}]" if path == "patterns" else path, _ODD_PATTERN, count=units)
    bits = [[1.0 if bit == "1" else -1.0 for bit in text] for text in texts]
    return np.array(bits).reshape(len(texts), units)
