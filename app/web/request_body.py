"""What a request brings in its body, read no further than it may be long.

Not here: how long a request may take (`request_timeout`), what the body means (`routes`).
"""

from starlette.requests import Request

from app.errors import TooLarge
from nncore.sentence import Sentence


async def read_body(request: Request, limit_bytes: int, too_long: Sentence) -> bytes:
    """The whole body. Raises TooLarge, which says `too_long` with its `limit`, as soon as there is more."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit_bytes:
            raise TooLarge("", too_long, limit=limit_bytes)
    return bytes(body)
