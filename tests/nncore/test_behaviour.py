"""What each kind of neuron can and cannot learn: the experiments of `known`, each over 20 seeds at once.

Also that the page about them says what they say. Their figures are measured by `make known`.
"""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.trainer import Trainer
from tests.nncore.known import GROUPS, PAGE, RADIAL_SEEDS, SEEDS, SOLVED, Experiment, radial_accuracies
from tests.nncore.plain_neurons import FORMULAS

pytestmark = pytest.mark.slow

EXPERIMENTS = [experiment for experiments in GROUPS.values() for experiment in experiments]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=str)
def test_kinds_learn_what_is_known_of_them_and_nothing_that_theory_forbids(experiment: Experiment) -> None:
    found = experiment.reached()
    assert (found > SOLVED).sum() >= experiment.solved
    assert found.min() > experiment.above
    assert found.max() < experiment.below, f"it should not: {experiment.why}"


def test_every_kind_is_known_to_solve_something() -> None:
    solving = [experiment.neuron for experiment in EXPERIMENTS if experiment.solved > SEEDS / 2]
    assert {kind if isinstance(kind, str) else kind["name"] for kind in solving} == set(FORMULAS)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_radial_units_learn_spirals_from_more_starts_with_a_gamma_of_one_than_with_a_smaller_one(
    activation: str,
) -> None:
    ours, wider = ((radial_accuracies(activation, gamma) > SOLVED).sum() for gamma in (None, 3.0))
    assert ours >= 0.7 * RADIAL_SEEDS
    assert ours >= wider + RADIAL_SEEDS / 8


@pytest.mark.parametrize(
    ("neuron", "count"),
    [
        ("square", 3),
        ("bilinear_form", 7),
        ("fan", 9),
        ("polynomial", 7),
        ("adder", 4),
        ("product", 6),
        ("quadratic", 7),
    ],
)
def test_one_neuron_has_as_many_parameters_as_its_formula_has_letters(neuron: str, count: int) -> None:
    assert Experiment("circles", neuron, (), 0, "").parameters == count


def test_the_page_has_every_experiment_and_its_figures_keep_the_bounds() -> None:
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    rows = [cells for cells in lines if len(cells) == 10 and cells[0] != "data"]
    assert len(rows) == len(EXPERIMENTS)
    for (*network, epochs, parameters, solved, low, middle, high, why), experiment in zip(
        rows, EXPERIMENTS, strict=True
    ):
        assert network == [experiment.data, experiment.name, experiment.shape]
        assert (int(epochs), int(parameters), why) == (experiment.epochs, experiment.parameters, experiment.why)
        assert experiment.solved <= int(solved) <= SEEDS
        assert experiment.above < float(low) <= float(middle) <= float(high) < experiment.below


def test_bounds_say_something_of_every_experiment() -> None:
    for experiment in EXPERIMENTS:
        assert experiment.solved or experiment.above or experiment.below < 1, experiment
        assert np.isfinite([experiment.above, experiment.below]).all()


STARTS = 200
KNOWN = 41
"""Of 200 first weights, how many an independent reference found to learn XOR with two ReLU units and no bias."""

BITS = ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))
"""XOR of two bits, as a value. Each is in the data five times, moved by up to 0.004: of points in one place, all would
be for training, or none."""


def starts_that_learn(data: dict[str, Any], bias: bool, **settings: Any) -> int:
    """How many of STARTS bring two ReLU units and a linear output under a training loss of 0.01."""
    config = {
        "data": data,
        "layers": [{"units": 2, "activation": "relu", "bias": bias}],
        "output": {"bias": bias},
        "loss": "mse",
        "batch": 4,
        **settings,
    }
    trainer = Trainer(Config.from_json(config), replicas=STARTS, record=False).run(600)
    return int((np.asarray(trainer.evaluate().train_loss) < 0.01).sum())


@pytest.mark.parametrize(
    ("optimizer", "init", "gain"),
    [({"name": "adam", "learning_rate": 0.01}, "he", 5), ({"name": "sgd", "learning_rate": 0.1}, "uniform", 50)],
    ids=["adam", "sgd"],
)
def test_two_relu_units_without_a_bias_learn_xor_of_bits_from_about_one_start_in_five(
    optimizer: dict[str, Any], init: str, gain: int
) -> None:
    """relu(x - y) + relu(y - x) needs no bias; with biases more starts find a way.

    Two samples of 200 of one share near a fifth differ by at most 16, two standard deviations, nearly always.
    """
    points = [(abs(x - 0.001 * k), abs(y - 0.001 * k), value) for x, y, value in BITS for k in range(5)]
    data = {"name": "own", "task": "regression", "points": points, "train_share": 0.8}
    without, with_bias = (starts_that_learn(data, bias, optimizer=optimizer, init=init) for bias in (False, True))
    assert abs(without - KNOWN) <= 16
    assert with_bias >= without + gain


def test_two_relu_units_without_a_bias_cannot_tell_the_corners_of_a_square_apart() -> None:
    """A ReLU without bias is silent at x or at -x. So z > 0 at (1, 1) and at (-1, -1) takes two units that add to it;
    then none is left to bring z below 0 at the other two corners. With biases it can be done.
    """
    data = {"name": "xor_points", "count": 40}
    assert starts_that_learn(data, False) == 0
    assert starts_that_learn(data, True) > 20
