"""Replicas of one experiment are each the run that its seeds give alone, to the bit, however the work is cut."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config, Seeds
from nncore.diagnosis import stands_still
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.study.repeats import Outcome, Repeats, equal_together, fresh_seeds
from nncore.trainer import Trainer

SMALL: dict[str, Any] = {"data": {"name": "spirals", "count": 60}}
FOUR: dict[str, Any] = {"units": 4}


def run(config: Config, seeds: tuple[Seeds, ...], epochs: int, batches: int = 10**6, **options: Any) -> list[Outcome]:
    repeats = Repeats(config, seeds, epochs, **options)
    while repeats.advance(batches):
        pass
    return repeats.outcomes()


def agrees_with_runs_alone(outcomes: list[Outcome], config: Config, epochs: int) -> None:
    """Everything that an outcome says, against `Trainer` by itself; solved as the history of that run has it."""
    for outcome in outcomes:
        alone = Trainer(replace(config, seeds=outcome.seeds)).run(epochs)
        metrics = alone.evaluate()
        assert outcome.theta.tobytes() == alone.network.theta.tobytes()
        assert outcome.diverged == alone.diverged
        assert (outcome.train_loss, outcome.test_loss) == (metrics.train_loss, metrics.test_loss)
        assert (outcome.train_accuracy, outcome.test_accuracy) == (metrics.train_accuracy, metrics.test_accuracy)
        solved = [int(row[0]) for row in alone.history.since(0) if row[4] >= 0.95]
        assert outcome.solved_epoch == (solved[0] if solved else None)


@pytest.mark.parametrize("together", [1, 64])
@pytest.mark.parametrize("rate", [0.01, 10.0])
def test_histories_are_those_of_the_runs_alone_up_to_where_each_ended(together: int, rate: float) -> None:
    config = Config.from_json(
        {"data": {"name": "xor", "count": 40}, "batch": 10}
        | {"layers": [{**FOUR, "neuron": "quadratic", "activation": "relu"}] * 4}
        | {"optimizer": {"name": "sgd", "learning_rate": rate}}
    )
    repeats = Repeats(config, fresh_seeds(config, 3), 6, together=together, record=True)
    while repeats.advance(7):
        pass
    for outcome, rows in zip(repeats.outcomes(), repeats.histories(), strict=True):
        alone = Trainer(replace(config, seeds=outcome.seeds)).run(6)
        expected = alone.history.since(0).astype(np.float32)
        assert np.array_equal(rows, expected[expected[:, 0] <= outcome.epoch], equal_nan=True)
    assert any(outcome.diverged for outcome in repeats.outcomes()) == (rate > 1)


CASES: dict[str, dict[str, Any]] = {
    **{f"neuron {name}": {"layers": [{**FOUR, "neuron": name}] * 2, "output": {"neuron": name}} for name in NEURONS},
    **{f"activation {name}": {"layers": [{**FOUR, "activation": name}] * 2} for name in ACTIVATIONS},
    **{f"optimizer {name}": {"optimizer": name, "l1": 0.001, "l2": 0.001, "clip": 0.5} for name in OPTIMIZERS},
    **{
        f"loss {name} {arms}": {"loss": name, "data": {**SMALL["data"], "arms": arms}}
        for name in LOSSES
        if "classification" in LOSSES[name].tasks
        for arms in (2, 5)
    },
    "regression": {"data": {"name": "hills", "count": 60}},
    "options": {
        "layers": [{**FOUR, "norm": "layer_norm", "dropout": 0.3}, {**FOUR, "residual": True, "bias": False}],
        "prune": True,
        "l1": 0.01,
    },
    "in order": {"shuffle": False},
    "schedule": {"schedule": {"name": "cosine", "epochs": 3}},
    "wide": {"layers": [{"units": 40}] * 2, "batch": 13, "data": {"name": "moons", "count": 52}},
    "many points": {"data": {"name": "rings", "count": 2300}, "layers": [{**FOUR, "neuron": "kan"}], "batch": 115},
}


@pytest.mark.parametrize("own_data", [False, True], ids=["same points", "own points"])
@pytest.mark.parametrize("case", CASES)
def test_each_replica_is_the_run_of_its_seeds_to_the_bit(case: str, own_data: bool) -> None:
    config = Config.from_json({**SMALL, **CASES[case]})
    assert equal_together(config)
    epochs = 1 if case == "many points" else 3
    outcomes = run(config, fresh_seeds(config, 3, data=own_data), epochs)
    agrees_with_runs_alone(outcomes, config, epochs)
    assert len({outcome.theta.tobytes() for outcome in outcomes}) == 3


@pytest.mark.parametrize(
    "case",
    [
        {"batch": 9},
        {"batch": 1},
        {"batch": 7},
        {"layers": []},
        {"layers": [{"units": 1}]},
        {"data": {"name": "xor", "count": 8}},
    ],
    ids=str,
)
def test_where_rounding_would_differ_each_trains_alone(case: dict[str, Any]) -> None:
    config = Config.from_json({**SMALL, **case})
    assert not equal_together(config)
    agrees_with_runs_alone(run(config, fresh_seeds(config, 3), 3), config, 3)


@pytest.mark.parametrize("batch", [9, 7, 1])
def test_how_far_they_would_round_apart_is_known(batch: int) -> None:
    """What the docstring says, for whoever would rather be quick: a few units in the last place after 3 epochs."""
    config = Config.from_json({**SMALL, "batch": batch})
    seeds = fresh_seeds(config, 3)
    together = Trainer(config, seeds=seeds).run(3).network.theta
    for replica, one in enumerate(seeds):
        alone = Trainer(replace(config, seeds=one)).run(3).network.theta
        np.testing.assert_allclose(together[replica], alone, rtol=0, atol=1e-5)


EXPLOSIVE = {
    "layers": [{"units": 4, "neuron": "quadratic", "activation": "relu"}] * 4,
    "data": {"name": "xor", "count": 40},
    "optimizer": {"name": "sgd", "learning_rate": 1.5},
}


@pytest.mark.parametrize("loss", ["cross_entropy", "mse", "hinge"])
def test_a_loss_that_overflows_at_an_epoch_s_end_is_told_as_alone_although_no_losses_are_kept(loss: str) -> None:
    """One batch an epoch: weights grow until the points between two batches overflow."""
    data = {"name": "xor", "count": 60}
    layers = [{"units": 8, "activation": "identity"}] * 2
    optimizer = {"name": "sgd", "learning_rate": 10.0}
    config = Config.from_json({"data": data, "layers": layers, "optimizer": optimizer, "batch": 250, "loss": loss})
    assert equal_together(config)
    outcomes = run(config, fresh_seeds(config, 8), 100)
    agrees_with_runs_alone(outcomes, config, 100)
    assert any(outcome.diverged for outcome in outcomes) == (loss != "mse")


def test_replicas_that_diverge_say_when_and_where_as_alone_and_the_others_go_on() -> None:
    config = Config.from_json(EXPLOSIVE)
    outcomes = run(config, fresh_seeds(config, 16), 30)
    agrees_with_runs_alone(outcomes, config, 30)
    assert 0 < sum(outcome.diverged is not None for outcome in outcomes) < 16
    assert len({(o.diverged.epoch, o.diverged.layer) for o in outcomes if o.diverged is not None}) > 1


def test_how_the_work_is_cut_and_grouped_changes_nothing() -> None:
    config = Config.from_json({**SMALL, "layers": [{**FOUR, "dropout": 0.2}]})
    seeds = fresh_seeds(config, 5)
    whole = run(config, seeds, 4)
    for batches, together in ((1, 64), (2, 2), (7, 3)):
        cut = run(config, seeds, 4, batches, together=together)
        for one, other in zip(whole, cut, strict=True):
            assert one.theta.tobytes() == other.theta.tobytes()
            assert (one.seeds, one.epoch, one.solved_epoch, one.test_loss) == (
                other.seeds,
                other.epoch,
                other.solved_epoch,
                other.test_loss,
            )


def test_solved_is_the_first_epoch_at_whose_end_the_bar_is_met_recorded_or_not() -> None:
    """After epoch 256 a history has every other epoch only; the repeats look at each."""
    config = Config.from_json({"data": {"name": "spirals", "count": 100}, "layers": [{"units": 6}], "batch": 50})
    found = run(config, fresh_seeds(config, 4), 330, bar=0.75)
    for outcome in found:
        trainer, expected = Trainer(replace(config, seeds=outcome.seeds)), None
        for epoch in range(331):
            accuracy = trainer.evaluate().test_accuracy
            assert isinstance(accuracy, float)
            if expected is None and accuracy >= 0.75:
                expected = epoch
            trainer.run(1)
        assert outcome.solved_epoch == expected
    assert any(o.solved_epoch is None or o.solved_epoch > 256 for o in found)


def test_a_regression_is_never_solved() -> None:
    config = Config.from_json({"data": {"name": "plane", "count": 40}})
    assert {(o.solved_epoch, o.test_accuracy) for o in run(config, fresh_seeds(config, 2), 2)} == {(None, None)}


def test_what_there_is_can_be_had_at_any_time() -> None:
    config = Config.from_json(SMALL)
    repeats = Repeats(config, fresh_seeds(config, 4), 5, together=2)
    assert (repeats.outcomes(), repeats.progress, repeats.done) == ([], 0.0, False)
    assert repeats.advance(2 * 3 + 1)
    assert [outcome.epoch for outcome in repeats.outcomes()] == [2, 2]
    assert 0.2 < repeats.progress < 0.3
    while repeats.advance(1):
        pass
    assert (len(repeats.outcomes()), repeats.progress, repeats.done) == (4, 1.0, True)
    assert not repeats.advance(1)


def test_no_epochs_is_the_first_weights() -> None:
    config = Config.from_json(SMALL)
    agrees_with_runs_alone(run(config, fresh_seeds(config, 2), 0), config, 0)


def test_fresh_seeds_are_the_same_for_every_lane_and_new_points_only_if_asked() -> None:
    config = Config.from_json({"seeds": {"data": 7, "run": 5}})
    assert fresh_seeds(config, 2) == (Seeds(7, 0), Seeds(7, 1))
    assert fresh_seeds(config, 2, data=True) == (Seeds(0, 0), Seeds(1, 1))


LATE: dict[str, Any] = {"data": {"name": "circles", "count": 60}, "layers": [{**FOUR, "neuron": "square"}]}


@pytest.mark.parametrize("batch", [10, 7], ids=["together", "each alone"])
def test_a_run_that_stops_when_solved_is_the_one_of_so_many_epochs(batch: int) -> None:
    config = Config.from_json({**LATE, "batch": batch})
    seeds = fresh_seeds(config, 20)
    whole, stopped = run(config, seeds, 40), run(config, seeds, 40, stop="solved", together=8)
    assert [one.solved_epoch for one in stopped] == [one.solved_epoch for one in whole]
    ends = [one.epoch for one in stopped]
    assert ends == [40 if one.solved_epoch is None else one.solved_epoch for one in whole]
    assert len(set(ends)) > 4
    for one in stopped:
        alone = Trainer(replace(config, seeds=one.seeds)).run(one.epoch)
        assert one.theta.tobytes() == alone.network.theta.tobytes()
        assert (one.train_loss, one.test_accuracy) == (alone.evaluate().train_loss, alone.evaluate().test_accuracy)


def test_a_run_that_stops_on_a_plateau_is_the_one_of_so_many_epochs() -> None:
    adam = {"name": "adam", "learning_rate": 0.1}
    hopeless = Config.from_json({"data": {"name": "circles", "count": 20}, "layers": [], "optimizer": adam})
    (one,) = run(hopeless, fresh_seeds(hopeless, 1), 400, stop="plateau")
    assert one.epoch < 400
    alone = Trainer(replace(hopeless, seeds=one.seeds)).run(one.epoch)
    assert stands_still(alone.history.since(0))
    before = Trainer(replace(hopeless, seeds=one.seeds)).run(one.epoch - 1)
    assert not stands_still(before.history.since(0))
    assert one.theta.tobytes() == alone.network.theta.tobytes()


def test_one_that_diverges_does_not_keep_the_others_from_ending() -> None:
    layers = [{**FOUR, "neuron": "polynomial", "activation": "identity"}] * 2
    config = Config.from_json({**LATE, "layers": layers, "optimizer": {"name": "sgd", "learning_rate": 1.0}})
    outcomes = run(config, fresh_seeds(config, 20), 30, stop="solved")
    diverged = [one for one in outcomes if one.diverged is not None]
    for one in outcomes:
        ended = 30 if one.solved_epoch is None else one.solved_epoch
        assert one.epoch == (ended if one.diverged is None else one.diverged.epoch)
    assert diverged
    assert len(diverged) < 20
