"""Damage is exactly as much as was asked for."""

import numpy as np
import pytest

from nncore.memory.patterns import Part, erased, flipped, overlaps, random_patterns

RNG = np.random.default_rng(1)


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.2, 20), (0.5, 50), (1.0, 100)])
def test_as_many_units_are_flipped_as_asked(share: float, count: int) -> None:
    pattern = random_patterns(1, 100, RNG)[0]
    damaged = flipped(pattern, share, np.random.default_rng(2))
    assert int((damaged != pattern).sum()) == count
    assert float(overlaps(pattern[None], damaged)[0]) == pytest.approx(1 - 2 * share)


@pytest.mark.parametrize(
    ("part", "rows"), [("none", "### ### ###"), ("bottom", "### ### ..."), ("right", "##. ##. ##.")]
)
def test_a_half_is_off(part: Part, rows: str) -> None:
    shown = np.where(erased(np.ones(9), part).reshape(3, 3) > 0, "#", ".")
    assert " ".join("".join(row) for row in shown) == rows


def test_random_patterns_are_as_often_on_as_off() -> None:
    assert abs(random_patterns(100, 100, RNG).mean()) < 0.04
