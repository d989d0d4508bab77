"""So many at once and no more; so many of one visitor; a place that is left is free."""

import pytest

from app.errors import Busy
from app.jobs.places import Places
from nncore.sentence import Sentence

FULL = Sentence("say.busy_requests", "Too many requests are waiting.")


def test_who_comes_beyond_the_places_is_told_when_to_come_back() -> None:
    places = Places(3, 2, FULL, 7.0)
    places.enter("a")
    places.enter("a")
    with pytest.raises(Busy) as own:
        places.enter("a")
    places.enter("b")
    with pytest.raises(Busy) as all_taken:
        places.enter("c")
    assert (own.value.sentence, own.value.retry_seconds) == (FULL, 7.0)
    assert all_taken.value.sentence == FULL


def test_a_place_that_is_left_is_free_whatever_happened_in_it() -> None:
    places = Places(1, 1, FULL, 7.0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), places.taken("a"):
            raise ZeroDivisionError
    places.enter("b")
