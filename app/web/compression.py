"""Bytes that are the same for everyone, compressed once for all who read the same encoding: brotli, or gzip else.

Not here: frames, which each session compresses for itself (`app.live.frames`), nor what the build has compressed
(`assets`). Why brotli: docs/decisions/0024-brotli-for-the-servers-own-answers.md.
"""

import gzip
import time
from collections.abc import Callable
from functools import lru_cache

import brotli

from app.token_bucket import Bucket

LEAST_BYTES = 500
"""Under this the headers weigh more than what is spared."""

QUICK, THOROUGH = 5, 11
"""Brotli's qualities: one takes less long than gzip, the other 30 ms, for a tenth less."""


class Thorough:
    """Bytes compressed as hard as can be, each once.

    Whoever asks for a page under ever new names of this server makes ever new bytes of it: beyond `AT_ONCE` of them, or
    one a second for long, nothing is compressed so.
    """

    AT_ONCE, PER_SECOND, KEPT = 64, 1.0, 256

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._bucket = clock, Bucket(self.PER_SECOND, self.AT_ONCE, clock())
        self._kept: dict[bytes, bytes] = {}

    def compressed(self, body: bytes) -> bytes | None:
        """`body` as brotli; None where it is not to be made now."""
        if body not in self._kept:
            if not self._bucket.admits(self._clock()):
                return None
            if len(self._kept) >= self.KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[body] = brotli.compress(body, quality=THOROUGH)
        return self._kept[body]


_thorough = Thorough()


def compressed(body: bytes, accepted: str, *, often: bool = False) -> tuple[bytes, dict[str, str]]:
    """`body` as a client with this Accept-Encoding should get it, and the headers that say so.

    `often`: the same bytes are sent to many, so that they are worth 30 milliseconds, once.
    """
    headers = {"Vary": "Accept-Encoding"}
    if len(body) < LEAST_BYTES:
        return body, headers
    if reads(accepted, "br"):
        hard = _thorough.compressed(body) if often else None
        return hard or _brotli(body), headers | {"Content-Encoding": "br"}
    if reads(accepted, "gzip"):
        return _gzipped(body), headers | {"Content-Encoding": "gzip"}
    return body, headers


def reads(accepted: str, encoding: str) -> bool:
    """Whether a client with this Accept-Encoding reads `encoding`."""
    for coding in accepted.split(","):
        name, _, quality = coding.replace(" ", "").partition(";q=")
        if name in (encoding, "*"):
            return quality.strip("0.") != "" or not quality
    return False


@lru_cache(maxsize=256)
def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, quality=QUICK)
    return packed


@lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
