"""How often other seeds break a bound is what the distribution says."""

from dataclasses import replace
from typing import Any

import pytest
from scipy import stats

from app.labs.lab import Claim
from app.labs.registry import labs
from app.lessons.memory_claims import MeasuredMemory
from tests.app.lessons.margins import Margin, margins, more_runs

NINETY = [1.0] * 90 + [0.5] * 10
"""Nine runs in ten solve it."""


def margins_of(*claims: tuple[list[float], dict[str, Any]]) -> list[Margin]:
    """One for each claim's bound; the claims are called a, b ..., with 20 seeds each."""
    made = {
        name: (Claim(name, "", 0, 20, True, (bound,)), shares)
        for name, (shares, bound) in zip("abcd", claims, strict=False)
    }
    lab = replace(labs()["dreaming"], claims={name: claim for name, (claim, _) in made.items()})
    return list(margins(lab, {name: MeasuredMemory(claim, shares) for name, (claim, shares) in made.items()}))


@pytest.mark.parametrize("least", [20, 18, 14])
def test_a_bound_on_a_count_breaks_as_often_as_the_binomial_says(least: int) -> None:
    (margin,) = margins_of((NINETY, {"what": "solved", "at_least": least}))
    assert margin.share == pytest.approx(stats.binom.cdf(least - 1, 20, 0.9), abs=0.03)


def test_claims_are_compared_seed_by_seed() -> None:
    (margin, _) = margins_of(
        ([share + 0.01 for share in NINETY], {"what": "beats", "than": "b", "at_least": 20}),
        (NINETY, {"what": "lowest", "at_most": 1}),
    )
    assert margin.share == 0


def test_a_doubtful_bound_is_marked() -> None:
    (doubtful, firm) = margins_of(
        (NINETY, {"what": "solved", "at_least": 18}), (NINETY, {"what": "median", "at_least": 0.9})
    )
    assert str(doubtful).startswith("!")
    assert "a: solved at least 18 (" in str(doubtful)
    assert str(firm) == "   0.00%  b: median at least 0.9 (1 1 1)"


def test_more_runs_are_those_of_the_claim_and_others() -> None:
    lab = labs()["fire_together"]
    claim = replace(lab.claims["oja"], epochs=1)
    one = replace(lab, claims={"oja": claim})
    few, many = more_runs(one, 20)["oja"], more_runs(one, 25)["oja"]
    assert len(many.shares) == 25
    assert many.shares[:20] == few.shares
    assert many.only([3, 3]).shares == [few.shares[3]] * 2
