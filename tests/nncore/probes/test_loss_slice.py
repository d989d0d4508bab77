"""Loss slices: the loss at weights that were really moved, on directions as long as the weights are."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.probe import LARGEST, copy_of
from nncore.probes import PROBES
from nncore.probes.loss_slice import random_direction
from nncore.trainer import Trainer

CONFIG = Config.from_json({"data": {"name": "moons", "count": 60}, "layers": [{"units": 3}], "l2": 0.1})


def test_the_middle_is_the_training_loss() -> None:
    trainer = Trainer(CONFIG).run(3)
    found = PROBES.build("loss_slice", {"pixels": 5}).compute(trainer)
    assert found["center"][0] == pytest.approx(trainer.evaluate().train_loss, rel=1e-6)
    assert found["loss"][2, 2] == found["center"][0]
    np.testing.assert_allclose(found["steps"], [-1, -0.5, 0, 0.5, 1])


@pytest.mark.parametrize("data", [{"name": "moons"}, {"name": "rings", "rings": 3}, {"name": "hills"}])
def test_every_place_is_the_loss_of_a_trainer_with_such_weights(data: dict[str, object]) -> None:
    config = Config.from_json({"data": data | {"count": 60}, "layers": [{"units": 3}]})
    trainer = Trainer(config, dtype=np.float64)
    found = PROBES.build("loss_slice", {"pixels": 3, "span": 0.5, "seed": 4}).compute(trainer)["loss"]
    rng, theta = np.random.default_rng(4), trainer.network.theta.copy()
    right, up = (random_direction(copy_of(trainer), theta, rng) for _ in range(2))
    moved = Trainer(config, dtype=np.float64)
    for row, beta in enumerate((0.5, 0.0, -0.5)):
        for column, alpha in enumerate((-0.5, 0.0, 0.5)):
            moved.network.theta[...] = theta + alpha * right + beta * up
            assert found[row, column] == pytest.approx(moved.evaluate().train_loss, rel=1e-6)
    np.testing.assert_array_equal(trainer.network.theta, theta)


@pytest.mark.parametrize("neuron", NEURONS.names())
def test_each_filter_of_a_direction_is_as_long_as_the_weights_own(neuron: str) -> None:
    config = {"layers": [{"units": 4, "neuron": neuron, "activation": "prelu", "norm": "layer_norm"}]}
    network = copy_of(Trainer(Config.from_json(config), dtype=np.float64))
    theta = network.theta + 0.5
    direction = random_direction(network, theta, np.random.default_rng(0))
    for layer in network.layers:
        for block in layer.blocks:
            drawn, weights = block.view(direction), block.view(theta)
            if weights.size == len(weights):
                drawn, weights = drawn[None], weights[None]
            for mine, given in zip(drawn, weights, strict=True):
                assert np.linalg.norm(mine) == pytest.approx(np.linalg.norm(given))
    assert abs(direction @ theta) < 0.9 * (theta @ theta)


def test_equal_seeds_give_equal_pictures_and_others_other_ones() -> None:
    trainer = Trainer(CONFIG)
    one, again, other = (
        PROBES.build("loss_slice", {"pixels": 5, "seed": s}).compute(trainer)["loss"] for s in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_weights_of_zero_have_a_flat_surrounding() -> None:
    found = PROBES.build("loss_slice", {"pixels": 3}).compute(
        Trainer(Config.from_json({"layers": [{"units": 2}], "init": "zeros"}))
    )
    np.testing.assert_array_equal(found["loss"], np.full((3, 3), found["center"][0]))


def test_a_loss_beyond_numbers_is_the_largest() -> None:
    config = Config.from_json({"layers": [{"neuron": "quadratic", "activation": "identity"}] * 4})
    trainer = Trainer(config)
    trainer.network.theta *= 1e8
    assert PROBES.build("loss_slice", {"pixels": 3}).compute(trainer)["loss"].max() == np.float32(LARGEST)
