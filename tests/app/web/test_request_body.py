"""A body is read as far as it may be long, and not a byte further."""

import asyncio

import pytest
from starlette.requests import Request

from app.errors import TooLarge
from app.web.request_body import read_body
from nncore.sentence import Sentence

LONG = Sentence("refused.long_table", "is longer than the {limit} bytes that this server reads")


def read(chunks: list[bytes], limit: int) -> tuple[bytes | TooLarge, int]:
    """What comes of a body in these chunks, and how many of them were asked for."""
    left = list(chunks)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    try:
        found: bytes | TooLarge = asyncio.run(read_body(Request({"type": "http"}, receive), limit, LONG))
    except TooLarge as error:
        found = error
    return found, len(chunks) - len(left)


def test_a_body_comes_whole() -> None:
    assert read([b"ab", b"c"], 3) == (b"abc", 2)
    assert read([b""], 0) == (b"", 1)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_what_is_longer_is_refused_before_the_rest_is_read(limit: int) -> None:
    found, asked = read([b"abcd", b"e", b"f"], limit)
    assert isinstance(found, TooLarge)
    assert f"the {limit} bytes" in str(found)
    assert asked == 1
