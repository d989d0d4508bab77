"""What a request brings in its body: no more bytes and seconds than it may, and no more at once than memory allows.

Not here: how long a request may take to begin (`request_timeout`), what the body means (`routes`).
"""

import asyncio

from starlette.requests import Request

from app.errors import Busy, TooLarge, TooLate
from app.settings import Settings
from nncore.sentence import Sentence

_TOO_MUCH = Sentence("say.busy_bodies", "Too much is being sent to this server at once.")
_TOO_SLOW = Sentence("refused.slow_body", "what was sent took too long to arrive")


class Bodies:
    """All bodies that are being received. Who only holds a connection open holds nothing of it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.waiting_bytes = 0

    async def receive(self, request: Request, too_long: Sentence) -> bytes:
        """The whole body, of at most a message's bytes (`read`)."""
        return await self.read(request, self._settings.message_bytes, too_long)

    async def read(self, request: Request, limit_bytes: int, too_long: Sentence) -> bytes:
        """The whole body. Raises TooLarge, which says `too_long` with its `limit`, as soon as there is more.

        Raises Busy where others have sent so much that it does not fit beside theirs, and TooLate where it comes more
        slowly than it may: bytes earn time, as on our own server's connections (`deadline`).
        """
        settings, body = self._settings, bytearray()
        try:
            async with asyncio.timeout(settings.request_seconds) as timer:
                async for chunk in request.stream():
                    body += chunk
                    self.waiting_bytes += len(chunk)
                    if len(body) > limit_bytes:
                        raise TooLarge("", too_long, limit=limit_bytes)
                    if self.waiting_bytes > settings.bodies_bytes:
                        raise Busy(_TOO_MUCH, settings.busy_retry_seconds)
                    timer.reschedule((timer.when() or 0.0) + len(chunk) / settings.request_bytes_per_second)
            return bytes(body)
        except TimeoutError:
            raise TooLate("", _TOO_SLOW) from None
        finally:
            self.waiting_bytes -= len(body)
