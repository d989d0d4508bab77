"""Links of a memory: which machine, its settings, and the patterns that the reader has drawn, packed.

    machine=hopfield&rule=hebb&side=10&patterns=AAH...&cue=2&flip=30&erase=bottom

Every key but `machine` is one of that machine's. Pure. Not here: the machines (`nncore.memory`), who runs them
(`app.live.memory`).
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.labs import registry
from app.links import link
from app.links.keys import PAGE_KEYS
from app.links.notation import read_value, value_text
from app.links.race_link import PAGES
from nncore.errors import InputError, OutOfRange, UnknownName
from nncore.memory.glyphs import glyphs
from nncore.memory.knobs import KNOBS, MACHINES
from nncore.sentence import Sentence
from nncore.spec import Knob, Value
from nncore.tape import Array

PAGE = "memory"
"""Where it is, for labs."""

BESIDE = (*PAGES, "lock", "lab", "step")
"""The page's keys that a memory has, too."""

MOST_PATTERNS = 32

AT = Knob("at", "At", "int", 0, 0, 10**5, sentence="Runs to the end of this sweep or epoch before it is shown.")

_NOT_PACKED = Sentence(
    "refused.not_packed_pattern",
    "cannot be read as patterns of {side} by {side}: the link has been cut short or altered",
)
_TOO_MANY = Sentence("refused.number_of_patterns", "must hold at most {high} patterns, not {count}")
_ONE_START = Sentence("refused.one_start", "must hold one pattern, not {count}")
_NO_PATTERN = Sentence("refused.no_pattern", "there is no pattern {value}; there {count:is|are} {count}")

DRAWN = {
    "patterns": "The patterns, packed; without it, four simple figures.",
    "start": "What is shown to the memory where it is none of the patterns, packed.",
}
"""Keys that hold patterns, with a sentence each."""


@dataclass(frozen=True, eq=False)
class MemoryLink:
    """What a memory's link says. `patterns` is None for the usual figures, `start` for the pattern `cue` names."""

    machine: str
    settings: Mapping[str, Value]
    patterns: Array | None = None
    start: Array | None = None
    at: int = 0
    page: Mapping[str, str] = field(default_factory=dict)

    @property
    def x(self) -> Array:
        """The patterns, (count, side²); of a machine without a grid there are none."""
        if "side" not in self.settings:
            return np.zeros((0, 0))
        return glyphs(int(self.number("side"))) if self.patterns is None else self.patterns

    def number(self, name: str) -> float:
        """A setting that is a number."""
        value = self.settings[name]
        assert isinstance(value, (int, float))
        return value


def keys_of(machine: str) -> tuple[str, ...]:
    """Those that a link of this machine may have, beside the page's."""
    drawn = {"hopfield": ("patterns", "start"), "boltzmann": ("patterns",)}.get(machine, ())
    return ("machine", *(knob.name for knob in KNOBS[machine]), *drawn, AT.name)


def read(text: str) -> MemoryLink:
    """What the query `text` says, with or without what stands before its question mark.

    Raises InputError whose path is the key; to an unknown key the nearest known one is named.
    """
    _, mark, query = text.strip().partition("?")
    found = link.pairs(query if mark else text.strip())
    if "lab" in found:
        # What names a lab, and no memory, has the lab's.
        opening = registry.opening(found["lab"], found.get("step", "1"), PAGE)
        if all(name in BESIDE for name in found):
            found = {**link.pairs(opening), **found}
    machine = found.get("machine", MACHINES[0])
    if machine not in MACHINES:
        raise UnknownName.of("machine", machine, MACHINES, "machine")
    link.require_known(found, (*keys_of(machine), *BESIDE))
    settings = {knob.name: _setting(knob, found) for knob in KNOBS[machine]}
    side = int(settings.get("side", 0))  # type: ignore[arg-type]  # a whole number, or not there
    patterns = unpacked(found["patterns"], side, "patterns") if "patterns" in found else None
    start = unpacked(found["start"], side, "start") if "start" in found else None
    at = AT.check(_number(found, AT), "at")
    memory = MemoryLink(
        machine,
        settings,
        patterns,
        None if start is None else _only(start),
        int(at),  # type: ignore[arg-type]
        {name: found[name] for name in BESIDE if name in found},
    )
    link.page_part(memory.page)
    check(memory)
    return memory


def described(memory: MemoryLink) -> dict[str, Value]:
    """What was set, with the name of its machine: what a lab's goal is about."""
    return {"machine": memory.machine, **memory.settings}


def settings_of(machine: str, given: Mapping[str, Any]) -> dict[str, Value]:
    """Every setting of this machine, as `given` or as usual, checked. Raises InputError under `settings`."""
    if machine not in MACHINES:
        raise UnknownName.of("machine", machine, MACHINES, "machine")
    known = tuple(knob.name for knob in KNOBS[machine])
    try:
        link.require_known(given, known)
        return {knob.name: knob.check(given.get(knob.name, knob.default), knob.name) for knob in KNOBS[machine]}
    except InputError as error:
        raise error.under("settings") from None


def check_count(count: int, path: str) -> None:
    """Raise OutOfRange for more patterns than a memory holds here."""
    if count > MOST_PATTERNS:
        raise OutOfRange(path, _TOO_MANY, high=MOST_PATTERNS, count=count)


def check(memory: MemoryLink) -> None:
    """That there is the pattern which is shown; without any, there is nothing but a blank."""
    if memory.machine == "hopfield" and memory.start is None:
        cue, count = int(memory.number("cue")), len(memory.x)
        if cue > max(1, count):
            raise OutOfRange("cue", _NO_PATTERN, value=cue, count=count)


def write(memory: MemoryLink) -> str:
    """The query of `memory`, without a question mark; what is as usual is left out."""
    parts = {} if memory.machine == MACHINES[0] else {"machine": memory.machine}
    for knob in KNOBS[memory.machine]:
        if memory.settings[knob.name] != knob.default:
            parts[knob.name] = value_text(memory.settings[knob.name])
    if memory.patterns is not None:
        parts["patterns"] = packed(memory.patterns)
    if memory.start is not None:
        parts["start"] = packed(memory.start[None])
    if memory.at:
        parts["at"] = str(memory.at)
    parts |= {name: memory.page[name] for name in PAGE_KEYS if name in memory.page}
    return "&".join(f"{name}={text}" for name, text in parts.items())


def packed(patterns: Array) -> str:
    """A bit for each unit, pattern after pattern, then a CRC-16, as base64url. No pattern is an empty text."""
    if len(patterns) == 0:
        return ""
    body = np.packbits(patterns > 0).tobytes()
    whole = body + binascii.crc_hqx(body, 0).to_bytes(2, "big")
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def unpacked(text: str, side: int, path: str) -> Array:
    """What `packed` wrote, (count, side²); raises InputError at `path`."""
    if text == "":
        return np.zeros((0, side * side))
    error = InputError(path, _NOT_PACKED, side=side)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise error from None
    body = data[:-2]
    count = 8 * len(body) // (side * side)
    fits = len(body) == -(-count * side * side // 8) and count > 0
    if not fits or binascii.crc_hqx(body, 0) != int.from_bytes(data[-2:], "big"):
        raise error
    check_count(count, path)
    bits = np.unpackbits(np.frombuffer(body, np.uint8))
    if bits[count * side * side :].any():
        raise error
    return np.where(bits[: count * side * side].reshape(count, side * side) > 0, 1.0, -1.0)


def _only(start: Array) -> Array:
    if len(start) != 1:
        raise OutOfRange("start", _ONE_START, count=len(start))
    return np.asarray(start[0])


def _setting(knob: Knob, found: Mapping[str, str]) -> Value:
    return knob.check(_number(found, knob), knob.name)


def _number(found: Mapping[str, str], knob: Knob) -> Any:
    return read_value(found[knob.name], knob) if knob.name in found else knob.default
