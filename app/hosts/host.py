"""A host: many sessions on one core, in fair turns. Run as `python -m app.hosts.host FD`, it serves them over a socket.

`Host` is pure: the clock is injected and every message is returned. `serve` is the loop around it: it sleeps while
nobody needs a turn and ends as soon as the web process is gone. Not here: starting such processes (`processes`).
"""

import gc
import json
import logging
import math
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from weakref import WeakSet

from app import logs
from app.hosts.allocator import Tide, keep_freed
from app.hosts.ipc import Decoder, Kind, Packet
from app.hosts.stacks import Stacks
from app.hosts.turns import Seat, Turns
from app.live.account import Account
from app.live.answers import Long
from app.live.events import Checkpoint, Frame, encode
from app.live.inbox import Inbox, is_long
from app.live.machine import Outgoing, Training, TurnedAway
from app.live.visit import Visit
from app.settings import Settings

log = logging.getLogger(__name__)

LOAD_SECONDS = 0.5
"""The load is measured over, and reported every, so many seconds: it is the sign that the host is well, too."""

BACKLOG_BYTES = 4_000_000
"""While the web process has this much left to read, no more turns are given."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a host has done so far, for whoever watches the server."""

    load: float = 0.0
    """The share of the last half second or so that was worked, 0 to 1."""
    turns: int = 0
    turn_seconds: float = 0.0
    frames: int = 0
    frame_bytes: int = 0
    checkpoints: int = 0
    session_bytes: int = 0
    """The memory that its sessions may take, by the estimate, and what waits for them."""

    def encode(self) -> bytes:
        """As a packet's payload."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, payload: bytes) -> "Report":
        """What `encode` wrote."""
        return cls(**json.loads(payload))


class Host:
    """Sessions by number, and the turns in which they work: messages first, then pictures and training."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self.load = 0.0
        """The share of the last half second or so that was worked, 0 to 1."""
        self.clock = clock
        self._settings = settings
        self._memory = settings.host_room()
        self._seats: dict[int, Seat] = {}
        self._order = Turns(settings.turn_seconds)
        self._stacks = Stacks(settings.turn_seconds)
        self._checks: WeakSet[Long] = WeakSet()
        self._busy = 0.0
        self._measured = clock()
        self._turns, self._frames, self._frame_bytes, self._checkpoints = 0, 0, 0, 0
        self._turn_seconds = 0.0

    def __len__(self) -> int:
        return len(self._seats)

    def open(self, number: int, name: str) -> None:
        """Seat a session."""
        session = Visit(name, self._settings, self.clock, self._checks, self._room)
        inbox = Inbox(self._settings.message_bytes)
        self._seats[number] = Seat(number, session, inbox, self._order.floor)

    def close(self, number: int) -> None:
        """Forget a session."""
        seat = self._seats.pop(number, None)
        if seat is not None:
            self._stacks.forget(seat)

    def receive(self, number: int, message: str | bytes) -> list[Packet]:
        """Take in a message, to be obeyed in its session's turn. One for a session that is gone is lost with it."""
        seat = self._seats.get(number)

        def put() -> list[Outgoing]:
            assert seat is not None
            seat.inbox.put(message, self._memory - self._charged() if is_long(message) else math.inf)
            return []

        return [] if seat is None else self._work(seat, put, in_turn=False)

    def turn(self) -> list[Packet]:
        """Give one turn to whoever should have it; what came of it, nothing where nobody wants one."""
        seat = self._order.next(self._seats.values(), self.clock())
        if seat is None:
            return []
        begun, waiting = self.clock(), len(seat.inbox)
        deadline = begun + self._settings.turn_seconds
        packets = self._work(seat, lambda: self._obey_and_advance(seat, deadline))
        if self._seats.get(seat.number) is seat and seat.due <= self.clock() < deadline:
            packets += self._advance_in_company(seat, deadline)
        self._turns += 1
        self._turn_seconds += self.clock() - begun
        obeyed = waiting - len(seat.inbox)
        return [Packet(Kind.OBEYED, seat.number, obeyed.to_bytes(4)), *packets] if obeyed else packets

    def _obey_and_advance(self, seat: Seat, deadline: float) -> list[Outgoing]:
        """Messages first, one after the other: what is left of the turn is for training and pictures."""
        session, now = seat.session, self.clock()
        out: list[Outgoing] = []
        while now < deadline and (order := seat.inbox.take(painting=session.painting)) is not None:
            out += session.obey(order)
            now = self.clock()
        due = session.due()
        if due is not None and due <= now < deadline and not self._stacks.company(seat):
            out += session.advance(deadline - now, self.load)
        return out

    def _advance_in_company(self, seat: Seat, deadline: float) -> list[Packet]:
        """Where there are others of its shape: train those that may be trained now, all at once, then paint.

        Each is charged its share. Where nobody else stands where it does, it goes alone to the end of its epoch.
        """
        company, packets = self._stacks.company(seat), list[Packet]()
        if not company:
            return packets
        party, batches = self._stacks.plan(seat, company)
        if party:
            begun = self.clock()
            done = self._stacks.train(party, batches, self.clock)
            now = self.clock()
            share, self._busy = (now - begun) / len(party), self._busy + now - begun
            for one in party if done else ():
                self._order.worked(one, now - share, now)
                packets += self._work(one, partial(one.session.trained, batches, share))
        if self._seats.get(seat.number) is seat:
            training: Training = "done" if party or not batches else "to_epoch_end"
            left = max(0.0, deadline - self.clock())
            packets += self._work(seat, lambda: seat.session.advance(left, self.load, training))
        return packets

    def shut_down(self) -> list[Packet]:
        """Part with every session: a reason and a checkpoint each, and not a word more.

        A frame after that would show a run at rest, and its page would come back paused.
        """
        packets = []
        for seat in list(self._seats.values()):
            packets += self._work(seat, seat.session.shut_down)
            packets.append(Packet(Kind.PARTED, seat.number))
        self._seats.clear()
        self._stacks = Stacks(self._settings.turn_seconds)
        return packets

    def due(self) -> float | None:
        """The moment of the next turn; None while nobody wants one."""
        moment = min((seat.due for seat in self._seats.values()), default=math.inf)
        return None if moment == math.inf else moment

    def measure(self) -> float:
        """Take the load since the last call, and return it."""
        now = self.clock()
        if now > self._measured:
            self.load = min(1.0, self._busy / (now - self._measured))
        self._busy, self._measured = 0.0, now
        return self.load

    @property
    def report(self) -> Report:
        """What it has done so far."""
        return Report(
            round(self.load, 3),
            self._turns,
            round(self._turn_seconds, 3),
            self._frames,
            self._frame_bytes,
            self._checkpoints,
            self._charged(),
        )

    def _work(self, seat: Seat, job: Callable[[], list[Outgoing]], *, in_turn: bool = True) -> list[Packet]:
        begun = self.clock()
        try:
            # To the last byte: what cannot be encoded is the session's defect like any other.
            packets = [_packet(seat.number, message) for message in job()]
            seat.note(self.clock(), worked=in_turn)
            self._stacks.note(seat)
        except Exception:
            # One session's defect must not cost the others theirs: report it, drop it, go on.
            log.exception("session %s failed and is closed", seat.session.name)
            self.close(seat.number)
            return [Packet(Kind.LOST, seat.number)]
        finally:
            now = self.clock()
            self._order.worked(seat, begun, now)
            self._busy += now - begun
        self._count(packets)
        if any(packet.kind is Kind.FULL for packet in packets):
            self.close(seat.number)
        return packets

    def _charged(self) -> int:
        seats = sum(seat.session.account.total + seat.inbox.nbytes for seat in self._seats.values())
        return seats + self._stacks.nbytes

    def _room(self, account: Account) -> int:
        """The memory that the others leave to a session."""
        return self._memory - self._charged() + account.total

    def _count(self, packets: list[Packet]) -> None:
        for packet in packets:
            if packet.kind is Kind.CHECKPOINT:
                self._checkpoints += 1
            elif packet.kind is Kind.FRAME:
                self._frames += 1
                self._frame_bytes += len(packet.payload)


def _packet(number: int, message: Outgoing) -> Packet:
    match message:
        case TurnedAway():
            return Packet(Kind.FULL, number)
        case Frame(data):
            return Packet(Kind.FRAME, number, data)
        case Checkpoint(data):
            return Packet(Kind.CHECKPOINT, number, data)
        case event:
            return Packet(Kind.TEXT, number, encode(event).encode())


def serve(link: socket.socket, host: Host) -> None:
    """Serve `host`'s sessions over `link` until the other end closes it."""
    link.setblocking(False)
    decoder, unsent = Decoder(), bytearray()
    report_at, tide = host.clock(), Tide()
    with selectors.DefaultSelector() as selector:
        selector.register(link, selectors.EVENT_READ)
        while True:
            flooded = len(unsent) > BACKLOG_BYTES
            wanted = (0 if flooded else selectors.EVENT_READ) | (selectors.EVENT_WRITE if unsent else 0)
            selector.modify(link, wanted)
            ready = selector.select(_patience(host, report_at, flooded))
            if any(events & selectors.EVENT_READ for _, events in ready):
                data = _received(link)
                if not data:
                    return
                for packet in decoder.feed(data):
                    _obey(host, packet, unsent)
            if not flooded:
                for packet in host.turn():
                    unsent += packet.encode()
            if host.clock() >= report_at:
                host.measure()
                report = host.report
                tide.note(report.session_bytes)
                unsent += Packet(Kind.LOAD, payload=report.encode()).encode()
                report_at = host.clock() + LOAD_SECONDS
            if unsent and not _flush(link, unsent):
                return


def _obey(host: Host, packet: Packet, unsent: bytearray) -> None:
    match packet.kind:
        case Kind.OPEN:
            host.open(packet.session, packet.payload.decode())
        case Kind.CLOSE:
            host.close(packet.session)
        case Kind.SHUT_DOWN:
            for last_word in host.shut_down():
                unsent += last_word.encode()
        case Kind.TEXT | Kind.UPLOAD:
            message = packet.payload if packet.kind is Kind.UPLOAD else packet.payload.decode()
            for answer in host.receive(packet.session, message):
                unsent += answer.encode()
        case _:
            raise AssertionError(f"a host is never sent {packet.kind.name}")


def _patience(host: Host, report_at: float, flooded: bool) -> float:
    """How long to wait for the socket: until the next turn or the next report, whichever comes first."""
    due = None if flooded else host.due()
    moment = report_at if due is None else min(due, report_at)
    return max(0.0, moment - host.clock())


def _received(link: socket.socket) -> bytes:
    """What has arrived; nothing once the other end is gone."""
    try:
        return link.recv(1 << 18)
    except BlockingIOError:
        raise AssertionError("select said readable") from None
    except OSError:
        return b""


def _flush(link: socket.socket, unsent: bytearray) -> bool:
    """Send what the socket takes; false once the other end is gone."""
    try:
        del unsent[: link.send(unsent)]
    except BlockingIOError:
        pass
    except OSError:
        return False
    return True


def _first_packet(link: socket.socket) -> Packet | None:
    """The settings; read byte-exact, so that nothing behind them is lost."""
    decoder = Decoder()
    while data := link.recv(1):
        for packet in decoder.feed(data):
            return packet
    return None


def main(descriptor: int) -> None:
    """Serve sessions over the inherited socket `descriptor`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as link:
        first = _first_packet(link)
        if first is not None:
            settings = Settings.model_validate_json(first.payload)
            logs.set_up(settings, "host")
            host = Host(settings, time.monotonic)
            # What is here now stays: looking through it for garbage again and again is a third of the work of a change.
            gc.freeze()
            keep_freed()
            serve(link, host)


if __name__ == "__main__":
    main(int(sys.argv[1]))
