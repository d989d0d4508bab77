"""Bytes that are the same for everyone, compressed once for all who read gzip.

Not here: frames, which each session compresses for itself (`app.live.frames`), nor what the build has compressed
(`assets`).
"""

import gzip
from functools import lru_cache

LEAST_BYTES = 500
"""Under this the headers weigh more than what is spared."""


def compressed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """`body` as a client with this Accept-Encoding should get it, and the headers that say so."""
    if len(body) < LEAST_BYTES or not reads(accepted, "gzip"):
        return body, {"Vary": "Accept-Encoding"}
    return _gzipped(body), {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}


def reads(accepted: str, encoding: str) -> bool:
    """Whether a client with this Accept-Encoding reads `encoding`."""
    for coding in accepted.split(","):
        name, _, quality = coding.replace(" ", "").partition(";q=")
        if name in (encoding, "*"):
            return quality.strip("0.") != "" or not quality
    return False


@lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
