"""A process of live clients for the load generator: `python -m tests.bench.live_clients`, its orders as JSON on stdin.

Real clients, over WebSockets or requests, on one event loop, apart from the server and from whoever measures it. Says
`measuring` when the warm-up is over, and at the end one JSON object. Not here: starting the server, and what the
figures mean (`live`).
"""

import asyncio
import json
import sys
import time
import zlib
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from typing import Any

from websockets.asyncio.client import connect

from tests.bench.polling_socket import poll

CHANGE_SECONDS = 0.15
"""Between an answered change and the next one, so that a measured change meets a session at rest."""


@dataclass(frozen=True)
class Orders:
    """What the clients do: `count` of them, for so long."""

    address: str
    """ws:// for WebSockets, http:// for requests."""
    count: int
    warm_seconds: float
    seconds: float
    open: dict[str, Any]
    changes: bool = False
    kind: str = "open"
    """What they begin with: a session's `open`, or `race`."""
    repeat_seeds: int = 0
    """Of a race, with how many fresh seeds it is repeated, again and again."""
    openings: list[dict[str, Any]] | None = None
    """What each of them opens, where that is not the same for all."""


@dataclass
class Report:
    """What they saw between the warm-up and the end."""

    gaps: list[float] = field(default_factory=list)
    frame_bytes: list[int] = field(default_factory=list)
    epochs_per_second: list[float] = field(default_factory=list)
    change_seconds: list[float] = field(default_factory=list)
    lost: int = 0


def line(address: str) -> AbstractAsyncContextManager[Any]:
    """A connection to `address`, whichever way it travels."""
    if address.startswith("http"):
        return poll(address)
    return connect(address, compression=None, max_size=None, open_timeout=60)


class Client:
    """One session that acknowledges every frame at once and counts from `begin` on."""

    def __init__(self, orders: Orders, begin: float, report: Report, opening: dict[str, Any]) -> None:
        self.orders, self.begin, self.report, self.opening = orders, begin, report, opening
        self.end = begin + orders.seconds
        self.last_frames: dict[str, float] = {}
        """By lane; of a session, which has none, one."""
        self.first: tuple[float, int] | None = None
        self.latest = (0.0, 0)
        self.changed_at: float | None = None
        self.next_change = begin

    async def run(self, delay_seconds: float) -> None:
        await asyncio.sleep(delay_seconds)
        try:
            async with line(self.orders.address) as socket:
                await socket.send(json.dumps({"type": self.orders.kind, **self.opening}))
                while time.monotonic() < self.end:
                    await self.take(socket, await asyncio.wait_for(socket.recv(), 30))
        except (OSError, TimeoutError, EOFError) as error:
            print(f"a client was lost: {error}", file=sys.stderr)
            self.report.lost += 1
            return
        if self.first is not None and self.latest[0] > self.first[0]:
            self.report.epochs_per_second.append((self.latest[1] - self.first[1]) / (self.latest[0] - self.first[0]))

    async def take(self, socket: Any, data: str | bytes) -> None:
        if isinstance(data, str):
            await self.repeat(socket, json.loads(data))
            return
        kind, body = opened(data)
        if kind != "frame":
            return
        await socket.send(json.dumps({"type": "ack", "frame": body["frame"]}))
        now = time.monotonic()
        if now >= self.begin:
            self.report.frame_bytes.append(len(data))
            lane = body.get("lane", "")
            if lane in self.last_frames:
                self.report.gaps.append(now - self.last_frames[lane])
            self.last_frames[lane] = now
            self.first = self.first or (now, body["epoch"])
            self.latest = (now, body["epoch"])
        if self.orders.changes:
            await self.change(socket, now, body)

    async def repeat(self, socket: Any, said: dict[str, Any]) -> None:
        """Begin the repetitions, and begin them again when they are done."""
        begins = said["type"] == "lined_up" or (said["type"] == "tally" and said["done"])
        if self.orders.repeat_seeds and begins:
            await socket.send(json.dumps({"type": "repeat", "seeds": self.orders.repeat_seeds}))

    async def change(self, socket: Any, now: float, body: dict[str, Any]) -> None:
        """Count a change that this frame shows, or make the next one."""
        if self.changed_at is not None:
            # Whether this frame was painted after the change is told by the answer that came before it.
            self.report.change_seconds.append(now - self.changed_at)
            self.changed_at, self.next_change = None, now + CHANGE_SECONDS
        elif now >= self.next_change:
            rate = 0.001 * (1 + len(self.report.change_seconds) % 5)
            self.changed_at = time.monotonic()
            await socket.send(json.dumps({"type": "change", "path": "optimizer.learning_rate", "value": rate}))
            while not isinstance(data := await asyncio.wait_for(socket.recv(), 30), str):
                kind, body = opened(data)
                if kind == "frame":
                    await socket.send(json.dumps({"type": "ack", "frame": body["frame"]}))


def opened(data: bytes) -> tuple[str, dict[str, Any]]:
    """The kind and the body of a binary message, inflated where it was compressed."""
    length = int.from_bytes(data[:8], "little")
    if length > len(data) - 8:
        data = zlib.decompress(data)
        length = int.from_bytes(data[:8], "little")
    metadata = json.loads(data[8 : 8 + length])["__metadata__"]
    return metadata["kind"], json.loads(metadata["body"])


async def main(orders: Orders) -> Report:
    """Connect the clients one after the other within the first half of the warm-up, and let them run."""
    report = Report()
    begin = time.monotonic() + orders.warm_seconds
    step = orders.warm_seconds / 2 / orders.count
    openings = orders.openings or [orders.open] * orders.count
    clients = [
        asyncio.create_task(Client(orders, begin, report, opening).run(step * number))
        for number, opening in enumerate(openings)
    ]
    await asyncio.sleep(orders.warm_seconds)
    print("measuring", flush=True)
    await asyncio.gather(*clients)
    return report


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(main(Orders(**json.load(sys.stdin)))))), flush=True)
