"""The contract of every dataset, over the registry, and what is special about some."""

import numpy as np
import pytest

from nncore.dataset import Dataset, shares
from nncore.datasets import DATASETS
from tests.nncore.variants import every_variant

EVERY_VARIANT = pytest.mark.parametrize("dataset", every_variant(DATASETS), ids=str)


@EVERY_VARIANT
@pytest.mark.parametrize("count", [4, 7, 500])
def test_there_are_count_points_in_the_square(dataset: Dataset, count: int) -> None:
    sample = dataset.sample(count, 0.0, np.random.default_rng(0))
    assert sample.x.shape == (count, 2)
    assert sample.target.shape == (count,)
    assert np.abs(sample.x).max() <= 1 + 1e-12


@EVERY_VARIANT
def test_same_seed_same_points(dataset: Dataset) -> None:
    first, second = (dataset.sample(100, 0.1, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first.x, second.x)
    np.testing.assert_array_equal(first.target, second.target)


@EVERY_VARIANT
def test_targets_are_class_numbers_in_near_equal_shares_or_finite_values(dataset: Dataset) -> None:
    sample = dataset.sample(1000, 0.0, np.random.default_rng(1))
    if sample.task == "regression":
        assert sample.classes == 0
        assert np.isfinite(sample.target).all()
        return
    assert sample.classes >= 2
    counts = np.bincount(sample.target, minlength=sample.classes)
    assert len(counts) == sample.classes
    assert counts.min() > 0.8 * 1000 / sample.classes


@EVERY_VARIANT
def test_noise_is_a_standard_deviation_in_units_of_the_square(dataset: Dataset) -> None:
    clean, noisy = (dataset.sample(5000, noise, np.random.default_rng(2)) for noise in (0.0, 0.2))
    assert (noisy.x - clean.x).std() == pytest.approx(0.2, rel=0.05)
    np.testing.assert_array_equal(noisy.target, clean.target)


def test_xor_keeps_off_the_axes_and_joins_opposite_quadrants() -> None:
    sample = DATASETS.build("xor").sample(1000, 0.0, np.random.default_rng(0))
    assert np.abs(sample.x).min() >= 0.06
    np.testing.assert_array_equal(sample.target, sample.x.prod(axis=1) >= 0)


def test_xor_points_are_the_four_corners() -> None:
    sample = DATASETS.build("xor_points").sample(8, 0.0, np.random.default_rng(0))
    rows = {(x, y, int(t)) for (x, y), t in zip(sample.x, sample.target, strict=True)}
    assert rows == {(-1, -1, 1), (1, 1, 1), (-1, 1, 0), (1, -1, 0)}


def test_circles_are_a_disc_and_a_ring() -> None:
    sample = DATASETS.build("circles").sample(1000, 0.0, np.random.default_rng(0))
    radius = np.hypot(*sample.x.T)
    assert radius[sample.target == 1].max() < 0.5
    assert 0.7 <= radius[sample.target == 0].min() <= radius[sample.target == 0].max() <= 1


@pytest.mark.parametrize("arms", [2, 3, 5])
def test_spirals_wind_one_and_three_quarter_turns_each_arm_turned_from_the_last(arms: int) -> None:
    sample = DATASETS.build("spirals", {"arms": arms}).sample(60 * arms, 0.0, np.random.default_rng(0))
    t, turned = np.arange(1, 61) / 60, 2 * np.pi / arms
    for arm in range(arms):
        angle = 2 * np.pi * 1.75 * t + turned * arm
        expected = np.column_stack([t * np.sin(angle), t * np.cos(angle)])
        np.testing.assert_allclose(sample.x[sample.target == arm], expected, atol=1e-12)


def test_the_plane_rises_from_corner_to_corner() -> None:
    sample = DATASETS.build("plane").sample(50, 0.0, np.random.default_rng(0))
    np.testing.assert_allclose(sample.target, sample.x.sum(axis=1) / 2)


def test_moons_are_two_half_circles() -> None:
    sample = DATASETS.build("moons").sample(400, 0.0, np.random.default_rng(0))
    centers = np.array([[-0.3, -0.15], [0.3, 0.15]])[sample.target]
    np.testing.assert_allclose(np.hypot(*(sample.x - centers).T), 0.6)


def test_clouds_lie_about_their_centres_on_a_circle() -> None:
    sample = DATASETS.build("gaussians", {"blobs": 4, "spread": 0.05}).sample(4000, 0.0, np.random.default_rng(0))
    for blob in range(4):
        points = sample.x[sample.target == blob]
        assert np.hypot(*points.mean(axis=0)) == pytest.approx(0.5, abs=0.02)
        assert points.std(axis=0) == pytest.approx([0.05, 0.05], rel=0.1)


def test_shares_go_round() -> None:
    np.testing.assert_array_equal(shares(5, 3), [0, 1, 2, 0, 1])
