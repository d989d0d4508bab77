"""Training: equal to the bit however it is cut, right in its arithmetic, and safe when it diverges."""

import copy
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.activations import ACTIVATIONS
from nncore.datasets import DATASETS
from nncore.errors import InputError
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.probes.links import Links
from nncore.probes.unit_maps import UnitMaps
from tests.bench.textbook import TextbookNetwork
from tests.nncore import plain_playground
from tests.nncore.training import STORY, same_state, trainer_of


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


def test_without_shuffling_every_epoch_takes_the_points_in_the_same_order() -> None:
    trainer = trainer_of({"shuffle": False})
    orders = []
    for _ in range(2):
        trainer.run(1)
        orders.append(trainer._order_inputs.copy())
    np.testing.assert_array_equal(orders[0], orders[1])
    np.testing.assert_array_equal(orders[0], trainer.split.inputs[:, : trainer.split.train_count])


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
