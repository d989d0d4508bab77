"""Every claim of every lab is measured anew, over twenty seeds and more, and stands; the texts tell its figures."""

from dataclasses import replace

import numpy as np
import pytest

from app.labs.lab import Claim
from app.labs.registry import labs
from app.lessons.bounds import broken
from app.lessons.claims import measure, measure_all, said, to_json
from app.links import link
from nncore.certainty import far_certainty
from nncore.probes import PROBES
from nncore.study.repeats import fresh_seeds
from nncore.trainer import Trainer
from tests.app.lessons.agreement import differences

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", labs())
def test_claims_hold_and_their_figures_are_those_that_are_told(name: str) -> None:
    lab = labs()[name]
    measured = measure_all(lab)
    assert broken(measured) == []
    assert set(lab.figures) == set(measured), "write them anew: make reference"
    for claim, one in measured.items():
        assert len(one.shares) >= 20
        assert list(differences(lab.figures[claim], to_json(one))) == [], f"{claim}: make reference"


CLAIM = Claim("one", "data=gaussians&count=40&layers=2", 3, 20, True, ())


def test_a_claim_s_runs_are_those_of_its_seeds() -> None:
    config = link.read(CLAIM.link).config
    measured = measure(CLAIM)
    for outcome, seeds in zip(measured.outcomes, fresh_seeds(config, 20, data=True), strict=True):
        changed = link.read(f"{CLAIM.link}&data_seed={seeds.data}&run_seed={seeds.run}").config
        assert outcome.test_accuracy == Trainer(changed).run(3).evaluate().test_accuracy


def test_a_claim_tells_the_middle_loss_the_least_and_the_largest() -> None:
    config = link.read(CLAIM.link).config
    seeds = fresh_seeds(config, 20, data=True)
    losses = sorted(Trainer(replace(config, seeds=one)).run(3).evaluate().test_loss for one in seeds)
    found = measure(CLAIM).figures
    assert [found["best_loss"], found["worst_loss"]] == [losses[0], losses[-1]]
    assert found["loss"] == pytest.approx((losses[9] + losses[10]) / 2)
    assert said("worst_loss", 0.69314) == "0.693"


def test_a_claim_counts_the_weights_that_are_nothing() -> None:
    """Of a network that began with nothing but zeros, nothing moves before the output's bias but the output's bias."""
    claim = Claim("one", "data=xor&count=60&layers=3&init=zeros", 2, 20, True, ())
    found = measure(claim).figures
    assert [found[f"{which}zero_weights"] for which in ("", "fewest_", "most_")] == [9, 9, 9]
    assert measure(CLAIM).figures["most_zero_weights"] == 0


def test_a_claim_s_layers_are_scored_as_the_page_scores_them() -> None:
    claim = Claim("one", "data=xor&count=60&layers=3,2&rate=0.1", 5, 20, True, (), layers=True)
    measured = measure(claim)
    config, told = link.read(claim.link).config, measured.figures
    runs = [Trainer(replace(config, seeds=seeds)).run(5) for seeds in fresh_seeds(config, 20, data=True)]
    shown = np.array([PROBES.build("layer_decision").compute(run)["accuracy"][:, 1] for run in runs])
    assert [told["input"], told["layer_1"], told["layer_2"]] == pytest.approx(np.median(shown, axis=0))
    assert "layer_3" not in told
    third = measured.only([2])
    assert [third.figures["layer_1"], third.figures["layer_2"]] == pytest.approx(shown[2][1:])
    assert third.shares == measured.shares[2:3]
    assert said("layer_1", 0.5) == "50%"


def test_a_claim_may_be_about_how_sure_each_run_is_far_away() -> None:
    claim = replace(CLAIM, far=True)
    measured, usual = measure(claim), measure(CLAIM)
    config = link.read(CLAIM.link).config
    runs = [Trainer(replace(config, seeds=seeds)).run(3) for seeds in fresh_seeds(config, 20, data=True)]
    assert measured.shares == pytest.approx([far_certainty(run) for run in runs])
    assert measured.figures["highest"] == max(measured.shares)
    assert measured.figures["right"] == usual.figures["median"]
    assert "right" not in usual.figures
    assert said("right", 0.975) == "98%"
    third = measured.only([2])
    assert (third.shares, third.figures["right"]) == (measured.shares[2:3], usual.shares[2])


def test_figures_are_said_alike_everywhere() -> None:
    assert [said("median", 0.512), said("solved", 20), said("loss", 0.69314), said("soon", None)] == [
        "51%",
        "20",
        "0.693",
        "–",
    ]
