"""The run of a cascade: what is known of forests, over 20 seeds each, and that nothing but the Config decides on it."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.errors import UnknownField
from nncore.forest.grower import Grower
from nncore.network import head_of
from nncore.probes.layer_decision import layer_scores
from nncore.split import make_split
from nncore.tape import Array, Tape

SMALL = {"random": 1, "completely_random": 1, "trees": 6, "levels": 2, "folds": 2}
SEEDS = range(20)


@cache
def spirals() -> list[Grower]:
    """One run for each seed, for all who ask for them."""
    return [Grower(config("spirals", seed)).run(2) for seed in SEEDS]


def accuracy(grower: Grower) -> float:
    reached = grower.evaluate().test_accuracy
    assert isinstance(reached, float)
    return reached


def config(data: str = "xor", seed: int = 0, count: int = 400, **forest: Any) -> Config:
    return Config.from_json(
        {"data": {"name": data, "count": count}, "seeds": {"data": seed, "run": seed}, "forest": {**SMALL, **forest}}
    )


@pytest.mark.parametrize(("data", "share"), [("circles", 0.95), ("moons", 0.95), ("xor", 0.9)])
def test_a_single_level_solves_what_no_line_divides(data: str, share: float) -> None:
    reached = [accuracy(Grower(config(data, seed, levels=1)).run(1)) for seed in SEEDS]
    assert np.median(reached) >= share
    assert min(reached) > 0.8


def test_two_levels_solve_spirals() -> None:
    reached = [accuracy(grower) for grower in spirals()]
    assert np.median(reached) >= 0.9
    assert min(reached) > 0.8


def test_levels_are_easier_to_tell_apart_by_a_line_than_the_inputs() -> None:
    scores = np.array([layer_scores(grower)[:, 1] for grower in spirals()])
    inputs, first, second = scores.mean(axis=0)
    assert inputs < 0.8
    assert first > inputs + 0.15
    assert second > first - 0.01


def loss_of(grower: Grower, level: int) -> float:
    """The test loss of what a level would answer."""
    cascade, split = grower.network, grower.split
    z = cascade.z(grower.forward_all().passes[level].a, split.inputs.shape[1])
    losses = cascade.head.losses(z, split.targets, Tape(z.shape[1], 0, cascade.head.units))
    return float(losses.sum(axis=0)[split.train_count :].mean())


@pytest.mark.slow
def test_without_any_of_three_conditions_depth_is_worth_less() -> None:
    """Zhou's: processing layer by layer, features made on the way, and a model that is complex enough."""
    whole = np.median([loss_of(grower, 1) for grower in spirals()])
    one_level = np.median([loss_of(grower, 0) for grower in spirals()])
    nothing_handed_on, tiny_trees = (
        np.median([loss_of(Grower(config("spirals", seed, **without)).run(2), 1) for seed in SEEDS])
        for without in ({"hand_on": False}, {"tree_depth": 1})
    )
    assert whole < 0.8 * one_level
    assert whole < 0.8 * nothing_handed_on
    assert whole < 0.5 * tiny_trees


@pytest.mark.parametrize("stretched", [lambda x: x**3, lambda x: np.exp(2 * x), lambda x: 1000 * x - 5])
def test_stretching_an_input_changes_no_answer(stretched: Any) -> None:
    given = config("spirals", count=200)
    split = make_split(given, head_of(given), np.float32)
    inputs = split.inputs.copy()
    inputs[0] = stretched(inputs[0].astype(np.float64))
    plain = Grower(given, split=split).run(2)
    other = Grower(given, split=replace(split, inputs=inputs)).run(2)
    assert len(np.unique(inputs[0])) == len(np.unique(split.inputs[0])), "the order stays"
    assert np.array_equal(seen(plain), seen(other))


def seen(grower: Grower) -> Array:
    return np.concatenate([step.a_and_one for step in grower.forward_all().passes])


def test_what_a_training_point_is_given_comes_from_trees_that_have_not_seen_it() -> None:
    """With every label drawn by chance nothing can be known; whoever has seen a point would know it by heart."""
    noise = Config.from_json(
        {
            "data": {"name": "xor", "count": 600, "label_noise": 0.5, "train_share": 0.8},
            "forest": {**SMALL, "levels": 1},
        }
    )
    metrics = Grower(noise).run(1).evaluate()
    assert metrics.train_accuracy is not None
    assert 0.4 < float(metrics.train_accuracy) < 0.6


def test_a_run_is_the_same_however_it_is_cut() -> None:
    whole = Grower(config()).run(2)
    cut = Grower(config())
    while cut.advance(1):
        cut.forward_all()
    assert whole.finished
    assert cut.finished
    assert np.array_equal(seen(whole), seen(cut))
    assert np.array_equal(whole.history.since(0), cut.history.since(0))


def test_another_seed_grows_other_trees_on_the_same_points() -> None:
    one, other = (Grower(Config.from_json({**config().to_json(), "seeds": {"run": run}})).run(1) for run in (0, 1))
    assert np.array_equal(one.split.inputs, other.split.inputs)
    assert not np.array_equal(seen(one), seen(other))


def test_reset_is_a_new_run() -> None:
    again = Grower(config()).run(2)
    again.reset()
    assert (again.epoch, again.step, again.network.parameter_count) == (0, 0, 0)
    assert np.array_equal(seen(again.run(1)), seen(Grower(config()).run(1)))


def test_growing_ends_when_patience_does_and_the_best_level_answers() -> None:
    grower = Grower(config("circles", levels=8, patience=1)).run(8)
    assert grower.finished
    assert grower.advance(5) == 0
    assert grower.epoch == grower.network.best + 1 < 8
    assert grower.accuracies[grower.network.best - 1] == max(grower.accuracies)
    assert len(grower.history) == grower.epoch + 1


def test_without_a_level_the_answer_is_how_many_points_each_class_has() -> None:
    grower = Grower(config("rings"))
    shares = np.bincount(grower.split.train_y.astype(int), minlength=3) / grower.split.train_count
    assert np.allclose(grower.predict([[0.0, 0.0], [0.9, 0.9]]), shares, atol=0.01)


def test_the_plane_is_answered_as_the_test_points_are() -> None:
    grower = Grower(config("rings", levels=2)).run(2)
    said = grower.predict(grower.split.test_x)
    right = said.argmax(axis=1) == grower.split.test_y
    assert right.mean() == grower.evaluate().test_accuracy
    assert np.allclose(said.sum(axis=1), 1.0, atol=1e-5)


def test_a_level_that_is_handed_nothing_reads_the_inputs_alone() -> None:
    alone = Grower(config(hand_on=False)).run(2)
    assert [level.fan_in for level in alone.network.layers[:-1]] == [2, 2]
    assert [level.fan_in for level in Grower(config()).network.layers[:-1]] == [2, 4]


def test_other_points_begin_it_again() -> None:
    points = [[x / 10, y / 10, int(x * y > 0)] for x in range(-5, 6) for y in range(-5, 6)]
    own = Config.from_json({"data": {"name": "own", "points": points}, "forest": SMALL})
    grower = Grower(own).run(1)
    grower.change("data.points", points[1:])
    assert (grower.epoch, len(grower.split.train_y) + len(grower.split.test_y)) == (0, len(points) - 1)
    with pytest.raises(UnknownField, match="cannot be changed while a forest grows"):
        grower.change("batch", 5)
