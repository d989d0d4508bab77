"""The one door from the web process to the sessions: what every kind of backend promises, and one inside this process.

A socket's handler asks for a `ClientConnection` and speaks to that. Not here: hosts in processes of their own
(`processes`), what a session does (`session`), sharing a core (`host`).
"""

import asyncio
import contextlib
import itertools
import secrets
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from app.errors import Busy
from app.hosts.admission import Admission
from app.hosts.connection import ClientConnection, Message
from app.hosts.host import Host, Report
from app.hosts.ipc import Kind, Packet
from app.live.events import Checkpoint, Frame
from app.settings import Settings
from nncore.sentence import Sentence

_FULL = Sentence("say.busy_memory", "Other sessions are using the memory that this network needs.")

ELSEWHERE_RETRY_SECONDS = 0.5
"""When a visitor should try again for whom another host has room."""


@dataclass(frozen=True, slots=True)
class HostStatus:
    """What a health check may know of a host."""

    alive: bool
    sessions: int
    load: float
    restarts: int
    report: Report = field(default_factory=Report)
    """What the host of the moment has done so far."""


class Backend(ABC):
    """Hosts, and the connections to them."""

    def __init__(self, settings: Settings) -> None:
        self.admission = Admission(settings)
        self._settings = settings
        self._host_room, self._session_room = settings.host_room(), settings.session_room()
        self._numbers = itertools.count(1)
        self._visitors: dict[int, str] = {}

    @abstractmethod
    async def start(self) -> None:
        """Start the hosts."""

    @abstractmethod
    async def stop(self) -> None:
        """End them, leaving no process behind."""

    @abstractmethod
    def status(self) -> list[HostStatus]:
        """Every host, as it is now."""

    def attach(self, address: str = "") -> ClientConnection:
        """A connection to a new session for a visitor from `address`. Raises Busy where there is no room."""
        self.admission.enter(address)
        number = next(self._numbers)
        try:
            connection = self._seat(number, secrets.token_hex(4))
        except BaseException:
            self.admission.leave(address)
            raise
        self._visitors[number] = address
        return connection

    def detach(self, connection: ClientConnection) -> None:
        """The socket is closed; forget its session."""
        address = self._visitors.pop(connection.number, None)
        if address is not None:
            self.admission.leave(address)
            self._unseat(connection.number)

    async def drain(self) -> None:
        """Let nobody in any more, and let every client have a checkpoint and the reason."""
        self.admission.closing = True
        self._shut_down_sessions()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._settings.leaving_seconds):
                for connection in self._connections():
                    await connection.finished.wait()

    def _route(self, connections: dict[int, ClientConnection], packet: Packet) -> None:
        """Put what a host says of a session into its connection; it may have been closed meanwhile."""
        connection = connections.get(packet.session)
        if connection is None:
            return
        match packet.kind:
            case Kind.TEXT:
                connection.deliver(packet.payload.decode())
            case Kind.FRAME:
                connection.deliver(Frame(packet.payload))
            case Kind.CHECKPOINT:
                connection.deliver(Checkpoint(packet.payload))
            case Kind.LOST:
                connection.lose()
            case Kind.FULL:
                connection.lose(self._full())
            case Kind.PARTED:
                connection.part()
            case Kind.OBEYED:
                connection.obeyed(int.from_bytes(packet.payload))

    def _full(self) -> Busy:
        """What a visitor is told whose host has no memory left: soon another one may take it, if one has."""
        elsewhere = any(host.alive and self._is_roomy(host.report) for host in self.status())
        return Busy(_FULL, ELSEWHERE_RETRY_SECONDS if elsewhere else self._settings.busy_retry_seconds)

    def _is_roomy(self, report: Report) -> bool:
        """Whether a host has memory for whatever a session may want."""
        return report.session_bytes + self._session_room <= self._host_room

    @abstractmethod
    def _seat(self, number: int, name: str) -> ClientConnection:
        """Open a session. Raises Busy where no host can take it now."""

    @abstractmethod
    def _unseat(self, number: int) -> None:
        """Close a session."""

    @abstractmethod
    def _shut_down_sessions(self) -> None:
        """Ask every host to part with its sessions."""

    @abstractmethod
    def _connections(self) -> list[ClientConnection]:
        """Every connection there is."""


class InProcess(Backend):
    """One host inside the web process's own loop: no processes, for tests and for looking closely."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._host = Host(settings, time.monotonic)
        self._open: dict[int, ClientConnection] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to give turns."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give no more turns."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def status(self) -> list[HostStatus]:
        """The one host."""
        alive = self._task is not None and not self._task.done()
        return [HostStatus(alive, len(self._host), self._host.load, 0, self._host.report)]

    def _seat(self, number: int, name: str) -> ClientConnection:
        async def forward(message: Message) -> None:
            self._deliver(self._host.receive(number, message))
            self._wake.set()

        self._host.open(number, name)
        connection = self._open[number] = ClientConnection(number, forward)
        return connection

    def _unseat(self, number: int) -> None:
        self._open.pop(number, None)
        self._host.close(number)

    def _shut_down_sessions(self) -> None:
        self._deliver(self._host.shut_down())

    def _connections(self) -> list[ClientConnection]:
        return list(self._open.values())

    async def _run(self) -> None:
        while True:
            self._deliver(self._host.turn())
            due = self._host.due()
            wait = None if due is None else max(0.0, due - time.monotonic())
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    def _deliver(self, packets: list[Packet]) -> None:
        for packet in packets:
            self._route(self._open, packet)
