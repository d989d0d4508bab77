"""A client of the live protocol in a hundred lines, from docs/reference/protocol.md alone, without the server's code.

It keeps what the page keeps, the newest checkpoint and the whole history, and comes back with them after a loss.
"""

import json
import socket
import struct
import zlib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

PART_BYTES = 400_000  # a message may have 512,000

PATIENCE_SECONDS = 60.0  # a bound for a busy machine, not an expectation


class Message:
    """An event (its fields in `body`), a frame, or a checkpoint (their arrays in `arrays`)."""

    def __init__(self, data: str | bytes) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}
        if isinstance(data, str):
            self.body = json.loads(data)
            self.kind = self.body["type"]
            return
        (length,) = struct.unpack_from("<Q", data)
        if length > len(data) - 8:  # no safetensors file has such a header: this one is compressed
            data = zlib.decompress(data)
            (length,) = struct.unpack_from("<Q", data)
        metadata = json.loads(data[8 : 8 + length])["__metadata__"]
        self.kind, self.body = metadata["kind"], json.loads(metadata["body"])
        self.arrays = safetensors.numpy.load(data)
        if metadata.get("encoding") == "planar":  # each byte of a picture is what it adds to its neighbours' plane
            for name, array in self.arrays.items():
                if array.dtype == np.uint8:
                    rows = np.cumsum(array, axis=-1, dtype=np.uint8)
                    self.arrays[name] = np.cumsum(rows, axis=-2, dtype=np.uint8)


class LiveClient:
    """One session: what was last heard of it, and how to speak to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.checkpoint = b""
        self.history = np.empty((0, 5))
        self.frame: Message | None = None
        self.connect()

    def connect(self) -> None:
        self.stack = ExitStack()
        connection = connect(self.address, max_size=None, compression=None, open_timeout=PATIENCE_SECONDS)
        self.socket = self.stack.enter_context(connection)

    def send(self, command: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": command, **fields}))

    def open(self, config: dict[str, Any], **fields: Any) -> dict[str, Any]:
        self.send("open", config=config, **fields)
        body: dict[str, Any] = self.until("opened").body
        return body

    def receive(self) -> Message:
        data = self.socket.recv(timeout=PATIENCE_SECONDS)
        message = Message(data)
        if message.kind == "checkpoint":
            assert isinstance(data, bytes)
            self.checkpoint = data
        if message.kind == "frame":
            self.frame = message
            self.history = np.vstack([self.history[: message.body["history_start"]], message.arrays["history"]])
            # What the server said before it went is still to be heard; after that, receiving tells that it is gone.
            with suppress(ConnectionClosed):
                self.send("ack", frame=message.body["frame"])
        return message

    def until(self, kind: str, wanted: Callable[[Message], bool] = lambda _: True) -> Message:
        """The next message of this kind that is as wanted; what comes before it is taken in."""
        while True:
            message = self.receive()
            if message.kind == kind and wanted(message):
                return message

    def until_epoch(self, epoch: int) -> Message:
        return self.until("frame", lambda frame: frame.body["epoch"] >= epoch)

    def lose(self) -> None:
        """Cut the connection without a word, as a closed lid or a dead access point would."""
        self.socket.socket.shutdown(socket.SHUT_RDWR)
        self.close()

    def come_back(self, config: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Connect again and go on from the newest checkpoint."""
        self.connect()
        return self.open(config, uploaded=self.upload(), **fields)

    def upload(self) -> int:
        """Send the newest checkpoint up, in as many parts as it takes; its length, for `open` to name."""
        for start in range(0, len(self.checkpoint), PART_BYTES):
            self.socket.send(self.checkpoint[start : start + PART_BYTES])
        return len(self.checkpoint)

    def close(self) -> None:
        self.stack.close()
