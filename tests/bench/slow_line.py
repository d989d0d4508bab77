"""A TCP proxy as slow as a line far away: each connection costs a round trip, and all share so many bytes a second.

The browser's own emulation slows requests and leaves sockets alone; here the live connection is as slow as the rest.
Not modelled: loss, and the slow start of each connection.
"""

import asyncio
import contextlib
import threading
from types import TracebackType
from typing import Self

CHUNK = 4096


class SlowLine:
    """Listening on a loopback port of its own from entering to leaving."""

    def __init__(self, target: int, bytes_per_second: float, round_trip_seconds: float) -> None:
        self.target = target
        self._rate = bytes_per_second
        self._delay = round_trip_seconds / 2
        self._free = {"up": 0.0, "down": 0.0}
        """When the line has sent all that it was given, in each direction."""

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._pair, "127.0.0.1", 0), self._loop)
        self._server = listening.result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async def close() -> None:
            self._server.close()
            ours = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in ours:
                task.cancel()
            await asyncio.gather(*ours, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    async def _pair(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        # Whoever closes first, or is closed by our leaving, ends the pair.
        with contextlib.suppress(OSError, asyncio.CancelledError):
            far, far_out = await asyncio.open_connection("127.0.0.1", self.target)
            # A handshake takes a round trip before the first byte.
            opened = self._loop.time() + 2 * self._delay
            await asyncio.gather(self._pump(near, far_out, "up", opened), self._pump(far, near_out, "down", opened))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: str, opened: float) -> None:
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.ensure_future(self._deliver(line, sink))
        try:
            data = b"?"
            while data:
                data = await source.read(CHUNK)
                begun = max(self._loop.time(), opened, self._free[way])
                self._free[way] = begun + len(data) / self._rate
                line.put_nowait((self._free[way] + self._delay, data))
            await delivering
        finally:
            delivering.cancel()

    async def _deliver(self, line: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter) -> None:
        """Hand on what arrives when it is due; nothing is the end."""
        with contextlib.suppress(OSError):
            while True:
                due, data = await line.get()
                await asyncio.sleep(due - self._loop.time())
                if not data:
                    break
                sink.write(data)
                await sink.drain()
        sink.close()
