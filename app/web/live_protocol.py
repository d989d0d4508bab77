"""The frames of a live socket, read in measure: what a client sends beyond that waits in its own network.

uvicorn parses all that has arrived at once, answers every ping however little is read, and leaves a handshake that it
cannot read unanswered. Here frames are parsed a piece at a time, nothing is read from a client that takes nothing, and
frames that are no message count; so do bytes that wait. Not here: how fast messages are read (`routes.live`), clients
that never read again (`stalled`), how much may wait (`unfinished`).
"""

from asyncio.transports import BaseTransport
from http import HTTPStatus
from typing import Any, ClassVar

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import HeaderLineTooLong, RequestLineTooLong, TooManyHeaders
from websockets.frames import CloseCode, Frame

from app.settings import Settings
from app.token_bucket import Bucket
from app.web.bare_answer import bare_answer
from app.web.deadline import Deadline
from app.web.unfinished import Unfinished

PIECE_BYTES = 2048
"""Parsed at a time. The smallest message takes 7 bytes: no more than 300 of them wait as objects."""

MOST_FRAGMENTS = 1000
"""Parts of one message; a fragment may be empty, so bytes alone do not bound them."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """The web server's protocol for one live socket."""

    settings: ClassVar[Settings]
    unfinished: "ClassVar[Unfinished[LiveProtocol]]"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._unread = bytearray()
        self._queued = self._taken = 0
        """Bytes of whole messages: for the application to take, and of the one that it has not done with."""
        self._deadline = Deadline(self.loop, self.settings, self._give_up)
        self._bucket = Bucket(self.settings.messages_per_second, self.settings.messages_at_once, self.loop.time())

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self._deadline.start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.clear()
        self._drop_what_waits()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        self._deadline.earn(len(data))
        self._read_on()
        self._count()

    def shutdown(self) -> None:
        super().shutdown()
        if not self.writable.is_set():
            self.transport.abort()  # it reads nothing, so it would not hear why either

    def pause_writing(self) -> None:
        super().pause_writing()
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._read_on()

    async def receive(self) -> ASGIReceiveEvent:
        self._taken = 0
        self._count()
        event = await super().receive()
        if event["type"] == "websocket.receive":
            self._taken = len(event.get("bytes") or event.get("text") or b"")
        if self.queue.empty():
            self._queued = 0
        self._read_on()
        self._count()
        return event

    async def send(self, message: ASGISendEvent) -> None:
        if message["type"] == "websocket.send" and self.transport.is_closing():
            raise ClientDisconnected
        await super().send(message)
        # The handshake or a message to the client is out: what was held up by it may go on.
        self._read_on()

    @property
    def _held(self) -> bool:
        """Whether the application has a message to take, or the client has."""
        return self.read_paused or not self.writable.is_set()

    def _read_on(self) -> None:
        while self._unread and not self._held and not self.transport.is_closing():
            piece = bytes(self._unread[:PIECE_BYTES])
            del self._unread[:PIECE_BYTES]
            super().data_received(piece)
            if self.conn.handshake_exc is not None and not self.handshake_initiated:
                self._refuse_handshake(self.conn.handshake_exc)
        if self.transport.is_closing():
            self._drop_what_waits()
            self._deadline.clear()
            return
        if self._held or self._unread:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()
        if not self.handshake_complete or self.conn.reader.buffer or self.conn.current_size is not None:
            self._deadline.start()
        else:
            self._deadline.clear()

    def _count(self) -> None:
        """Tell how much waits here. Where that is too much of all, who has most is closed."""
        begun = len(self._unread) + len(self.conn.reader.buffer) + (self.conn.current_size or 0)
        waiting = 0 if self.transport.is_closing() else begun + self._queued + self._taken
        for largest in self.unfinished.note(self, waiting):
            largest._fail(CloseCode.TRY_AGAIN_LATER, "too much is being sent to this server at once")
            largest._drop_what_waits()

    def _drop_what_waits(self) -> None:
        self._unread.clear()
        self.conn.reader.discard()
        self.frames = []
        self.unfinished.note(self, 0)

    def _give_up(self) -> None:
        if not self.handshake_complete:
            self.transport.abort()
        elif self._held:
            self._deadline.start()  # it is not the client that keeps the rest of its message waiting
        else:
            self._fail(CloseCode.POLICY_VIOLATION, "a message took too long to arrive")

    def _refuse_handshake(self, error: Exception) -> None:
        if isinstance(error, RequestLineTooLong):
            status, sentence = HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long."
        elif isinstance(error, (HeaderLineTooLong, TooManyHeaders)):
            status, sentence = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too long or too many."
        else:
            status, sentence = HTTPStatus.BAD_REQUEST, "This cannot be read as the opening of a WebSocket."
        self.handshake_complete = self.close_sent = True
        self.transport.write(bare_answer(status, sentence))
        self.transport.close()

    # Frames

    def handle_events(self) -> None:
        if self.conn.events and self.conn.current_size is None:
            self._deadline.clear()
        super().handle_events()

    def handle_ping(self) -> None:
        if self._admits():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._admits():
            super().handle_pong(event)

    def handle_text(self, event: Frame) -> None:
        if event.fin or self._admits():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        if event.fin or self._admits():
            super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= MOST_FRAGMENTS:
            self._fail(CloseCode.POLICY_VIOLATION, "a message came in too many fragments")
        elif event.fin or self._admits():
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        self._deadline.clear()
        if self.close_sent and not self._admits():
            return
        data = b"".join(self.frames)
        self.frames = [data]
        if self.curr_msg_data_type == "text" and not _is_text(data):
            self._fail(CloseCode.INVALID_DATA, "text must be UTF-8")
        else:
            self._queued += len(data)
            super().send_receive_event_to_app()

    def keepalive_timeout(self) -> None:
        if self.writable.is_set():
            super().keepalive_timeout()
        else:
            # It is not read while it takes nothing, so its answer may be waiting; `stalled` judges it.
            self.pong_timer = self.loop.call_later(self.settings.ping_timeout_seconds, self.keepalive_timeout)

    def _admits(self) -> bool:
        """Whether another frame that is no whole message may come now; closes where not."""
        if self.transport.is_closing():
            return False
        if self._bucket.admits(self.loop.time()):
            return True
        self._fail(CloseCode.POLICY_VIOLATION, "too many pings or fragments")
        return False

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.frames = []
        if self.close_sent:
            self.transport.abort()
        elif not self.transport.is_closing():
            self.conn.fail(code, reason)
            self.handle_parser_exception()


def live_protocol(settings: Settings) -> type[LiveProtocol]:
    """The protocol under these settings."""
    unfinished: Unfinished[LiveProtocol] = Unfinished(settings.bodies_bytes)
    return type("LiveProtocol", (LiveProtocol,), {"settings": settings, "unfinished": unfinished})


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
