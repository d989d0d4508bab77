"""Packets survive being cut anywhere."""

import pytest

from app.hosts.ipc import Decoder, Kind, Packet

PACKETS = [
    Packet(Kind.SETTINGS, payload=b"{}"),
    Packet(Kind.OPEN, 1, b"name"),
    Packet(Kind.TEXT, 4_000_000_000, b'{"type": "play"}'),
    Packet(Kind.CLOSE, 1),
    Packet(Kind.FRAME, 7, bytes(range(256)) * 10),
]


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_packets_survive_being_cut_into_pieces(size: int) -> None:
    data = b"".join(packet.encode() for packet in PACKETS)
    decoder = Decoder()
    found = [packet for start in range(0, len(data), size) for packet in decoder.feed(data[start : start + size])]
    assert found == PACKETS


def test_half_a_packet_gives_nothing_yet() -> None:
    assert list(Decoder().feed(Packet(Kind.TEXT, 1, b"play").encode()[:-1])) == []
