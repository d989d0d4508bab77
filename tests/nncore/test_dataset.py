"""The contract of every dataset, over the registry, and what is special about some."""

import numpy as np
import pytest

from nncore.dataset import Dataset, shares
from nncore.datasets import DATASETS
from nncore.datasets.classic import Classic
from nncore.datasets.classic_values import ClassicValues
from nncore.errors import OutOfRange
from tests.nncore.variants import every_variant

EVERY_VARIANT = pytest.mark.parametrize("dataset", every_variant(DATASETS), ids=str)


@EVERY_VARIANT
def test_there_are_count_points_in_the_square(dataset: Dataset) -> None:
    for count in (4, 7, 500):
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


@pytest.mark.parametrize(
    "dataset", [each for each in every_variant(DATASETS) if not isinstance(each, (Classic, ClassicValues))], ids=str
)
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


@pytest.mark.parametrize("rings", [2, 3, 4, 5])
def test_rings_leave_gaps_and_the_innermost_comes_first(rings: int) -> None:
    sample = DATASETS.build("rings", {"rings": rings}).sample(5000, 0.0, np.random.default_rng(0))
    ring = np.hypot(*sample.x.T) * rings
    np.testing.assert_array_equal(np.floor(ring), sample.target)
    share = ring - sample.target
    assert 0.3 <= share.min() < 0.4
    assert 0.95 < share.max() <= 1


@pytest.mark.parametrize("cells", [2, 3, 8])
def test_neighbours_on_a_checkerboard_differ(cells: int) -> None:
    sample = DATASETS.build("checkerboard", {"cells": cells}).sample(2000, 0.0, np.random.default_rng(0))
    corners = np.linspace(-1, 1, cells + 1)
    column, row = (np.searchsorted(corners, axis) - 1 for axis in sample.x.T)
    np.testing.assert_array_equal(sample.target, (column % 2) != (row % 2))
    assert len({*zip(column, row, strict=True)}) == cells**2


def test_two_by_two_cells_are_xor() -> None:
    sample = DATASETS.build("checkerboard", {"cells": 2}).sample(100, 0.0, np.random.default_rng(0))
    np.testing.assert_array_equal(sample.target, sample.x.prod(axis=1) < 0)


@pytest.mark.parametrize("stripes", range(2, 11))
def test_stripes_take_turns_from_the_left_and_share_points_evenly(stripes: int) -> None:
    sample = DATASETS.build("stripes", {"stripes": stripes}).sample(1000, 0.0, np.random.default_rng(0))
    stripe = np.searchsorted(np.linspace(-1, 1, stripes + 1), sample.x[:, 0]) - 1
    np.testing.assert_array_equal(stripe % 2, sample.target)
    assert set(stripe) == set(range(stripes))
    np.testing.assert_array_equal(np.bincount(sample.target), [500, 500])


@pytest.mark.parametrize(
    ("curve", "places"),
    [
        ("sine", [(0.5, 0.59, 0), (0.5, 0.61, 1), (-0.5, -0.61, 0), (-0.5, -0.59, 1)]),
        ("cubic", [(0.8, 0.511, 0), (0.8, 0.513, 1), (-0.8, -0.513, 0), (-0.8, -0.511, 1)]),
        ("absolute_value", [(0.9, 0.39, 0), (0.9, 0.41, 1), (-0.9, 0.39, 0), (0.0, -0.49, 1)]),
    ],
)
def test_classes_lie_above_and_below_the_curve(curve: str, places: list[tuple[float, float, int]]) -> None:
    class Fixed(np.random.Generator):
        def uniform(self, *args: object, **kwargs: object) -> np.ndarray:  # type: ignore[override]  # two columns only
            return np.array([place[:2] for place in places])

    _, target = DATASETS.build("above_curve", {"curve": curve}).draw(4, Fixed(np.random.PCG64(0)))
    assert target.tolist() == [place[2] for place in places]


def test_hills_are_those_of_tensorflow_playground() -> None:
    """Its own rule, in plain loops and its own coordinates."""
    sample = DATASETS.build("hills").sample(3000, 0.0, np.random.default_rng(0))
    signs = {(-4, 2.5): 1, (0, 2.5): -1, (4, 2.5): 1, (-4, -2.5): -1, (0, -2.5): 1, (4, -2.5): -1}
    for (x, y), target in zip(6 * sample.x, sample.target, strict=True):
        label = 0.0
        for (cx, cy), sign in signs.items():
            new = sign * min(1.0, max(0.0, 1 - ((x - cx) ** 2 + (y - cy) ** 2) ** 0.5 / 2))
            if abs(new) > abs(label):
                label = new
        assert target == pytest.approx(label, abs=1e-12)
    assert sample.target.max() > 0.9
    assert sample.target.min() < -0.9


FOUR = [[0.1, 0.2, 0], [-0.3, 0.4, 2], [0.5, -0.6, 1], [0.7, 0.8, 0]]


def test_own_points_come_in_their_order_again_and_again() -> None:
    own = DATASETS.build("own", {"points": FOUR})
    assert own.fixed_count == 4
    assert own.classes == 3
    sample = own.sample(6, 0.0, np.random.default_rng(0))
    rows = np.column_stack([sample.x, sample.target])
    np.testing.assert_array_equal(rows, [*FOUR, *FOUR[:2]])
    assert sample.target.dtype.kind == "i"


def test_own_points_may_carry_values() -> None:
    values = [[x, y, label / 4 - 0.25] for x, y, label in FOUR]
    own = DATASETS.build("own", {"points": values, "task": "regression"})
    sample = own.sample(4, 0.0, np.random.default_rng(0))
    assert (sample.task, sample.classes) == ("regression", 0)
    np.testing.assert_array_equal(sample.target, [-0.25, 0.25, 0.0, -0.25])


def test_whoever_draws_may_begin_with_one_class() -> None:
    assert DATASETS.build("own", {"points": [[0, 0, 0]] * 4}).classes == 2


@pytest.mark.parametrize(
    ("task", "label", "sentence"),
    [
        ("classification", 0.5, "points[1]: must have a class number from 0 to 7 as its label, not 0.5"),
        ("classification", -1, "points[1]: must have a class number from 0 to 7 as its label, not -1"),
        ("classification", 8, "points[1]: must have a class number from 0 to 7 as its label, not 8"),
        ("regression", 1.5, "points[1]: must have a value from -1 to 1 as its label, not 1.5"),
    ],
)
def test_own_labels_fit_their_task(task: str, label: float, sentence: str) -> None:
    with pytest.raises(OutOfRange) as caught:
        DATASETS.build("own", {"points": [[0, 0, 0], [0, 0, label], [0, 0, 1], [0, 0, 1]], "task": task})
    assert str(caught.value) == sentence


def test_the_example_of_own_points_is_a_face_of_two_equal_classes() -> None:
    own = DATASETS.build("own")
    sample = own.sample(own.fixed_count or 0, 0.0, np.random.default_rng(0))
    np.testing.assert_array_equal(np.bincount(sample.target), [16, 16])
    assert len({tuple(point) for point in sample.x}) == 32


def test_only_own_points_fix_their_count() -> None:
    assert [name for name in DATASETS if DATASETS.build(name).fixed_count is not None] == ["own"]


def test_shares_go_round() -> None:
    np.testing.assert_array_equal(shares(5, 3), [0, 1, 2, 0, 1])


def classic(rule: str, noise: float = 0.0, count: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    """Points in TensorFlow Playground's coordinates, and their targets."""
    name = "classic_values" if rule in ("plane", "hills") else "classic"
    sample = DATASETS.build(name, {"rule": rule}).sample(count, noise, np.random.default_rng(4))
    return 6 * sample.x, sample.target


def test_the_classic_circle_is_even_in_radius_not_in_area() -> None:
    x, target = classic("circle")
    inner, outer = (np.hypot(*x[target == label].T) for label in (1, 0))
    assert inner.max() < 2.5
    assert 3.5 <= outer.min() <= outer.max() <= 5
    assert np.median(inner) == pytest.approx(1.25, abs=0.1)


@pytest.mark.parametrize("rule", ["circle", "xor", "plane", "hills"])
def test_classic_noise_moves_targets_and_leaves_points(rule: str) -> None:
    (clean, before), (noisy, after) = classic(rule), classic(rule, 0.5)
    np.testing.assert_array_equal(clean, noisy)
    assert (before != after).mean() > 0.05


def test_classic_xor_keeps_off_the_axes() -> None:
    x, target = classic("xor")
    assert 0.3 <= np.abs(x).min() <= np.abs(x).max() <= 5.3
    np.testing.assert_array_equal(target, x.prod(axis=1) >= 0)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_classic_clouds_grow_with_noise(noise: float, variance: float) -> None:
    x, target = classic("gauss", noise)
    for label, centre in ((1, 2.0), (0, -2.0)):
        assert x[target == label].mean() == pytest.approx(centre, abs=0.15)
        assert x[target == label].var(axis=0).mean() == pytest.approx(variance, rel=0.1)


def test_classic_spirals_wind_as_there() -> None:
    x, target = classic("spiral", count=500)
    steps = np.arange(250) / 250
    angle = 1.75 * 2 * np.pi * steps
    np.testing.assert_allclose(x[target == 1], 5 * steps[:, None] * np.column_stack([np.sin(angle), np.cos(angle)]))
    np.testing.assert_allclose(x[target == 0], -x[target == 1], atol=1e-12)
    assert np.abs(classic("spiral", 0.5, 500)[0] - x).max() == pytest.approx(0.5, rel=0.05)


def test_the_classic_plane_rises_by_a_tenth() -> None:
    x, target = classic("plane")
    np.testing.assert_allclose(target, x.sum(axis=1) / 10)
    assert np.abs(x).max() > 5.9


def test_classic_hills_are_six_cones() -> None:
    x, target = classic("hills")
    centre = np.argmin(np.hypot(*(x - (0, -2.5)).T))
    assert target[centre] == pytest.approx(1, abs=0.1)
    assert np.abs(target).max() <= 1
    assert (target == 0).mean() > 0.3


def test_classes_of_own_points_may_have_names_and_be_there_before_their_points() -> None:
    own = DATASETS.build("own", {"points": FOUR, "names": ["sky"]})
    assert (own.classes, own.class_names) == (3, ("sky", "", ""))
    own = DATASETS.build("own", {"points": FOUR, "names": ["", "", "", "far"]})
    assert (own.classes, own.class_names) == (4, ("", "", "", "far"))
    assert DATASETS.build("own", {"points": [[0, 0, 0.5]] * 4, "task": "regression"}).class_names == ()
    assert DATASETS.build("rings").class_names == ()


def test_a_point_more_or_less_moves_at_most_one_other_between_training_and_test() -> None:
    rng = np.random.default_rng(1)
    places = rng.uniform(-1, 1, (60, 2)).round(4).tolist()
    points = [[*place, label] for place, label in zip(places, shares(60, 3).tolist(), strict=True)]

    def trained_on(some: list[list[float]]) -> set[tuple[float, ...]]:
        own = DATASETS.build("own", {"points": some})
        first = own.order(len(some), np.random.default_rng(7))[: len(some) // 2]
        return {tuple(map(float, some[index])) for index in first}

    whole = trained_on(points)
    for index in range(60):
        fewer = trained_on(points[:index] + points[index + 1 :])
        assert len((whole ^ fewer) - {tuple(map(float, points[index]))}) <= 1
    assert trained_on(points[::-1]) == whole
    # By chance, not by rule: near half of each class, whatever the order that classes come in.
    assert all(5 <= sum(point[2] == label for point in whole) <= 15 for label in range(3))


def test_another_seed_splits_own_points_otherwise() -> None:
    own = DATASETS.build("own")
    orders = {tuple(own.order(32, np.random.default_rng(seed))) for seed in range(5)}
    assert len(orders) == 5
    assert all(sorted(order) == list(range(32)) for order in orders)
