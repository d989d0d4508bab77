"""A run that bursts stops with finite weights, is told with its layer, and can be gone on with."""

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from nncore.config import Config
from nncore.losses import LOSSES
from nncore.split import make_split
from nncore.trainer import Trainer
from tests.nncore.training import STORY, trainer_of

EXPLODING = {
    "layers": [{"units": 4, "neuron": "square", "activation": "identity"}] * 3,
    "optimizer": {"name": "sgd", "learning_rate": 5.0},
}

STEEP = {
    "data": {"name": "hills", "count": 60},
    "layers": [{"units": 8, "activation": "square"}] * 4,
    "optimizer": {"name": "adam", "learning_rate": 0.3},
    "batch": 5,
}

BROKEN_AT_AN_END = {
    "layers": [{"activation": "identity"}] * 2,
    "data": {"name": "xor", "count": 60},
    "optimizer": {"name": "sgd", "learning_rate": 10.0},
    "batch": 250,
}


def test_divergence_stops_with_weights_whose_loss_is_finite() -> None:
    trainer = trainer_of(EXPLODING)
    with np.errstate(all="raise"):
        trainer.advance(100_000)
    assert trainer.diverged is not None
    assert np.isfinite(trainer.network.theta).all()
    assert math.isfinite(trainer.evaluate().train_loss)
    assert trainer.diverged.step == trainer.step
    assert 0 <= trainer.diverged.layer <= 3
    assert f"epoch {trainer.epoch + 1}" in trainer.diverged.message
    assert trainer.advance(10) == 0


@pytest.mark.parametrize(("epochs", "recorded"), [(2, 2), (259, 258)])
def test_the_weights_kept_are_those_of_the_last_recorded_epoch(epochs: int, recorded: int) -> None:
    data = {"layers": [{"units": 3, "activation": "relu"}], "data": {"name": "xor", "count": 20}, "batch": 4}
    trainer, replay = trainer_of(data).run(epochs), trainer_of(data).run(recorded)
    trainer.advance(1)
    trainer.network.theta[...] = 1e38
    assert trainer.advance(1) == 0
    assert trainer.diverged is not None
    np.testing.assert_array_equal(trainer.network.theta, replay.network.theta)


def test_memory_that_is_no_longer_finite_is_a_divergence_and_is_told_with_its_layer() -> None:
    """A squared gradient of more than 3.4e38 would hold a weight where it is for good, and no loss would tell."""
    trainer = trainer_of(STEEP).run(12)
    assert trainer.diverged is not None
    assert trainer.diverged.cause == "gradient"
    assert "the gradient grew too large" in trainer.diverged.message
    assert not any(array.any() for array in trainer.memory.values())
    assert math.isfinite(trainer.evaluate().train_loss)
    # The gradient of that batch at those weights, in float64, where its squares are numbers.
    replay, wide = trainer_of(STEEP), trainer_of(STEEP, dtype=np.float64)
    for one in (replay, wide):
        one.advance(trainer.diverged.step)
    wide.network.theta[...] = replay.network.theta
    wide.advance(1)
    assert wide.gradient is not None
    too_large = wide.gradient**2 > np.finfo(np.float32).max
    layer = wide.network.layers[trainer.diverged.layer]
    assert too_large[layer.start : layer.stop].any()
    assert not too_large[layer.stop :].any()


def test_a_run_that_ends_on_the_step_that_broke_it_is_told() -> None:
    end = trainer_of(BROKEN_AT_AN_END).run(100)
    assert end.diverged is not None
    trainer = trainer_of(BROKEN_AT_AN_END).run(end.epoch)
    assert trainer.diverged == end.diverged
    assert (trainer.diverged.epoch, trainer.diverged.step) == (trainer.epoch - 1, trainer.step - 1)
    assert f"epoch {trainer.epoch} (step {trainer.step})" in trainer.diverged.message
    assert not np.isfinite(trainer.history.since(0)[-1, 1:3]).all()
    assert math.isfinite(trainer.evaluate().train_loss)
    assert trainer_of(BROKEN_AT_AN_END).run(end.epoch - 1).diverged is None


def test_without_a_record_the_weights_kept_have_a_finite_loss_too() -> None:
    trainer = trainer_of(BROKEN_AT_AN_END, record=False).run(100)
    assert trainer.diverged is not None
    assert math.isfinite(trainer.evaluate().train_loss)


@pytest.mark.parametrize("far", [0, 60])
def test_first_weights_without_a_finite_loss_are_told_at_once(far: int) -> None:
    """Of the training points or of the others: what is shown is the loss of both."""
    config = Config.from_json({"layers": [{"activation": "square"}] * 2, "data": {"name": "xor", "count": 80}})
    split = make_split(config, config.loss.build(LOSSES).head("classification", 2), np.float32)
    split.inputs[:-1, far] = 1e30
    trainer = Trainer(config, split=split)
    np.testing.assert_array_equal(np.isfinite(trainer.history.since(0)[0, 1:3]), [far > 0, far == 0])
    told = trainer.diverged
    assert told is not None
    assert (told.epoch, told.step, told.layer) == (0, 0, 1)
    assert Trainer(config, split=split, record=False).diverged is None


def test_a_run_without_test_points_is_none_that_has_diverged() -> None:
    config = Config()
    head = config.loss.build(LOSSES).head("classification", 2)
    whole = make_split(config, head, np.float32)
    count = whole.train_count
    split = replace(
        whole, test_x=whole.test_x[:0], test_y=whole.test_y[:0], inputs=whole.inputs[:, :count].copy(),
        targets=whole.targets[:, :count].copy(),
    )  # fmt: skip
    with warnings.catch_warnings(action="ignore"):
        assert Trainer(config, split=split).run(2).diverged is None


def test_a_replica_whose_memory_is_no_longer_finite_does_not_stop_the_others() -> None:
    trainer = trainer_of({**STORY, "optimizer": "adagrad"}, replicas=3)
    trainer.memory["square"][1] = np.inf
    kept = trainer.network.theta[1].copy()
    trainer.run(3)
    np.testing.assert_array_equal(trainer.stopped, [False, True, False])
    np.testing.assert_array_equal(trainer.network.theta[1], kept)
    assert np.isfinite(trainer.memory["square"]).all()
    assert (trainer.diverged, trainer.epoch) == (None, 3)


def test_clipping_holds_a_gradient_whose_square_is_too_large_for_float32() -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 1.0}, "clip": 0.5}
    trainer = trainer_of({**data, "data": {"name": "plane"}, "loss": "mse"})
    trainer.network.theta[...] = 1e9
    trainer.split.inputs[:-1] *= 1e6
    assert trainer.advance(1) == 1
    assert trainer.gradient is not None
    assert np.linalg.norm(trainer.gradient) == pytest.approx(0.5, rel=1e-5)


def test_a_diverged_run_goes_on_with_a_lower_rate() -> None:
    trainer = trainer_of(EXPLODING)
    trainer.advance(100_000)
    trainer.change("optimizer.learning_rate", 1e-5)
    trainer.clear_divergence()
    assert trainer.advance(10) == 10


def test_a_replica_that_diverges_does_not_stop_the_others() -> None:
    trainer = trainer_of(STORY, replicas=3)
    kept = trainer.network.theta[1].copy()
    trainer.network.theta[1] = 1e38
    trainer.run(3)
    np.testing.assert_array_equal(trainer.stopped, [False, True, False])
    np.testing.assert_array_equal(trainer.network.theta[1], kept)
    assert trainer.diverged is None
    assert np.isfinite(trainer.network.theta).all()
    assert trainer.epoch == 3
