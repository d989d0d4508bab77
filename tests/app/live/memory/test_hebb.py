"""Hebb's units at work: arrows, the way that they have come, and whether there is anything to find."""

import numpy as np
import pytest

from app.links.memory_link import read
from app.live.memory.hebb import TRAIL, HebbWork, price_of
from nncore.errors import InputError


def work_of(link: str = "") -> HebbWork:
    return HebbWork(read(f"machine=hebb&{link}"))


def test_it_ends_along_the_first_axis_with_length_one() -> None:
    work = work_of("rate=0.01")
    work.advance(200 * 40)
    body = work.picture(afresh=True).body
    assert body["angles"][0] < 2
    assert body["lengths"][0] == pytest.approx(1, abs=0.03)
    assert body["found"]
    assert not body["ran_away"]


def test_decorrelated_there_is_nothing_to_find() -> None:
    assert work_of("decorrelate=on").picture(afresh=True).body["found"] is False
    assert work_of("stretch=3").picture(afresh=True).body["found"] is True


def test_hebbs_rule_runs_away_and_rests() -> None:
    work = work_of("rule=hebb&rate=0.2")
    done = work.advance(10**6)
    assert work.diverged == "ran away"
    assert work.step == done
    assert work.advance(5) == 0
    assert work.picture(afresh=True).body["ran_away"]


def test_the_way_is_kept_whole_in_few_moments() -> None:
    work = work_of("units=2&rule=sanger")
    first = work.learner.w.copy()
    for steps in (1, 700, 2000):
        work.advance(steps)
        trail = work.picture(afresh=False).arrays["trail"]
        assert trail.shape[1:] == (2, 2)
        assert len(trail) <= TRAIL
        np.testing.assert_allclose(trail[0], first, atol=1e-6)


@pytest.mark.parametrize("body", [{"epoch": -1}, {"offset": 200}, {"stride": 0}])
def test_a_state_that_is_none_is_refused(body: dict[str, object]) -> None:
    saved = work_of().saved()
    with pytest.raises(InputError, match="not the state of this memory"):
        work_of().restore(saved.body | body, saved.arrays)
    with pytest.raises(InputError, match="not the state of this memory"):
        work_of().restore(saved.body, saved.arrays | {"trail": np.zeros((2, 2))})


def test_a_price_covers_the_points() -> None:
    assert price_of(read("machine=hebb&count=2000")) > 8 * 2 * 2 * 2000
