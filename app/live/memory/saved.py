"""A memory as one file, from which it goes on to the bit: its link, and what its machine needs beside it.

A safetensors file, whose header has the rest as JSON. It may come from a stranger: everything in it is checked before
it is used. Pure.
"""

import json
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load, save

from app.links import memory_link
from app.links.memory_link import MemoryLink
from app.live.memory.work import Shown
from nncore import snapshot
from nncore.errors import BadSnapshot, InputError, WrongType
from nncore.sentence import Sentence

KIND = "memory"
VERSION = 1

_DAMAGED = Sentence("refused.damaged_memory", "is not a whole checkpoint of a memory: it is damaged or cut short")


def write(memory: MemoryLink, saved: Shown) -> bytes:
    """All that the memory needs to go on elsewhere, which `read` never refuses."""
    body = {"version": VERSION, "link": memory_link.write(memory), "work": saved.body}
    return save(saved.arrays, {"kind": KIND, "body": json.dumps(body)})


def read(data: bytes) -> tuple[MemoryLink, Shown]:
    """What `write` wrote; raises InputError under `uploaded`."""
    try:
        return _read(data)
    except InputError as error:
        raise error.under("uploaded") from None


def _read(data: bytes) -> tuple[MemoryLink, Shown]:
    body: Any = snapshot.read_body(data, KIND)
    try:
        arrays = load(data)
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError):
        raise BadSnapshot("", _DAMAGED) from None
    link, work = body.get("link"), body.get("work")
    if not isinstance(link, str) or not isinstance(work, dict):
        raise WrongType("", _DAMAGED)
    return memory_link.read(link), Shown(work, arrays)
