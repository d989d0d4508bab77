"""A host process per core, each behind a socket pair, watched and replaced.

A new session goes to the host with the fewest; a host that dies or hangs is replaced at once, its connections end with
HostLost, and the pages come back with their checkpoints. The web process never waits for a host. Not here: what a
backend promises (`backend`), when a silent host counts as hanging (`watchdog`).
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import time
from dataclasses import dataclass, field

from app import child_process
from app.errors import Busy
from app.hosts.backend import Backend, HostStatus
from app.hosts.connection import ClientConnection, Message
from app.hosts.host import Report
from app.hosts.ipc import Decoder, Kind, Packet
from app.hosts.process_state import Pulse
from app.hosts.watchdog import LOOK_SECONDS, Watch
from app.settings import Settings
from nncore.sentence import Sentence

log = logging.getLogger(__name__)

STOP_SECONDS = 0.3
"""A host gets this long to end by itself before it is killed."""

RETRY_SECONDS = 1.0
"""Between two starts of a host that dies at once, or that the system has no room for."""

_STARTING = Sentence("say.busy_starting", "The training processes are starting.")


@dataclass(slots=True)
class _Place:
    """One core's host: the process of the moment and its connections."""

    process: asyncio.subprocess.Process | None = None
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    connections: dict[int, ClientConnection] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    restarts: int = 0
    wanting: bool = False
    """Whether the last attempt to start a process failed, which is said once."""


class LocalProcesses(Backend):
    """A host process per core, each behind a socket pair, kept alive."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._places = [_Place() for _ in range(settings.host_count())]
        self._keepers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start every host. They import while the web process already answers; what is sent meanwhile waits."""
        await asyncio.gather(*(self._try_to_spawn(place) for place in self._places))
        self._keepers = [asyncio.create_task(self._keep(place)) for place in self._places]

    async def stop(self) -> None:
        """Close every host's socket, which ends it; kill what does not end."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(self._end(place, STOP_SECONDS) for place in self._places))

    def status(self) -> list[HostStatus]:
        """Every host, as it is now."""
        return [
            HostStatus(p.writer is not None, len(p.connections), p.report.load, p.restarts, p.report)
            for p in self._places
        ]

    def _seat(self, number: int, name: str) -> ClientConnection:
        """On the host with the fewest, of those with the memory for any; among equals, the one with the least to do."""
        living = [place for place in self._places if place.writer is not None]
        if not living:
            raise Busy(_STARTING, RETRY_SECONDS)
        place = min(living, key=lambda p: (not self._is_roomy(p.report), len(p.connections), p.report.load))
        writer = place.writer
        assert writer is not None

        async def forward(message: Message) -> None:
            if not writer.is_closing():
                writer.write(_packet(number, message).encode())
                with contextlib.suppress(OSError):
                    await writer.drain()

        connection = place.connections[number] = ClientConnection(number, forward)
        writer.write(Packet(Kind.OPEN, number, name.encode()).encode())
        return connection

    def _unseat(self, number: int) -> None:
        for place in self._places:
            if place.connections.pop(number, None) is not None and place.writer is not None:
                place.writer.write(Packet(Kind.CLOSE, number).encode())

    def _shut_down_sessions(self) -> None:
        for place in self._places:
            if place.writer is not None:
                place.writer.write(Packet(Kind.SHUT_DOWN).encode())

    def _connections(self) -> list[ClientConnection]:
        return [connection for place in self._places for connection in place.connections.values()]

    async def _keep(self, place: _Place) -> None:
        """Listen to a host for as long as it lives, then start its successor, for ever and whatever goes wrong."""
        while True:
            born = time.monotonic()
            if place.process is not None:
                try:
                    await self._listen(place)
                except Exception:
                    log.exception("what a host process says cannot be read")
                log.warning("a host process was lost with %d sessions; starting another", len(place.connections))
                await self._end(place, 0.0)
                place.restarts += 1
            if time.monotonic() - born < RETRY_SECONDS:
                await asyncio.sleep(RETRY_SECONDS)
            await self._try_to_spawn(place)

    async def _try_to_spawn(self, place: _Place) -> None:
        """Start a host process where the system has room for one; where not, say so once."""
        try:
            await self._spawn(place)
            place.wanting = False
        except Exception as error:
            await self._end(place, 0.0)
            # No descriptor, no process, no thread to wait for it, no memory: there may be one later.
            scarce = isinstance(error, OSError | RuntimeError | MemoryError)
            if not place.wanting:
                log.warning(
                    "a host process cannot be started (%s); trying again every %g s",
                    error,
                    RETRY_SECONDS,
                    exc_info=not scarce,
                )
            place.wanting = True

    async def _listen(self, place: _Place) -> None:
        """Route what a host says, until it is gone or hangs."""
        decoder, reader, process = Decoder(), place.reader, place.process
        assert reader is not None
        assert process is not None
        watch = Watch(self._settings, time.monotonic(), lambda: Pulse.of(process.pid))
        with contextlib.suppress(OSError):
            while True:
                data = b""
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        data = await reader.read(1 << 18)
                        if not data:
                            return
                if watch.hangs(time.monotonic(), heard=bool(data)):
                    log.warning("host process %d hangs", process.pid)
                    return
                for packet in decoder.feed(data):
                    if packet.kind is Kind.LOAD:
                        place.report = Report.read(packet.payload)
                    else:
                        self._route(place.connections, packet)

    async def _spawn(self, place: _Place) -> None:
        ours, theirs = socket.socketpair()
        with contextlib.ExitStack() as unless_started, theirs:
            unless_started.callback(ours.close)
            place.process = await asyncio.create_subprocess_exec(
                *child_process.command("app.hosts.host", str(theirs.fileno())),
                pass_fds=(theirs.fileno(),),
                env=child_process.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                # Ctrl-C reaches every process of the terminal's group; it is the web process that ends the hosts.
                process_group=0,
            )
            place.reader, place.writer = await asyncio.open_connection(sock=ours)
            unless_started.pop_all()
        place.report = Report()
        place.writer.write(Packet(Kind.SETTINGS, payload=self._settings.model_dump_json().encode()).encode())

    async def _end(self, place: _Place, patience_seconds: float) -> None:
        """Close a host's socket, wait so long for it to end by itself, and let its connections know."""
        process, writer = place.process, place.writer
        place.process = place.writer = place.reader = None
        connections, place.connections = place.connections, {}
        for connection in connections.values():
            connection.lose()
        if writer is not None:
            writer.transport.abort()
        if process is not None:
            try:
                await asyncio.wait_for(process.wait(), patience_seconds)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    # Its own kill() asks the system first, and so takes the answer for which asyncio waits.
                    os.kill(process.pid, signal.SIGKILL)
                await process.wait()


def _packet(number: int, message: Message) -> Packet:
    if isinstance(message, bytes):
        return Packet(Kind.UPLOAD, number, message)
    return Packet(Kind.TEXT, number, message.encode("utf-8", "replace"))
