"""A host: many sessions on one core, in fair turns. Run as `python -m app.hosts.host FD`, it serves them over a socket.

`Host` is pure: the clock is injected and every message is returned. `serve` is the loop around it: it sleeps while
nobody needs a turn and ends as soon as the web process is gone. Not here: starting such processes (`backend`).
"""

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

from app import logs
from app.hosts.connection import is_checkpoint
from app.hosts.ipc import Decoder, Kind, Record
from app.live.events import encode
from app.live.session import Outgoing, Session
from app.settings import Settings

log = logging.getLogger(__name__)

PROMPT_SECONDS = 0.1
"""A session that owes a frame may be this far ahead of its share: a change shows at once, nobody cuts in for ever."""

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

    def encode(self) -> bytes:
        """As a record's payload."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, payload: bytes) -> "Report":
        """What `encode` wrote."""
        return cls(**json.loads(payload))


@dataclass(slots=True)
class _Seat:
    """A session and the seconds of work it has had, in the manner of a fair queue's virtual time."""

    session: Session
    spent: float
    due: float = math.inf
    """When it next wants a turn, noted after everything it did: looking at all of them must be cheap."""
    prompted: bool = False

    def note(self) -> None:
        """Ask the session what it wants next."""
        due = self.session.due()
        self.due = math.inf if due is None else due
        self.prompted = self.session.prompted()


class Host:
    """Sessions by number. Who has had least of those that want a turn gets the next."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self.load = 0.0
        """The share of the last half second or so that was worked, 0 to 1."""
        self.clock = clock
        self._settings = settings
        self._seats: dict[int, _Seat] = {}
        self._floor = 0.0
        self._busy = 0.0
        self._measured = clock()
        self._turns, self._frames, self._frame_bytes, self._checkpoints = 0, 0, 0, 0
        self._turn_seconds = 0.0

    def __len__(self) -> int:
        return len(self._seats)

    def open(self, number: int, name: str) -> None:
        """Seat a session."""
        self._seats[number] = _Seat(Session(name, self._settings, self.clock), self._floor)

    def close(self, number: int) -> None:
        """Forget a session."""
        self._seats.pop(number, None)

    def receive(self, number: int, text: str) -> list[Record]:
        """Hand a message to its session; the answers. A session that is gone answers nothing."""
        seat = self._seats.get(number)
        return [] if seat is None else self._work(number, seat, lambda: seat.session.receive(text))

    def turn(self) -> list[Record]:
        """Give one turn to whoever should have it; what came of it, nothing where nobody wants one."""
        now = self.clock()
        chosen, least, lowest = None, math.inf, math.inf
        for number, seat in self._seats.items():
            if seat.due > now:
                continue
            # Who slept has saved nothing up: it starts level with those that worked.
            seat.spent = max(seat.spent, self._floor)
            lowest = min(lowest, seat.spent)
            rank = seat.spent - (PROMPT_SECONDS if seat.prompted else 0.0)
            if rank < least:
                chosen, least = number, rank
        if chosen is None:
            return []
        self._floor = lowest
        seat = self._seats[chosen]
        spent = seat.spent
        records = self._work(chosen, seat, lambda: seat.session.advance(self._settings.turn_seconds, self.load))
        self._turns += 1
        self._turn_seconds += seat.spent - spent
        return records

    def farewell(self) -> list[Record]:
        """Part with every session: a reason and a checkpoint each, and not a word more.

        A frame after that would show a run at rest, and its page would come back paused.
        """
        records = []
        for number, seat in list(self._seats.items()):
            records += self._work(number, seat, seat.session.farewell)
            records.append(Record(Kind.PARTED, number))
        self._seats.clear()
        return records

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
        )

    def _work(self, number: int, seat: _Seat, job: Callable[[], list[Outgoing]]) -> list[Record]:
        begun = self.clock()
        try:
            outgoing = job()
            seat.note()
        except Exception:
            # One session's defect must not cost the others theirs: report it, drop it, go on.
            log.exception("session %s failed and is closed", seat.session.name)
            self.close(number)
            return [Record(Kind.LOST, number)]
        finally:
            took = self.clock() - begun
            seat.spent += took
            self._busy += took
        return [self._record(number, message) for message in outgoing]

    def _record(self, number: int, message: Outgoing) -> Record:
        if not isinstance(message, bytes):
            return Record(Kind.TEXT, number, encode(message).encode())
        if is_checkpoint(message):
            self._checkpoints += 1
        else:
            self._frames += 1
            self._frame_bytes += len(message)
        return Record(Kind.BINARY, number, message)


def serve(link: socket.socket, host: Host) -> None:
    """Serve `host`'s sessions over `link` until the other end closes it."""
    link.setblocking(False)
    decoder, unsent = Decoder(), bytearray()
    report_at = host.clock()
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
                for record in decoder.feed(data):
                    _obey(host, record, unsent)
            if not flooded:
                for record in host.turn():
                    unsent += record.encode()
            if host.clock() >= report_at:
                host.measure()
                unsent += Record(Kind.LOAD, payload=host.report.encode()).encode()
                report_at = host.clock() + LOAD_SECONDS
            if unsent and not _flush(link, unsent):
                return


def _obey(host: Host, record: Record, unsent: bytearray) -> None:
    match record.kind:
        case Kind.OPEN:
            host.open(record.session, record.payload.decode())
        case Kind.CLOSE:
            host.close(record.session)
        case Kind.FAREWELL:
            for last_word in host.farewell():
                unsent += last_word.encode()
        case Kind.TEXT:
            for answer in host.receive(record.session, record.payload.decode()):
                unsent += answer.encode()
        case _:
            raise AssertionError(f"a host is never sent {record.kind.name}")


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


def _first_record(link: socket.socket) -> Record | None:
    """The settings; read byte-exact, so that nothing behind them is lost."""
    decoder = Decoder()
    while data := link.recv(1):
        for record in decoder.feed(data):
            return record
    return None


def main(descriptor: int) -> None:
    """Serve sessions over the inherited socket `descriptor`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as link:
        first = _first_record(link)
        if first is not None:
            settings = Settings.model_validate_json(first.payload)
            logs.set_up(settings, "host")
            serve(link, Host(settings, time.monotonic))


if __name__ == "__main__":
    main(int(sys.argv[1]))
