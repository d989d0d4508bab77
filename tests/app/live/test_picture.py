"""A picture takes no longer than it is given, goes on where it stopped, and counts its own time alone."""

from app.live.picture import Picture
from nncore.pieces import Pieces
from tests.app.clock import Clock


def pieces(clock: Clock, *seconds: float) -> Pieces[bytes]:
    for one in seconds:
        clock.now += one
        yield
    return b"frame"


def picture_of(clock: Clock, *seconds: float) -> Picture:
    return Picture(pieces(clock, *seconds), 0.0, prompt=True, lens=False)


def test_a_picture_stops_at_the_first_piece_after_its_deadline() -> None:
    clock = Clock(tick_seconds=0.0)
    picture = picture_of(clock, 0.003, 0.003, 0.003, 0.003)
    assert picture.advance(clock, clock.now + 0.004) is None
    assert clock.now == 0.006
    clock.now = 1.0
    assert picture.advance(clock, clock.now + 0.004) is None
    assert picture.advance(clock, clock.now + 0.004) == b"frame"
    assert round(picture.seconds, 6) == 0.012


def test_a_piece_is_painted_even_when_there_is_no_time_left() -> None:
    clock = Clock(tick_seconds=0.0)
    picture = picture_of(clock, 0.5, 0.5)
    assert [picture.advance(clock, clock.now) for _ in range(3)] == [None, None, b"frame"]
    assert picture.seconds == 1.0
