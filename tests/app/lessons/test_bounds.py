"""A bound that does not hold is told in one sentence, whatever it is about."""

from dataclasses import replace
from typing import Any

import pytest

from app.labs.lab import Claim
from app.lessons.bounds import bounded, broken, holds
from app.lessons.claims import measure
from app.lessons.memory_claims import MeasuredMemory
from nncore.errors import UnknownName


@pytest.mark.parametrize(
    ("bound", "sentence"),
    [
        ({"what": "solved", "at_least": 21}, "one: solved is 20, not at least 21"),
        ({"what": "median", "at_most": 0.5}, "one: median is 1, not at most 0.5"),
        ({"what": "beats", "than": "one", "at_least": 1}, "one: beats is 0, not at least 1"),
    ],
)
def test_a_claim_that_does_not_hold_is_told(bound: dict[str, Any], sentence: str) -> None:
    claim = Claim("one", "data=gaussians&count=100&layers=0&rate=0.1", 20, 20, True, (bound,))
    assert broken({"one": measure(claim)}) == [sentence]


def shares(*found: float) -> MeasuredMemory:
    return MeasuredMemory(Claim("one", "", 0, len(found), True, ()), list(found))


def test_one_beats_another_seed_by_seed_and_a_tie_does_not_count() -> None:
    one, other = shares(0.9, 0.8, 0.7, 1.0), shares(0.8, 0.9, 0.7, 0.2)
    assert bounded(one, {"what": "beats", "than": "other"}, {"one": one, "other": other}) == 2


def test_what_never_came_is_beyond_every_bound() -> None:
    claim = Claim("one", "data=xor&count=40&layers=0", 1, 20, True, ({"what": "soon", "at_most": 1000},))
    assert broken({"one": measure(claim)}) == ["one: soon is inf, not at most 1000"]


@pytest.mark.parametrize(("value", "kept"), [(1.9, False), (2, True), (3, True), (3.1, False)])
def test_both_ends_belong_to_a_bound(value: float, kept: bool) -> None:
    assert holds({"what": "solved", "at_least": 2, "at_most": 3}, value) is kept


def test_a_figure_that_nobody_measures_is_refused_with_those_there_are() -> None:
    one = shares(1.0)
    wrong = replace(one, claim=replace(one.claim, holds=({"what": "angel", "at_most": 1},)))
    with pytest.raises(UnknownName, match=r"claims\.one\.holds: there is no figure called 'angel'"):
        broken({"one": wrong})
