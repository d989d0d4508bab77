"""How long a connection may take to say what it wants: one that is silent, or trickles a request, is closed in time.

uvicorn waits for ever for a first request; half-open connections would pile up. Not here: sockets that are open
(`routes.live`, pings).
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


def patient(seconds: float) -> type[H11Protocol]:
    """The web server's protocol, which closes a connection that has left a request unfinished for `seconds`."""

    class Patient(H11Protocol):
        """One connection and its deadline."""

        deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._set_deadline()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            unfinished = self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]
            if not unfinished:
                self._clear_deadline()
            elif self.deadline is None:
                self._set_deadline()

        def connection_lost(self, exc: Exception | None) -> None:
            self._clear_deadline()
            super().connection_lost(exc)

        def _set_deadline(self) -> None:
            self.deadline = self.loop.call_later(seconds, self.transport.close)

        def _clear_deadline(self) -> None:
            if self.deadline is not None:
                self.deadline.cancel()
                self.deadline = None

    return Patient
