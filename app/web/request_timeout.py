"""Requests in time: a connection that is silent, or trickles a request or its body, is answered 408 and closed.

uvicorn waits for ever for what a client has begun; half-open connections would pile up. Not here: what follows once a
socket is open (`live_protocol`), clients that do not read their answer (`stalled`).
"""

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from app.settings import Settings
from app.web.bare_answer import bare_answer
from app.web.deadline import Deadline

_TOO_SLOW = "This request took too long to arrive."


class TimedProtocol(H11Protocol):
    """The web server's protocol with a deadline for each request, its body included."""

    settings: ClassVar[Settings]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline = Deadline(self.loop, self.settings, self._give_up)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._deadline.start()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        state = self.conn.their_state
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            self._deadline.clear()
        elif state is h11.SEND_BODY:
            self._deadline.start()
            self._deadline.earn(len(data))
        elif state is h11.IDLE:
            self._deadline.start()
        else:
            self._deadline.clear()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.clear()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        super().shutdown()
        if self.flow.write_paused:
            self.transport.abort()  # its answer would hold up the end for as long as it is not read

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        # We set no cookies and read none, but neighbours under the same name may have set long ones.
        self.headers = [(name, value) for name, value in self.headers if name != b"cookie"]
        super().handle_websocket_upgrade(event)

    def send_400_response(self, msg: str) -> None:
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def _give_up(self) -> None:
        begun = self.conn.their_state is not h11.IDLE or self.conn.trailing_data[0]
        if begun:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW)
        else:
            self.transport.close()

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        """Say why, unless an answer is already under way, and close; whoever works on the request is told."""
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        spoken = self.conn.our_state is h11.DONE
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
            spoken = cycle.response_started
        if not spoken and not self.transport.is_closing():
            self.transport.write(bare_answer(status, sentence))
        self.transport.close()


def timed(settings: Settings) -> type[TimedProtocol]:
    """The protocol under these settings."""
    return type("TimedProtocol", (TimedProtocol,), {"settings": settings})
