"""Certainty far away is read off along the edge of the plane, whatever learns and however many classes there are."""

import math

import numpy as np
import pytest

from app.links import link
from nncore.certainty import PLACES, edge_points, far_certainty
from nncore.editing import edit
from nncore.learner import begin
from nncore.plane import reach
from nncore.trainer import Trainer


def test_the_edge_is_gone_around_in_equal_steps() -> None:
    places = edge_points(2.0)
    assert places.shape == (PLACES, 2)
    assert np.abs(places).max(axis=1) == pytest.approx(np.full(PLACES, reach(2.0)))
    steps = np.linalg.norm(np.roll(places, -1, axis=0) - places, axis=1)
    assert steps == pytest.approx(np.full(PLACES, 8 * reach(2.0) / PLACES))


@pytest.mark.parametrize("bias", [3.0, -3.0])
def test_of_two_classes_it_is_that_of_the_one_that_is_answered(bias: float) -> None:
    trainer = Trainer(link.read("data=xor&layers=0").config)
    for place, value in enumerate((0.0, 0.0, bias)):
        edit(trainer, 0, "W", (0, place), value)
    assert far_certainty(trainer) == pytest.approx(1 / (1 + math.exp(-3)))


def test_it_is_the_middle_one_of_all_around() -> None:
    trainer = Trainer(link.read("data=xor&layers=0").config)
    for place, value in enumerate((5.0, 0.0, 0.0)):
        edit(trainer, 0, "W", (0, place), value)
    # Half of the edge is x = ±1.08, the other half has any x between.
    nearest = 5.0 * 0.8 * reach(1.0)
    assert far_certainty(trainer) > 1 / (1 + math.exp(-nearest))


def test_of_many_classes_it_is_the_largest_share() -> None:
    trainer = Trainer(link.read("data=rings&layers=0").config)
    trainer.network.theta[...] = 0
    assert far_certainty(trainer) == pytest.approx(1 / 3)


def test_looking_changes_nothing() -> None:
    looked, left = (Trainer(link.read("data=moons&layers=4,4").config).run(3) for _ in range(2))
    far_certainty(looked)
    assert np.array_equal(looked.run(5).network.theta, left.run(5).network.theta)


def test_a_forest_has_one_too_and_a_regression_has_none() -> None:
    forest = begin(link.read("data=gaussians&count=40&forest=trees:5:levels:1").config).run(1)
    assert 0.5 <= far_certainty(forest) <= 1
    assert math.isnan(far_certainty(begin(link.read("data=hills&count=40&layers=2").config)))
