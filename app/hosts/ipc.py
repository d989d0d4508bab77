"""What the web process and a host process say to each other over their socket: packets of kind, session and bytes.

A packet is 4 bytes of length, 4 of session number, 1 of kind, then the payload; numbers are big-endian. Pure: bytes in,
packets out. Not here: what a packet makes either side do (`host`, `processes`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a packet is."""

    SETTINGS = 0
    """Web to host, once and first: the settings as JSON."""
    OPEN = 1
    """Web to host: a session begins; the payload is its name."""
    TEXT = 2
    """Either way: a text message."""
    UPLOAD = 3
    """Web to host: a binary message of a client's."""
    CLOSE = 4
    """Web to host: the session is over."""
    LOST = 5
    """Host to web: the session has failed and is gone; the others go on."""
    LOAD = 6
    """Host to web, twice a second: what it has done so far, as JSON. Its silence means it hangs."""
    SHUT_DOWN = 7
    """Web to host: the server shuts down; every session gives its client a reason and a checkpoint."""
    PARTED = 8
    """Host to web: the session has said its last word."""
    OBEYED = 9
    """Host to web: so many more of the session's messages have been obeyed or refused, as 4 bytes."""
    FULL = 10
    """Host to web: there is no memory left for what a new session wants to open, and it is gone."""
    FRAME = 11
    """Host to web: a picture of the run."""
    CHECKPOINT = 12
    """Host to web: what the run needs to go on elsewhere."""


_HEAD = struct.Struct("!IIB")


@dataclass(frozen=True, slots=True)
class Packet:
    """One message between web and host; `session` is 0 where it concerns none."""

    kind: Kind
    session: int = 0
    payload: bytes = b""

    def encode(self) -> bytes:
        """As bytes for the socket."""
        return _HEAD.pack(len(self.payload), self.session, self.kind) + self.payload


class Decoder:
    """Bytes as they arrive, cut into packets."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Packet]:
        """The packets that `data` completes."""
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            length, session, kind = _HEAD.unpack_from(self._buffer)
            end = _HEAD.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEAD.size : end])
            del self._buffer[:end]
            yield Packet(Kind(kind), session, payload)
