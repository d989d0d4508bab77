"""Records survive being cut anywhere."""

import pytest

from app.hosts.ipc import Decoder, Kind, Record

RECORDS = [
    Record(Kind.SETTINGS, payload=b"{}"),
    Record(Kind.OPEN, 1, b"name"),
    Record(Kind.TEXT, 4_000_000_000, b'{"type": "play"}'),
    Record(Kind.CLOSE, 1),
    Record(Kind.FRAME, 7, bytes(range(256)) * 10),
]


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_records_survive_being_cut_into_pieces(size: int) -> None:
    data = b"".join(record.encode() for record in RECORDS)
    decoder = Decoder()
    found = [record for start in range(0, len(data), size) for record in decoder.feed(data[start : start + size])]
    assert found == RECORDS


def test_half_a_record_gives_nothing_yet() -> None:
    assert list(Decoder().feed(Record(Kind.TEXT, 1, b"play").encode()[:-1])) == []
