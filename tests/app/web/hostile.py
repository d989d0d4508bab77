"""Bytes that no browser sends: requests and frames written by hand over a plain socket."""

import base64
import contextlib
import json
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

PATIENCE_SECONDS = 60.0
"""A bound for a busy machine, not an expectation."""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FIN = 0x80


def frame(opcode: int, payload: bytes = b"", *, last: bool = True) -> bytes:
    """A client's frame, masked with zeros as any mask may be."""
    length = len(payload)
    if length < 126:
        head = bytes((opcode | FIN * last, 0x80 | length))
    elif length < 1 << 16:
        head = struct.pack("!BBH", opcode | FIN * last, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", opcode | FIN * last, 0x80 | 127, length)
    return head + bytes(4) + payload


def request(line: str = "GET / HTTP/1.1", *headers: str) -> bytes:
    return "\r\n".join((line, "Host: x", *headers, "", "")).encode("latin-1")


def handshake(*headers: str, path: str = "/live") -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    opening = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}")
    return request(f"GET {path} HTTP/1.1", *opening, *headers)


@contextmanager
def connected(port: int, said: bytes = b"", *, window_bytes: int | None = None) -> Iterator[socket.socket]:
    """A connection on which something is said; `window_bytes` is how little it takes before it reads."""
    with socket.socket() as connection:
        if window_bytes is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window_bytes)
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(("127.0.0.1", port))
        connection.sendall(said)
        yield connection


@contextmanager
def live_socket(port: int, *, window_bytes: int | None = None) -> Iterator[socket.socket]:
    """An open live socket; nothing of what follows the handshake is read."""
    with connected(port, handshake(), window_bytes=window_bytes) as connection:
        answer = b""
        while b"\r\n\r\n" not in answer:
            got = connection.recv(1)
            assert got, answer
            answer += got
        assert answer.startswith(b"HTTP/1.1 101"), answer
        yield connection


def until_closed(connection: socket.socket) -> bytes:
    """All that still comes, up to the end of the connection."""
    said = b""
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        while got := connection.recv(1 << 16):
            said += got
    return said


def push(connection: socket.socket, data: bytes, times: int) -> bool:
    """Send the same again and again without reading; false once the other end has closed."""
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        for _ in range(times):
            connection.sendall(data)
        return True
    return False


def close_code(said: bytes) -> int:
    """The code of the close frame at the end of what a server said; its last frame, and short."""
    start = said.rindex(b"\x88")
    code: int
    (code,) = struct.unpack_from("!H", said, start + 2)
    return code


def opening(units: int = 2, **fields: object) -> bytes:
    """The message that opens a session; with many units its checkpoints are long."""
    config = {"layers": [{"units": units}] * 6, "data": {"name": "xor", "count": 40}}
    return frame(TEXT, json.dumps({"type": "open", "config": config, **fields}).encode())


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def memory_bytes(pid: int) -> int:
    resident: int = psutil.Process(pid).memory_info().rss
    return resident
