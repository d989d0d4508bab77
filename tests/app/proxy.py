"""A small HTTP proxy as schools and companies have them, for tests: it changes, refuses or swallows what it is told to.

In a thread with a loop of its own. One request to a connection, whatever is asked for. Not for servers that are
replaced or networks that go silent (`relay`).
"""

import asyncio
import contextlib
import threading
from types import TracebackType
from typing import Literal, Self

Upgrade = Literal["pass", "refuse", "bad", "drop", "hang", "swallow"]
"""What becomes of a WebSocket: passed on, answered 403 or 400, closed without a word, never answered; or it opens and
nothing comes through."""

STATUS = {"refuse": "403 Forbidden", "bad": "400 Bad Request"}


class Proxy:
    """Listening on a loopback port of its own from entering to leaving."""

    def __init__(
        self,
        target: int,
        upgrade: Upgrade = "pass",
        *,
        host: str = "",
        prefix: str = "",
        strips: bool = False,
        says_host: bool = False,
        loses_every: int = 0,
        holds: bool = False,
    ) -> None:
        """In front of port `target`; shows it under `prefix`, which it takes off or not.

        Replaces Host by `host`, and says so or not (X-Forwarded-Host). Of answers to `POST`, one in `loses_every` is
        lost, after the server has given it. With `holds`, a WebSocket is passed on once it is let go.
        """
        self.target = target
        self.upgrade = upgrade
        self.host = host
        self.prefix = prefix
        self.strips = strips
        self.says_host = says_host
        self.loses_every = loses_every
        self.upgrades = self.posts = 0
        self._free = asyncio.Event()
        if not holds:
            self._free.set()
        self._serving: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.prefix}"

    def let_go(self) -> None:
        """Pass on what was held."""
        self._loop.call_soon_threadsafe(self._free.set)

    async def _stop(self) -> None:
        # A server that is closed, or a task that is cancelled, while a connection is accepted never closes it: so
        # nothing new is accepted, what has begun is waited for, and the server closes last.
        for listening in self._server.sockets:
            self._loop.remove_reader(listening.fileno())
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for writer in self._writers:
                writer.transport.abort()
            for task in self._serving:
                task.cancel()
            await asyncio.wait(tasks, timeout=0.01)
        # A transport is closed one turn of the loop after it was aborted.
        for writer in self._writers:
            writer.transport.abort()
        self._server.close()
        await asyncio.sleep(0)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Known before its task begins, since a task that is cancelled before never closes what it was given; and a
        # loop knows its tasks weakly, and so does a stream its reader: one that waits would be collected as garbage.
        self._writers.add(writer)
        task = self._loop.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._pass_on(reader, writer, (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                writer.close()
                await writer.wait_closed()
        finally:
            # What nobody reads any more would keep the connection open.
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        first, *lines = head.strip().split("\r\n")
        method, path, version = first.split(" ")
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        upgrades = ("upgrade", "websocket") in headers
        self.upgrades += upgrades
        if upgrades:
            await self._free.wait()
        if upgrades and self.upgrade not in ("pass", "swallow"):
            await self._stop_upgrade(reader, writer)
            return
        if not path.startswith(self.prefix):
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        if self.strips:
            path = path.removeprefix(self.prefix)
        shown = dict(headers).get("host", "")
        headers = [("host", self.host or shown), *((n, v) for n, v in headers if n != "host")]
        if self.says_host:
            headers.append(("x-forwarded-host", shown))
        if not upgrades:
            headers = [*((n, v) for n, v in headers if n != "connection"), ("connection", "close")]
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers.add(far_writer)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        far_writer.write(f"{method} {path} {version}\r\n{told}\r\n".encode("latin-1"))
        if upgrades and self.upgrade == "swallow":
            try:
                writer.write(await far_reader.readuntil(b"\r\n\r\n"))
                await reader.read()
            finally:
                far_writer.close()
            return
        self.posts += method == "POST"
        loses = method == "POST" and self.loses_every and self.posts % self.loses_every == 0
        ways = [
            asyncio.create_task(_pump(reader, far_writer)),
            asyncio.create_task(far_reader.read() if loses else _pump(far_reader, writer)),
        ]
        try:
            # Whoever leaves first ends both.
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            far_writer.close()

    async def _stop_upgrade(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.upgrade == "hang":
            await reader.read()
        elif self.upgrade in STATUS:
            said = f"HTTP/1.1 {STATUS[self.upgrade]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            writer.write(said.encode("ascii"))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
        await writer.drain()
