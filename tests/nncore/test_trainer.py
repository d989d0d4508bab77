"""Training: equal to the bit however it is cut, right in its arithmetic, and safe when it diverges."""

import copy
import itertools
import math
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.datasets import DATASETS
from nncore.errors import InputError
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.neurons.adder import Adder
from nncore.optimizers import OPTIMIZERS
from nncore.probes.links import Links
from nncore.probes.unit_maps import UnitMaps
from nncore.split import make_split
from nncore.trainer import Trainer
from tests.bench.textbook import TextbookNetwork
from tests.nncore import plain_adder, plain_playground

STORY = {"layers": [{"units": 8, "neuron": "quadratic", "activation": "tanh"}] * 2}
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


def trainer_of(data: dict[str, Any], **options: Any) -> Trainer:
    return Trainer(Config.from_json(data), **options)


def same_state(a: Trainer, b: Trainer) -> None:
    np.testing.assert_array_equal(a.network.theta, b.network.theta)
    np.testing.assert_array_equal(a.history.since(0), b.history.since(0))
    assert (a.epoch, a.step, a.epoch_step) == (b.epoch, b.step, b.epoch_step)


@pytest.mark.parametrize(
    ("neuron", "optimizer"), [*zip(NEURONS.names(), itertools.cycle(OPTIMIZERS.names()), strict=False)]
)
def test_same_config_same_bits(neuron: str, optimizer: str) -> None:
    data = {"layers": [{"units": 3, "neuron": neuron}], "optimizer": optimizer, "l1": 0.001, "l2": 0.001}
    same_state(trainer_of(data).run(3), trainer_of(data).run(3))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.sampled_from([1, 7, 10, 250, 400]))
def test_chunked_equals_unchunked(chunks: list[int], batch: int) -> None:
    data = {**STORY, "batch": batch, "data": {"name": "spirals", "count": 90}}
    whole, parts = trainer_of(data), trainer_of(data)
    whole.advance(sum(chunks))
    for chunk in chunks:
        parts.advance(chunk)
    same_state(whole, parts)


def test_looking_changes_nothing() -> None:
    watched, alone = trainer_of(STORY), trainer_of(STORY)
    maps, links = UnitMaps(output_pixels=20), Links()
    for _ in range(40):
        watched.advance(1)
        watched.evaluate()
        maps.compute(watched, (0, 1))
        links.compute(watched)
    same_state(watched, alone.run(0) if alone.advance(40) else alone)


def test_the_run_seed_draws_weights_and_order_but_not_points() -> None:
    a, b = trainer_of({"seeds": {"run": 0}}), trainer_of({"seeds": {"run": 1}})
    np.testing.assert_array_equal(a.split.inputs, b.split.inputs)
    assert (a.network.theta != b.network.theta).any()


def test_reset_goes_back_to_the_same_first_weights() -> None:
    again, fresh = trainer_of(STORY).run(5), trainer_of(STORY)
    again.reset()
    same_state(again, fresh)
    same_state(again.run(4), fresh.run(4))


def test_an_epoch_is_every_point_once_and_its_last_batch_may_be_short() -> None:
    trainer = trainer_of({"batch": 7, "data": {"name": "xor", "count": 40}})
    assert trainer.steps_per_epoch == 3
    seen = []
    for _ in range(3):
        start = trainer.offset
        trainer.advance(1)
        seen.append(trainer._order_inputs[:, start : trainer.offset or 20].T.tolist())
    assert [len(batch) for batch in seen] == [7, 7, 6]
    assert sorted(itertools.chain(*seen)) == sorted(trainer.split.inputs[:, :20].T.tolist())
    assert (trainer.epoch, trainer.step, trainer.epoch_step) == (1, 3, 0)


def test_run_trains_to_the_end_of_an_epoch() -> None:
    trainer = trainer_of({})
    trainer.advance(7)
    assert trainer.steps_to_epoch_end == 18
    trainer.run(1)
    assert (trainer.epoch, trainer.epoch_step) == (1, 0)
    trainer.run(2)
    assert trainer.epoch == 3


@pytest.mark.parametrize("neuron", ["linear", "quadratic"])
def test_ten_epochs_equal_the_textbook_loop(neuron: str) -> None:
    """An independent implementation, given the same weights, data and order, comes to the same weights."""
    data = {"layers": [{"units": 3, "neuron": neuron}] * 2, "optimizer": {"name": "sgd", "learning_rate": 0.1}}
    trainer = trainer_of(data, dtype=np.float64)
    textbook = TextbookNetwork([2, 3, 3, 1], neuron, np.random.default_rng(0))
    parameters = dict(trainer.network.parameters())
    for index, layer in enumerate(textbook.layers):
        name = f"layers.{index}" if index < 2 else "output"
        if "W" in layer.p:
            W = parameters[f"{name}.W"]
            layer.p = {"W": W[:, :-1].T.copy(), "b": W[:, -1].copy()}
        else:
            (A, B), C = np.split(parameters[f"{name}.AB"], 2), parameters[f"{name}.C"]
            layer.p = {"A": A.T.copy(), "B": B.T.copy(), "C": C[:, :-1].T.copy(), "b": C[:, -1].copy()}
    order = copy.deepcopy(trainer.order_rng)
    for _ in range(10):
        textbook.train_epoch(trainer.split.inputs[:2, :250].T, trainer.split.train_y, 10, 0.1, order)
    trainer.run(10)
    z = textbook.forward(trainer.split.inputs[:2].T)
    np.testing.assert_allclose(trainer.forward_all().passes[-1].z, z.T, rtol=1e-9, atol=1e-9)


def test_the_dynamics_of_tensorflow_playground_are_one_config() -> None:
    config = {
        "data": {"name": "circles", "scale": 6.0},
        "layers": [{"units": 4}, {"units": 2}],
        "loss": "mse",
        "init": "uniform",
        "optimizer": {"name": "sgd", "learning_rate": 0.03},
    }
    trainer = trainer_of(config, dtype=np.float64)
    plain = [array.tolist() for _, array in trainer.network.parameters()]
    assert all(unit[-1] == 0.1 for layer in plain for unit in layer)
    points, targets = trainer.split.train_x.tolist(), (2.0 * trainer.split.train_y - 1).tolist()
    order = copy.deepcopy(trainer.order_rng)
    for _ in range(4):
        rows = order.permutation(250)
        for start in range(0, 250, 10):
            batch = rows[start : start + 10]
            plain_playground.train_batch(plain, [points[r] for r in batch], [targets[r] for r in batch], 0.03)
    assert trainer.advance(100) == 100
    assert trainer.evaluate().train_loss == pytest.approx(plain_playground.mean_loss(plain, points, targets), abs=1e-6)


def test_pruning_takes_weights_that_l1_takes_across_zero_out_for_good() -> None:
    data = {"layers": [{"units": 6}], "l1": 0.02, "prune": True, "optimizer": {"name": "sgd", "learning_rate": 0.3}}
    trainer, free = trainer_of(data, dtype=np.float64), trainer_of({**data, "prune": False}, dtype=np.float64)
    trainer.run(20)
    gone = trainer.network.theta == 0
    assert 0 < gone.sum() < gone.size
    assert not gone[trainer.network.penalized == 0].any()
    trainer.change("l1", 0.0)
    trainer.run(20)
    assert (trainer.network.theta[gone] == 0).all()
    free.run(20)
    assert (free.network.theta != 0).all()


def test_pruning_spares_weights_that_begin_at_zero() -> None:
    trainer = trainer_of({"layers": [], "init": "zeros", "l1": 1e-6, "prune": True, "data": {"name": "gaussians"}})
    trainer.run(1)
    assert (trainer.network.theta[:2] != 0).all()


def test_one_step_of_l1_with_pruning_is_the_truncated_step() -> None:
    data = {"layers": [], "batch": 250, "prune": True, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    plain, pulled = (trainer_of({**data, "l1": rate}, dtype=np.float64) for rate in (0.0, 0.4))
    before = plain.network.theta.copy()
    plain.advance(1)
    pulled.advance(1)
    after = plain.network.theta - 0.4 * np.sign(before) * [1, 1, 0]
    expected = np.where(plain.network.theta * after < 0, 0, after)
    np.testing.assert_allclose(pulled.network.theta, expected, rtol=1e-12, atol=1e-15)


def test_without_shuffling_every_epoch_takes_the_points_in_the_same_order() -> None:
    trainer = trainer_of({"shuffle": False})
    orders = []
    for _ in range(2):
        trainer.run(1)
        orders.append(trainer._order_inputs.copy())
    np.testing.assert_array_equal(orders[0], orders[1])
    np.testing.assert_array_equal(orders[0], trainer.split.inputs[:, : trainer.split.train_count])


@pytest.mark.parametrize(("path", "power"), [("l1", 0), ("l2", 1)])
def test_penalties_add_their_slope_to_the_weights_but_not_to_biases(path: str, power: int) -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    plain, pulled = (trainer_of({**data, path: rate}, dtype=np.float64) for rate in (0.0, 0.01))
    before = plain.network.theta.copy()
    plain.advance(1)
    pulled.advance(1)
    pull = 0.01 * np.sign(before) * np.abs(before) ** power * [1, 1, 0]
    np.testing.assert_allclose(pulled.network.theta, plain.network.theta - pull, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.0, 0.01), (0.02, 0.0), (0.01, 0.05)])
def test_penalties_of_an_adder_are_not_rescaled_with_its_gradient(l1: float, l2: float) -> None:
    """Its authors rescale the gradient of the loss alone and let their optimiser decay afterwards."""
    data: dict[str, Any] = {
        "data": {"name": "circles", "count": 40},
        "layers": [],
        "output": {"neuron": "adder"},
        "batch": 20,
    }
    trainer = trainer_of(data | {"shuffle": False, "optimizer": "sgd", "l1": l1, "l2": l2}, dtype=np.float64)
    params = dict(trainer.network.parameters())
    unit = {name: params[f"output.{name}"].ravel().tolist() for name in ("W", "s", "b")}
    points, targets = trainer.split.inputs[:2, :20].T.tolist(), trainer.split.train_y.tolist()
    kind, rate = trainer.config.output.neuron.build(NEURONS), trainer.optimizer.learning_rate
    assert isinstance(kind, Adder)
    for _ in range(60):
        plain_adder.train_batch(unit, points, targets, rate, kind.eta, (l1, l2))
    trainer.advance(60)
    for name, numbers in unit.items():
        np.testing.assert_allclose(params[f"output.{name}"].ravel(), numbers, rtol=1e-9)


def test_the_schedule_sets_the_rate_of_each_epoch() -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 0.5}}
    stepped = trainer_of({**data, "schedule": {"name": "step", "epochs": 2, "gamma": 0.1}}, dtype=np.float64)
    by_hand = trainer_of(data, dtype=np.float64)
    for epoch in range(6):
        by_hand.change("optimizer.learning_rate", 0.5 * 0.1 ** (epoch // 2))
        by_hand.run(1)
    np.testing.assert_allclose(stepped.run(6).network.theta, by_hand.network.theta, rtol=1e-12)
    stepped.change("schedule", "constant")
    assert stepped.config.schedule.name == "constant"


@pytest.mark.parametrize("replicas", [None, 2])
def test_clipping_shortens_the_gradient_to_the_length_allowed(replicas: int | None) -> None:
    data = {"layers": [], "batch": 250, "optimizer": {"name": "sgd", "learning_rate": 1.0}}
    free, clipped = (trainer_of({**data, "clip": c}, dtype=np.float64, replicas=replicas) for c in (0.0, 0.01))
    before = free.network.theta.copy()
    free.advance(1)
    clipped.advance(1)
    step = free.network.theta - before
    length = np.linalg.norm(step, axis=-1, keepdims=True)
    assert (length > 0.01).all()
    np.testing.assert_allclose(clipped.network.theta, before + 0.01 * step / length, rtol=1e-4)


@pytest.mark.parametrize("init", ["glorot", "he", "uniform", "small", "zeros"])
def test_first_weights_follow_the_rule_asked_for(init: str) -> None:
    theta = trainer_of({"init": init}).network.theta
    assert (theta != trainer_of({}).network.theta).any() or init == "glorot"
    assert theta.any() == (init != "zeros")


def test_evaluate_gives_mean_losses_and_shares_of_right_answers() -> None:
    trainer = trainer_of({"layers": [], "data": {"name": "xor", "count": 50}}, dtype=np.float64)
    trainer.network.theta[:] = [1.0, 2.0, -0.1]
    z = trainer.network.theta @ trainer.split.inputs
    y = np.concatenate([trainer.split.train_y, trainer.split.test_y])
    losses, right = np.log1p(np.exp(np.where(y == 1, -z, z))), (z > 0) == (y == 1)
    metrics = trainer.evaluate()
    assert metrics.train_loss == pytest.approx(losses[:25].mean())
    assert metrics.test_loss == pytest.approx(losses[25:].mean())
    assert (metrics.train_accuracy, metrics.test_accuracy) == (right[:25].mean(), right[25:].mean())


@pytest.mark.parametrize(("replicas", "lead"), [(None, ()), (3, (3,))])
def test_predictions_are_probabilities_of_class_one_of_every_class_or_values(
    replicas: int | None, lead: tuple[int, ...]
) -> None:
    points = [[0.1, 0.2], [-0.5, 0.7], [0.0, 0.0], [1.0, -1.0]]
    two = trainer_of({"data": {"name": "moons"}}, replicas=replicas).run(20)
    right = (two.predict(two.split.test_x) > 0.5) == two.split.test_y
    share = two.evaluate().test_accuracy
    assert share is not None
    np.testing.assert_allclose(right.mean(axis=-1), share)
    three = trainer_of({"data": {"name": "spirals", "arms": 3}}, replicas=replicas).predict(points)
    assert three.shape == (*lead, 4, 3)
    np.testing.assert_allclose(three.sum(axis=-1), 1, rtol=1e-5)
    assert trainer_of({"data": {"name": "plane"}}, replicas=replicas).predict(points).shape == (*lead, 4)


def test_regression_has_no_accuracy() -> None:
    metrics = trainer_of({"data": {"name": "plane"}}).run(20).evaluate()
    assert metrics.train_accuracy is metrics.test_accuracy is None
    assert metrics.test_loss < 0.01


def test_history_starts_at_epoch_zero_and_follows_the_run() -> None:
    trainer = trainer_of(STORY).run(300)
    rows = trainer.history.since(0)
    assert rows[0, 0] == 0
    assert rows[-1, 0] == 300
    assert rows[-1, 1] == trainer.evaluate().train_loss
    assert len(trainer_of(STORY, record=False).run(3).history) == 0


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


def test_change_keeps_the_weights_and_takes_effect_at_once() -> None:
    trainer = trainer_of(STORY).run(2)
    kept = trainer.network.theta.copy()
    memory = trainer.memory["mean"]
    trainer.change("optimizer.learning_rate", 0.5)
    trainer.change("batch", 100)
    np.testing.assert_array_equal(trainer.network.theta, kept)
    assert trainer.memory["mean"] is memory
    assert trainer.steps_per_epoch == 3
    trainer.change("optimizer", "momentum")
    assert not trainer.memory["velocity"].any()
    with pytest.raises(InputError):
        trainer.change("layers", [])
    assert trainer.config.optimizer.name == "momentum"


def test_a_batch_changed_in_mid_epoch_still_sees_every_point_once() -> None:
    trainer = trainer_of({"batch": 10, "data": {"name": "xor", "count": 50}})
    trainer.advance(1)
    trainer.change("batch", 4)
    assert trainer.steps_to_epoch_end == 4
    trainer.advance(4)
    assert (trainer.epoch, trainer.epoch_step) == (1, 0)


def test_replicas_start_as_runs_of_the_next_seeds_and_train_alike() -> None:
    together = trainer_of(STORY, replicas=3, dtype=np.float64)
    for r in range(3):
        alone = trainer_of({**STORY, "seeds": {"run": r}}, dtype=np.float64)
        np.testing.assert_array_equal(together.network.theta[r], alone.network.theta)
    single = trainer_of(STORY, dtype=np.float64).run(3)
    np.testing.assert_allclose(together.run(3).network.theta[0], single.network.theta, rtol=1e-8, atol=1e-10)
    accuracy = together.evaluate().test_accuracy
    assert isinstance(accuracy, np.ndarray)
    assert accuracy.shape == (3,)


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


# Each activation on some data, and each data with the activation that grows the fastest: neither knows of the other.
EACH_ONCE = [
    *zip(ACTIVATIONS.names(), itertools.cycle(DATASETS.names()), strict=False),
    *(("square", dataset) for dataset in DATASETS.names()),
]


@pytest.mark.parametrize(("activation", "dataset"), EACH_ONCE)
def test_any_data_and_activation_train_without_a_warning(activation: str, dataset: str) -> None:
    trainer = trainer_of({"layers": [{"activation": activation}], "data": {"name": dataset, "count": 60}})
    before = trainer.evaluate().train_loss
    assert trainer.run(5).epoch == 5
    assert trainer.evaluate().train_loss != before


def test_three_classes_are_learnt_with_softmax() -> None:
    trainer = trainer_of({"data": {"name": "gaussians", "blobs": 3, "spread": 0.1}}).run(30)
    accuracy = trainer.evaluate().test_accuracy
    assert accuracy is not None
    assert accuracy > 0.95


@pytest.mark.parametrize("seed", range(5))
def test_the_story_spirals_are_learnt_by_quadratic_neurons(seed: int) -> None:
    trainer = trainer_of({**STORY, "seeds": {"data": seed, "run": seed}}).run(200)
    metrics = trainer.evaluate()
    assert metrics.train_loss < 0.1
    assert metrics.test_accuracy is not None
    assert metrics.test_accuracy >= 0.95


DRAWN: dict[str, Any] = {
    "layers": [{"units": 3}],
    "batch": 2,
    "data": {"name": "own", "points": [[0, 0, 0], [0.1, 0.9, 1], [0.9, 0.1, 1], [1, 1, 0], [0.5, 0.4, 0], [0.3, 1, 1]]},
}
DRAWN_ON = [*DRAWN["data"]["points"], [-0.5, 0.2, 0], [-0.4, 0.1, 1], [-1, 1, 1]]


def test_points_drawn_while_it_trains_keep_the_weights_and_the_history() -> None:
    trainer = trainer_of(DRAWN).run(5)
    trainer.advance(1)
    kept, optimizer = trainer.network.theta.copy(), trainer.memory["mean"]
    before = trainer.history.since(0)
    trainer.change("data.points", DRAWN_ON)
    np.testing.assert_array_equal(trainer.network.theta, kept)
    assert trainer.memory["mean"] is optimizer
    assert (trainer.epoch, trainer.offset, trainer.epoch_step) == (5, 0, 0)
    assert len(trainer.split.train_x) + len(trainer.split.test_x) == 9
    np.testing.assert_array_equal(trainer.history.since(0), before)
    trainer.run(3)
    assert trainer.epoch == 8
    assert trainer.evaluate().train_loss != before[-1, 1]


def test_before_the_first_step_other_points_are_another_run_from_the_beginning() -> None:
    trainer = trainer_of(DRAWN)
    trainer.change("data.points", DRAWN_ON)
    fresh = trainer_of({**DRAWN, "data": {"name": "own", "points": DRAWN_ON}})
    assert trainer.config == fresh.config
    for one in (trainer, fresh):
        one.run(4)
    np.testing.assert_array_equal(trainer.network.theta, fresh.network.theta)
    np.testing.assert_array_equal(trainer.history.since(0), fresh.history.since(0))


def test_drawing_in_turns_is_the_same_however_the_run_is_cut() -> None:
    def drawn(cuts: Sequence[int]) -> np.ndarray:
        trainer = trainer_of(DRAWN)
        for steps in cuts:
            trainer.advance(steps)
        trainer.change("data.points", DRAWN_ON)
        trainer.advance(11)
        return trainer.network.theta

    np.testing.assert_array_equal(drawn([7]), drawn([1, 2, 1, 3]))
