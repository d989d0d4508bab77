"""What a request brings in its body, read no further than it may be long, and no more at once than memory allows.

Not here: how long a request may take (`request_timeout`), what the body means (`routes`).
"""

from starlette.requests import Request

from app.errors import Busy, TooLarge
from app.settings import Settings
from nncore.sentence import Sentence

_TOO_MUCH = Sentence("say.busy_bodies", "Too much is being sent to this server at once.")


class Bodies:
    """All bodies that are being received. Who only holds a connection open holds nothing of it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.waiting_bytes = 0

    async def read(self, request: Request, limit_bytes: int, too_long: Sentence) -> bytes:
        """The whole body. Raises TooLarge, which says `too_long` with its `limit`, as soon as there is more.

        Raises Busy where others have sent so much that it does not fit beside theirs.
        """
        body = bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                self.waiting_bytes += len(chunk)
                if len(body) > limit_bytes:
                    raise TooLarge("", too_long, limit=limit_bytes)
                if self.waiting_bytes > self._settings.bodies_bytes:
                    raise Busy(_TOO_MUCH, self._settings.busy_retry_seconds)
            return bytes(body)
        finally:
            self.waiting_bytes -= len(body)


async def read_body(request: Request, limit_bytes: int, too_long: Sentence) -> bytes:
    """The whole body of a request to this application (`Bodies.read`)."""
    bodies: Bodies = request.app.state.bodies
    return await bodies.read(request, limit_bytes, too_long)
