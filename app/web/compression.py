"""Bytes that are the same for everyone, compressed once for all who read the same encoding: brotli, or gzip else.

Not here: frames, which each session compresses for itself (`app.live.frames`), nor what the build has compressed
(`assets`). Why brotli: docs/decisions/0024-brotli-for-the-servers-own-answers.md.
"""

import gzip
from functools import lru_cache

import brotli

LEAST_BYTES = 500
"""Under this the headers weigh more than what is spared."""

QUICK, THOROUGH = 5, 11
"""Brotli's qualities: one takes less long than gzip, the other 30 ms, for a tenth less."""

MOST_THOROUGH = 64
"""So many different bodies are worth that: whoever asks under ever new names of this server costs it no more."""

_thorough: dict[bytes, bytes] = {}


def compressed(body: bytes, accepted: str, *, often: bool = False) -> tuple[bytes, dict[str, str]]:
    """`body` as a client with this Accept-Encoding should get it, and the headers that say so.

    `often`: the same bytes are sent to many, so that they are worth 30 milliseconds, once.
    """
    headers = {"Vary": "Accept-Encoding"}
    if len(body) < LEAST_BYTES:
        return body, headers
    if reads(accepted, "br"):
        return _often(body) if often else _brotli(body), headers | {"Content-Encoding": "br"}
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


def _often(body: bytes) -> bytes:
    if body not in _thorough:
        if len(_thorough) >= MOST_THOROUGH:
            return _brotli(body)
        _thorough[body] = brotli.compress(body, quality=THOROUGH)
    return _thorough[body]


@lru_cache(maxsize=256)
def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, quality=QUICK)
    return packed


@lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
