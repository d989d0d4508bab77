"""How many parameters each kind has, as its source counts them, and that what it says it costs grows with a layer."""

import math

import numpy as np
import pytest

from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from tests.nncore.neuron_cases import EVERY_VARIANT
from tests.nncore.plain_neurons import FORMULAS


@EVERY_VARIANT
@pytest.mark.parametrize(("fan_in", "units"), [(1, 1), (2, 8), (5, 3)])
def test_the_declared_cost_grows_with_the_layer_and_no_input_is_free(
    neuron: NeuronType, fan_in: int, units: int
) -> None:
    """Whether it is right to the operation, test_cost counts where there are plain loops."""

    def cost(fan_in: int, units: int) -> list[int]:
        return list(neuron.cost(fan_in, units).to_json().values())

    here, unit = cost(fan_in, units), np.subtract(cost(fan_in, units + 1), cost(fan_in, units))
    assert min(here) >= 0
    assert sum(here[:2]) >= fan_in * units
    assert np.subtract(cost(fan_in, units + 2), cost(fan_in, units + 1)).tolist() == unit.tolist()
    assert np.subtract(cost(fan_in + 1, units), here).min() >= 0


# For 3 inputs and 8 units, as NEURONS' sources count them.
COUNTS: list[tuple[str, dict[str, object], int]] = [
    ("linear", {}, (3 + 1) * 8),
    ("square", {}, (3 + 1) * 8),
    ("squared_sum", {}, (3 + 1) * 8),
    ("product", {}, 2 * (3 + 1) * 8),
    ("bilinear_form", {}, (9 + 3 + 1) * 8),
    ("bilinear_form", {"linear": False}, (9 + 1) * 8),
    ("form_square", {}, (9 + 3 + 1) * 8),
    ("fan", {}, 3 * (3 + 1) * 8),
    ("quadratic", {}, (3 * 3 + 1) * 8),
    ("low_rank", {"rank": 1}, (3 * 3 + 1) * 8),
    ("low_rank", {"rank": 4}, (2 * 4 * 3 + 3 + 1) * 8),
    ("polynomial", {"degree": 3}, (3 * 3 + 1) * 8),
    ("polynomial", {"degree": 5, "lower": False}, (3 + 1) * 8),
    ("pi_net", {"degree": 4}, (4 * 3 + 1) * 8),
    ("glu", {}, 2 * (3 + 1) * 8),
    ("attention", {}, (3 * 3 + 1) * 8),
    ("rbf", {}, (3 + 1) * 8),
    ("adder", {}, (3 + 2) * 8),
    ("binary", {}, (3 + 1) * 8),
    ("spiking", {}, (3 + 1) * 8),
    ("kan", {}, (3 * (5 + 3 + 1) + 1) * 8),
    ("kan", {"grid": 2, "order": 4}, (3 * (2 + 4 + 1) + 1) * 8),
    ("maxout", {"pieces": 5}, 5 * (3 + 1) * 8),
]


@pytest.mark.parametrize(("name", "knobs", "count"), COUNTS)
def test_parameter_counts_are_the_published_ones(name: str, knobs: dict[str, object], count: int) -> None:
    shapes = [parameter.shape for parameter in NEURONS.build(name, knobs).parameters(3, 8).values()]
    assert sum(math.prod(shape) for shape in shapes) == count


def test_every_plain_formula_has_its_kind_and_its_count() -> None:
    assert {name for name, _, _ in COUNTS} == set(FORMULAS) <= set(NEURONS)
