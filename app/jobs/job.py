"""A job and its answer, as they travel between the web process and a worker: frames of bytes on a pipe.

A frame is its length in four bytes, then so many bytes. A job's is its kind on a line of its own, then the request; an
answer's is one letter, then the result or the refusal. Pure. Not here: the pipes (`process`, `worker`).
"""

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from nncore.errors import InputError
from nncore.sentence import Sentence

LENGTH = struct.Struct(">I")

DONE, REFUSED, TIRED = b"d", b"r", b"t"
"""What an answer's first letter says: a result, a refusal, a refusal after which the worker ends."""


@dataclass(frozen=True)
class Job:
    """What is to be made: `request` is what the module `kind` of `app.jobs.tasks` reads."""

    kind: str
    request: bytes
    seconds: float
    """How long it may take before its process is killed."""
    keep: bool = False
    """Whether the answer depends on the request alone and is worth remembering."""

    @property
    def key(self) -> str:
        """A name for what it asks for."""
        return hashlib.sha256(self.encode()).hexdigest()

    def encode(self) -> bytes:
        """As a frame's bytes."""
        return self.kind.encode() + b"\n" + self.request


def framed(data: bytes) -> bytes:
    """`data` as a frame."""
    return LENGTH.pack(len(data)) + data


def encode_refusal(error: InputError) -> bytes:
    """`error` with all that it takes to raise it elsewhere."""
    fields = {"code": error.code, "path": error.path, "sentence": error.sentence, "known": error.known}
    return json.dumps(fields | {"values": error.values}).encode()


def read_refusal(data: bytes) -> InputError:
    """What `encode_refusal` wrote."""
    fields = json.loads(data)
    # What a worker raises, whoever talks to it has imported, too: app.errors and nncore.errors.
    kinds: dict[str, type[InputError]] = {}
    for kind in _below(InputError):
        # A kind that goes by the code of the one above it arrives as that one.
        kinds.setdefault(kind.code, kind)
    return kinds[fields["code"]](
        fields["path"], Sentence._make(fields["sentence"]), fields["known"], **fields["values"]
    )


def _below(kind: type[InputError]) -> Iterator[type[InputError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _below(child)
