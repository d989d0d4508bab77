"""A process that attacks the live server: `python -m tests.bench.attackers`, its orders as JSON on stdin.

One visitor with one socket, or with fifty requests at a time, that asks for what is costly as fast as it is let. Runs
until it is killed. Not here: what that costs the others (`live`).
"""

import asyncio
import contextlib
import itertools
import json
import random
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

LARGEST: dict[str, Any] = {
    "features": ["x", "y", "x_squared", "y_squared", "xy", "sin_x", "sin_y"],
    "data": {"name": "spirals", "count": 2000, "train_share": 0.95},
    "layers": [{"units": 16, "neuron": {"name": "kan", "grid": 5, "order": 3}}] * 6,
    "batch": 100,
}
"""As large as a server of default settings trains, of the costliest kind."""

OWN: dict[str, Any] = {
    "data": {"name": "own", "points": [[random.Random(i).uniform(-1, 1), 0.001 * i % 1, i % 2] for i in range(2000)]}
}
LARGE_VIEW = {"unit_pixels": 200, "output_pixels": 400, "frames_per_second": 60.0, "compress": True}
REQUESTS = 50

ATTACKS = {
    "open": "opens the largest network, again and again",
    "reset": "resets it, again and again",
    "ask": "asks for the formulas of its units",
    "change": "names the classes of 2,000 points, again and again",
    "picture": "looks at it in the largest pictures, at full speed",
    "qr": "orders fifty QR codes of long links at a time",
}
"""What an attacker does, by a name for its orders."""


def messages(attack: str) -> Iterator[dict[str, Any]]:
    """What it says after its `open`, without end."""
    for number in itertools.count():
        match attack:
            case "open":
                yield {"type": "open", "config": LARGEST}
            case "reset":
                yield {"type": "reset"}
            case "ask":
                yield {"type": "ask", "id": number, "what": "unit", "layer": 1 + number % 5, "unit": number % 16}
            case "change":
                yield {"type": "change", "path": "data.names", "value": [f"class {number}", "other"]}
            case _:
                return


async def flood(address: str, attack: str) -> None:
    """One socket; it reads what comes, so that it is listened to, and acknowledges every frame."""
    opening: dict[str, Any] = {"type": "open", "config": OWN if attack == "change" else LARGEST}
    if attack == "picture":
        opening |= {"play": True, "view": LARGE_VIEW}
    async with connect(f"{address.replace('http', 'ws', 1)}/live", compression=None, max_size=None) as socket:
        await socket.send(json.dumps(opening))
        reading = asyncio.create_task(acknowledge(socket))
        for message in messages(attack):
            await socket.send(json.dumps(message))
        await reading


async def acknowledge(socket: ClientConnection) -> None:
    """Read and acknowledge. Frames are numbered from 1, and what acknowledges one acknowledges those before it."""
    frames = 0
    async for message in socket:
        if isinstance(message, bytes) and b'"kind":"checkpoint"' not in message[:5000]:
            frames += 1
            await socket.send(json.dumps({"type": "ack", "frame": frames}))


async def order_codes(address: str) -> None:
    """Fifty requests at a time, each for another link of 2,200 characters."""
    host, _, port = address.removeprefix("http://").partition(":")
    for number in itertools.count():
        await asyncio.gather(*(_get(host, int(port), f"{number}x{one}") for one in range(REQUESTS)))


async def _get(host: str, port: int, mark: str) -> None:
    link = quote(f"http://{host}:{port}/?names={mark.ljust(2150, '0')}", safe="")
    with contextlib.suppress(OSError):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET /qr.svg?url={link} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await reader.read()
        writer.close()


async def main(address: str, attack: str) -> None:
    """Attack for ever, whatever becomes of it."""
    while True:
        with contextlib.suppress(OSError, ConnectionClosed):
            await (order_codes(address) if attack == "qr" else flood(address, attack))
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(main(**json.load(sys.stdin)))
