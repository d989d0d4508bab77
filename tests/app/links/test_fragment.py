"""Points behind the # of a link: where each part stands, and that a link without them is told so."""

import pytest

from app.links.fragment import MOST_BEHIND, completed, is_behind, joined, with_keys, without_points
from app.links.keys import MOST_CHARACTERS
from nncore.errors import InputError

LONG = "A" * MOST_CHARACTERS


def test_what_fits_stands_before_the_hash() -> None:
    assert joined([("data", "own"), ("points", "AbC"), ("layers", "8")]) == "data=own&points=AbC&layers=8"


def test_points_that_do_not_fit_stand_behind_it_those_of_lanes_too() -> None:
    parts = [("data", "own"), ("points", LONG), ("layers", "8"), ("b.points", "xyz")]
    assert joined(parts) == f"data=own&points=fragment&layers=8&b.points=fragment#points={LONG}&b.points=xyz"


@pytest.mark.parametrize(
    "parts", [[("layers", LONG)], [("points", "A" * MOST_BEHIND)], [("layers", LONG), ("points", "A")]]
)
def test_what_fits_nowhere_has_no_link(parts: list[tuple[str, str]]) -> None:
    assert joined(parts) is None


def test_both_parts_together_are_the_keys_again() -> None:
    query = {"data": "own", "points": "fragment", "b.points": "fragment", "layers": "8"}
    fragment = {"points": "AbC", "b.points": "xyz", "other": "1"}
    assert completed(query, fragment) == {"data": "own", "points": "AbC", "b.points": "xyz", "layers": "8"}


def test_a_part_that_was_cut_off_is_told_by_its_key() -> None:
    with pytest.raises(InputError) as refused:
        completed({"b.points": "fragment"}, {"points": "AbC"})
    assert refused.value.path == "b.points"


def test_only_points_are_looked_for_behind_it() -> None:
    assert completed({"data": "fragment"}, {"data": "own"}) == {"data": "fragment"}
    assert [is_behind(query) for query in ("a=1&points=fragment", "b.points=fragment", "data=fragment", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_is_at_hand_is_left() -> None:
    assert without_points("data=own&points=fragment&layers=8&b.points=fragment") == "data=own&layers=8"
    assert without_points("data=own&points=AbC") == "data=own&points=AbC"


def test_more_keys_stand_before_the_hash() -> None:
    assert with_keys("a=1#points=x", "b=2") == "a=1&b=2#points=x"
    assert (with_keys("a=1", "b=2"), with_keys("", "b=2")) == ("a=1&b=2", "b=2")
