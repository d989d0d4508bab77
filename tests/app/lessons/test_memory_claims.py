"""What is measured of a memory is what its machine does: each figure against the machine itself, or a known case."""

import numpy as np
import pytest

from app.labs.lab import Claim
from app.lessons.memory_claims import measure_memory, shown_link
from app.links import memory_link
from nncore.memory.digits import digits


def claim(link: str, epochs: int = 0, *, patterns: int = 0, dreams: bool = False) -> Claim:
    return Claim("one", link, epochs, 20, True, (), patterns=patterns, dreams=dreams)


def test_one_pattern_comes_back_and_far_too_many_do_not() -> None:
    assert measure_memory(claim("side=8&flip=10", patterns=1)).shares == [1.0] * 20
    many = measure_memory(claim("side=8&flip=10", patterns=40)).figures
    assert (many["solved"], many["units"], many["patterns"]) == (0, 64, 40)
    assert many["median"] < 0.1


def test_before_learning_a_pixel_is_mended_by_its_own_habit_alone() -> None:
    # Each pixel is what it mostly is, whatever is damaged around it: how often that is right needs no machine.
    habit = float(np.maximum(digits().mean(axis=0), 1 - digits().mean(axis=0)).mean())
    assert measure_memory(claim("machine=boltzmann")).figures["median"] == pytest.approx(habit, abs=0.02)


def test_a_unit_that_has_not_learnt_points_anywhere_and_then_along_the_axis() -> None:
    before, after = (measure_memory(claim("machine=hebb&rate=0.03", epochs)) for epochs in (0, 10))
    assert min(before.shares) < 0.3
    assert min(after.shares) > 0.99
    assert after.figures["angle"] < 2


def test_what_is_opened_has_the_patterns_of_the_first_run() -> None:
    found = memory_link.read(shown_link(claim("flip=10", patterns=12)))
    assert found.x.shape == (12, 100)
    assert memory_link.read(shown_link(claim("machine=boltzmann", 5))).at == 5
