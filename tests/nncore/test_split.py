"""The points of a run depend on the data seed alone."""

from dataclasses import replace

import numpy as np
import pytest

from nncore.config import Config, Seeds
from nncore.heads import LogitHead, PlainHead
from nncore.split import Split, make_split, make_splits


def split_of(**changes: object) -> Split:
    return make_split(Config.from_json(changes), LogitHead(), np.float32)


def test_the_run_seed_does_not_move_a_point() -> None:
    a, b = split_of(seeds={"run": 1}), split_of(seeds={"run": 2})
    np.testing.assert_array_equal(a.inputs, b.inputs)
    assert (a.inputs != split_of(seeds={"data": 1}).inputs).any()


def test_shares_are_as_asked_and_nothing_is_lost() -> None:
    split = split_of(data={"name": "xor", "count": 40, "train_share": 0.25})
    assert len(split.train_x) == split.train_count == 10
    assert len(split.test_x) == 30
    assert split.inputs.shape == (3, 40)
    np.testing.assert_array_equal(split.inputs[:2, :10], split.train_x.T.astype(np.float32))
    np.testing.assert_array_equal(split.inputs[:2, 10:], split.test_x.T.astype(np.float32))
    np.testing.assert_array_equal(split.targets[0], 1 - 2 * np.concatenate([split.train_y, split.test_y]))


def test_scale_multiplies_the_plane() -> None:
    small, large = split_of(data={"name": "moons"}), split_of(data={"name": "moons", "scale": 6.0})
    np.testing.assert_allclose(large.train_x, 6 * small.train_x)


def test_label_noise_gives_a_share_of_points_another_label_and_moves_none() -> None:
    for arms in (2, 4):
        data = {"name": "spirals", "arms": arms, "count": 4000}
        clean, noisy = split_of(data=data), split_of(data={**data, "label_noise": 0.2})
        np.testing.assert_array_equal(clean.inputs, noisy.inputs)
        assert (clean.train_y != noisy.train_y).mean() == pytest.approx(0.2, abs=0.02)
        assert set(np.unique(noisy.train_y)) == set(range(arms))


def test_a_regressions_values_know_no_label_noise() -> None:
    data = {"name": "plane"}
    config = Config.from_json({"data": {**data, "label_noise": 0.5}})
    noisy, clean = (make_split(c, PlainHead(), np.float32) for c in (config, Config.from_json({"data": data})))
    np.testing.assert_array_equal(noisy.train_y, clean.train_y)


def test_training_points_are_a_random_share_of_all() -> None:
    assert 0.4 < split_of(data={"name": "spirals"}).train_y.mean() < 0.6


def test_replicas_have_the_points_of_their_own_data_seeds() -> None:
    config, head = Config.from_json({"data": {"name": "xor", "count": 40}}), LogitHead()
    three = make_splits(config, [Seeds(5, 0), Seeds(6, 1), Seeds(5, 2)], head, np.float32)
    for inputs, seed in zip(three.inputs, (5, 6, 5), strict=True):
        alone = make_split(replace(config, seeds=Seeds(seed, 9)), head, np.float32)
        np.testing.assert_array_equal(inputs, alone.inputs)
    shared = make_splits(config, [Seeds(5, 0), Seeds(5, 1)], head, np.float32)
    assert shared.inputs.shape == (3, 40)
