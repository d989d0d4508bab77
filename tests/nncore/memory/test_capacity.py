"""Capacity against the theory: the share recalled falls through one half near 0.138 patterns a unit."""

from statistics import mean, stdev

import numpy as np
import pytest

from nncore.memory.capacity import HEBB_LIMIT, recalled_share
from nncore.pieces import whole

SHOWN = 20


def share(units: int, load: float, rule: str, seed: int, damage: float) -> float:
    rng = np.random.default_rng(seed)
    return whole(recalled_share(units, round(load * units), rule, 0.5, damage, rng, SHOWN))


def crossing(units: int, seed: int, loads: tuple[float, ...] = (0.12, 0.17)) -> float:
    """Where one network's share falls through one half, straight between loads."""
    shares = [share(units, load, "hebb", seed, 0.2) for load in loads]
    at = next(index for index, one in enumerate(shares) if one < 0.5)
    assert at, f"half of them are lost before {loads[0]}"
    low, high = shares[at - 1 : at + 1]
    return loads[at - 1] + (loads[at] - loads[at - 1]) * (low - 0.5) / (low - high)


@pytest.mark.slow
@pytest.mark.parametrize("units", [256, 400])
def test_hebbs_rule_loses_half_near_its_limit(units: int) -> None:
    """Within the spread over 20 seeds: so few units lose half of them a little later than endlessly many."""
    found = [crossing(units, seed) for seed in range(20)]
    assert abs(mean(found) - HEBB_LIMIT) < 2 * stdev(found)
    assert abs(mean(found) - HEBB_LIMIT) < 0.02


def test_pseudo_inverse_keeps_almost_as_many_as_units_and_modern_mends_more() -> None:
    assert [share(64, 0.95, "pseudo_inverse", seed, 0.0) for seed in range(20)] == [1.0] * 20
    assert mean(share(64, 0.5, "hebb", seed, 0.0) for seed in range(20)) < 0.1
    assert mean(share(64, 3.0, "modern", seed, 0.1) for seed in range(20)) > 0.99


def test_beyond_as_many_as_units_the_pseudo_inverse_mends_nothing() -> None:
    """Its weights are then none: whatever is shown stays, damaged as it was."""
    assert mean(share(64, 1.2, "pseudo_inverse", seed, 0.1) for seed in range(5)) == 0.0
