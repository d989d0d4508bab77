"""Figures that chance parts agree; those of another experiment do not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from app.labs.lab import Claim
from app.lessons.claims import measure, to_json
from tests.app.lessons.agreement import counts_agree, differences, shares_agree

CLAIM = Claim("one", "data=moons&layers=4&rate=0.1", 30, 20, True, ())


def test_two_counts_of_one_share_agree_whatever_the_share() -> None:
    # For every share, the chance that two counts out of 20 do not pass for one share's, summed exactly.
    counts = range(21)
    apart = np.array([[not counts_agree(one, other, 20) for other in counts] for one in counts])
    for share in np.linspace(0, 1, 41):
        chances = stats.binom.pmf(np.arange(21), 20, share)
        assert chances @ apart @ chances < 1e-3


@pytest.mark.parametrize(("one", "other"), [(20, 6), (0, 13), (18, 5), (3, 17)])
def test_two_counts_of_different_shares_do_not(one: int, other: int) -> None:
    assert not counts_agree(one, other, 20)
    assert not counts_agree(other, one, 20)


def test_chaotic_runs_agree_and_a_small_shift_of_all_does_not() -> None:
    rng = np.random.default_rng(0)
    one = rng.uniform(0.5, 1, 20)
    assert shares_agree(one.tolist(), one.tolist())
    assert all(shares_agree(one.tolist(), rng.permutation(one).tolist()) for _ in range(200))
    assert not shares_agree(one.tolist(), (one - rng.uniform(0.01, 0.03, 20)).tolist())


def test_an_experiment_agrees_with_itself_and_not_with_another() -> None:
    told = to_json(measure(CLAIM))
    assert list(differences(told, to_json(measure(CLAIM)))) == []
    slower = to_json(measure(replace(CLAIM, link=CLAIM.link.replace("0.1", "0.03"))))
    assert [sentence.split(" ")[0] for sentence in differences(told, slower)] == ["solved", "runs"]
    wider = to_json(measure(replace(CLAIM, link=CLAIM.link.replace("layers=4", "layers=5"))))
    assert "parameters is told as 17, and is 21" in list(differences(told, wider))


def test_a_figure_that_was_changed_by_hand_is_found() -> None:
    told = to_json(measure(CLAIM))
    told["said"]["solved"] = str(int(told["said"]["solved"]) - 1)
    assert "which is not what the told runs say" in next(differences(told, to_json(measure(CLAIM))))
