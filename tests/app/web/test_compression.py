"""Who reads brotli gets brotli, who reads gzip gzip, everyone else the bytes as they are."""

import gzip

import brotli
import pytest

from app.web import compression
from app.web.compression import LEAST_BYTES, Thorough, compressed, reads

BODY = b"neuron " * 500


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "*"])
def test_whoever_reads_brotli_gets_it(accepted: str) -> None:
    body, headers = compressed(BODY, accepted)
    assert brotli.decompress(body) == BODY
    assert len(body) < len(gzip.compress(BODY))
    assert headers == {"Vary": "Accept-Encoding", "Content-Encoding": "br"}


def test_what_many_are_sent_is_compressed_harder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of repetitions alone nothing more could be made."""
    monkeypatch.setattr(compression, "_thorough", Thorough())
    numbers = " ".join(str(number**3) for number in range(500)).encode()
    quick, hard = (compressed(numbers, "br", often=often)[0] for often in (False, True))
    assert brotli.decompress(quick) == brotli.decompress(hard) == numbers
    assert len(hard) < len(quick)


def test_nobody_has_a_server_compress_ever_new_bytes_hard() -> None:
    """As by asking for the page under one name of the server after another, which is in it."""
    now = 0.0
    thorough = Thorough(lambda: now)
    bodies = [BODY + str(number).encode() for number in range(Thorough.AT_ONCE + 5)]
    assert [thorough.compressed(body) is None for body in bodies] == [False] * Thorough.AT_ONCE + [True] * 5
    assert thorough.compressed(bodies[0]) is not None, "what is there costs nothing"
    now = 1.0
    assert thorough.compressed(bodies[-1]) is not None
    assert thorough.compressed(bodies[-2]) is None


def test_what_was_kept_for_longest_goes_first() -> None:
    now = 0.0
    thorough = Thorough(lambda: now)
    bodies = [BODY + str(number).encode() for number in range(Thorough.KEPT + 1)]
    for body in bodies:
        now += 1.0
        assert thorough.compressed(body) is not None
    while thorough.compressed(BODY + str(now).encode() + b"!") is not None:
        now += 0.001
    # Nothing can be made now: what is given is what was kept.
    assert [thorough.compressed(body) is None for body in (bodies[0], bodies[-1])] == [True, False]


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate", "br;q=0, gzip", "deflate,gzip ; q=0.5"])
def test_whoever_reads_gzip_gets_less(accepted: str) -> None:
    body, headers = compressed(BODY, accepted)
    assert len(body) < len(BODY) / 10
    assert gzip.decompress(body) == BODY
    assert headers == {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}


@pytest.mark.parametrize("accepted", ["", "identity", "brotli", "br;q=0", "gzip;q=0", "gzip;q=0.000", "x-gzipped"])
def test_nobody_gets_what_they_cannot_read(accepted: str) -> None:
    assert compressed(BODY, accepted) == (BODY, {"Vary": "Accept-Encoding"})


def test_little_stays_as_it_is() -> None:
    little = b"x" * (LEAST_BYTES - 1)
    assert compressed(little, "gzip, br")[0] == little


@pytest.mark.parametrize(("accepted", "read"), [("gzip, br", True), ("br;q=0.1", True), ("*", True), ("gzip", False)])
def test_other_encodings_are_asked_about_by_name(accepted: str, read: bool) -> None:
    assert reads(accepted, "br") is read
