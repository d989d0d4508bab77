"""What comes up is whole or it is nothing: bounded in bytes, in time and by the room there is."""

import pytest

from app.errors import NoRoom, TooLarge
from app.live.upload import Upload
from app.settings import Settings
from nncore.errors import BadSnapshot

SETTINGS = Settings(checkpoint_bytes=300_000, message_bytes=100_000, upload_seconds=5.0)


def upload_of(*parts: bytes) -> Upload:
    upload = Upload(SETTINGS)
    for part in parts:
        upload.add(part, 0.0)
    return upload


def test_parts_make_a_whole_which_is_given_away_once() -> None:
    upload = upload_of(b"ab", b"", b"cde")
    assert upload.nbytes == 5
    assert upload.take(5) == b"abcde"
    assert upload.nbytes == 0
    with pytest.raises(BadSnapshot, match="bytes uploaded, 0, not 5"):
        upload.take(5)


def test_another_length_than_was_announced_is_refused_and_nothing_is_kept() -> None:
    upload = upload_of(b"abc")
    with pytest.raises(BadSnapshot, match="bytes uploaded, 3, not 4"):
        upload.take(4)
    assert upload.nbytes == 0


def test_a_part_too_many_drops_it_all_and_the_open_hears_why() -> None:
    upload = upload_of(*[bytes(100_000)] * 3)
    with pytest.raises(TooLarge, match="longer than the 300000 bytes"):
        upload.add(b"x", 0.0)
    assert upload.nbytes == 0
    upload.add(bytes(100_000), 0.0)
    assert upload.nbytes == 0
    with pytest.raises(TooLarge, match="300000"):
        upload.take(400_001)
    upload.add(b"anew", 0.0)
    assert upload.take(4) == b"anew"


def test_a_part_longer_than_a_message_may_be_drops_it_all() -> None:
    upload = upload_of(b"ab")
    with pytest.raises(TooLarge, match="longer than the 100000 bytes"):
        upload.add(bytes(100_001), 0.0)
    assert upload.nbytes == 0


def test_a_part_for_which_there_is_no_memory_drops_it_all() -> None:
    upload = upload_of(b"ab")
    with pytest.raises(NoRoom):
        upload.add(bytes(1000), 0.0, room=999)
    with pytest.raises(NoRoom):
        upload.take(1002)


def test_what_is_not_finished_in_time_is_dropped_with_a_sentence() -> None:
    upload = Upload(SETTINGS)
    assert upload.due() == float("inf")
    upload.add(b"ab", 10.0)
    upload.add(b"cd", 12.0)
    assert upload.due() == 17.0
    assert upload.expire(16.9) is None
    late = upload.expire(17.0)
    assert late is not None
    assert str(late) == "uploaded: was dropped: after 4 bytes, nothing followed for 5 seconds"
    assert (upload.nbytes, upload.due()) == (0, float("inf"))


def test_many_small_parts_take_no_more_than_their_bytes() -> None:
    """A list of them would take forty times as much."""
    upload = upload_of(*[b"x"] * 100_000)
    assert upload._data.__sizeof__() < 150_000
