"""What each kind of neuron can and cannot learn: the experiments of `known`, each over 20 seeds at once.

Also that the page about them says what they say. Their figures are measured by `make known`.
"""

import numpy as np
import pytest

from tests.nncore.known import GROUPS, PAGE, RADIAL_SEEDS, SEEDS, SOLVED, Experiment, radial_accuracies
from tests.nncore.plain_neurons import FORMULAS

EXPERIMENTS = [experiment for experiments in GROUPS.values() for experiment in experiments]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=str)
def test_kinds_learn_what_is_known_of_them_and_nothing_that_theory_forbids(experiment: Experiment) -> None:
    found = experiment.accuracies()
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
