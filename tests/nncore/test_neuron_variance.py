"""First weights give z the variance of a linear neuron's, for every kind but those that say otherwise."""

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.initializers import Initializer, Rule
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Tape
from nncore.trainer import Trainer
from tests.nncore.neuron_cases import with_ones
from tests.nncore.variants import every_variant

# Kinds whose z starts with a variance of their own, and those that have a linear neuron's only for many inputs: between
# which multiples of it theirs lies.
OWN_VARIANCE = {
    "rbf": "z lies between 0 and 1 whatever the weights",
    "adder": "its authors leave the scale to batch normalisation: z starts with unit variance whatever the rule",
    "spiking": "a rate lies between 0 and 1, and a membrane loses what it fires",
}
NEARLY_VARIANCE = {
    "attention": (0.8, 1.4, "it starts near equal attention, and what is left of the difference adds to the variance"),
    "binary": (0.8, 1.5, "α² is that of a unit with many weights, drawn uniformly"),
    "maxout": (0.8, 3.3, "the pieces of a unit with few inputs are large together: ‖x‖ is theirs in common"),
}


def first_variance(
    neuron: NeuronType, rule: Rule, fan_in: int, units: int, draws: int = 250, *, biased: bool = True
) -> float:
    """Of z over many first weights, units and standard normal points: more of these where a unit has few weights."""
    rng, points = np.random.default_rng(6), 20 + 400 // fan_in
    shapes = {name: parameter.shape for name, parameter in neuron.parameters(fan_in, units).items()}
    params = {name: np.full((draws, *shape), np.nan) for name, shape in shapes.items()}
    for draw in range(draws):
        neuron.initialize({name: array[draw] for name, array in params.items()}, Initializer(rule, rng, biased=biased))
    x = with_ones(rng.standard_normal((draws, fan_in, points)))
    x[..., -1, :] = float(biased)
    return float(neuron.forward(params, x, Tape(points, fan_in, units, lead=(draws,), dtype=np.float64)).var())


@pytest.mark.parametrize("neuron", [n for n in every_variant(NEURONS) if n.spec.name not in OWN_VARIANCE], ids=str)
@pytest.mark.parametrize(("rule", "fan_in", "units"), [("glorot", 1, 4), ("he", 2, 8), ("glorot", 8, 4)])
def test_z_starts_with_the_variance_of_a_linear_neuron(neuron: NeuronType, rule: Rule, fan_in: int, units: int) -> None:
    """He's rule gives 2, since a rectifier throws half away, Glorot's 2 n / (n + m): whatever multiplies in a kind."""
    linear = 2.0 if rule == "he" else 2 * fan_in / (fan_in + units)
    low, high, _ = NEARLY_VARIANCE.get(neuron.spec.name, (0.8, 1.25, ""))
    assert low < first_variance(neuron, rule, fan_in, units) / linear < high


@pytest.mark.parametrize("rule", ["glorot", "he"])
@pytest.mark.parametrize(("fan_in", "units"), [(2, 8), (8, 4)])
def test_a_fan_neuron_without_biases_starts_with_it_too(rule: Rule, fan_in: int, units: int) -> None:
    linear = 2.0 if rule == "he" else 2 * fan_in / (fan_in + units)
    assert 0.8 < first_variance(NEURONS.build("fan"), rule, fan_in, units, biased=False) / linear < 1.25


def test_a_kind_whose_variance_is_only_near_a_linear_neurons_has_it_for_many_inputs() -> None:
    for name in NEARLY_VARIANCE:
        assert 0.8 < first_variance(NEURONS.build(name), "glorot", 40, 40, 30) < 1.25, name


@pytest.mark.parametrize("rule", ["glorot", "he"])
@pytest.mark.parametrize("fan_in", [1, 2, 8, 16])
def test_an_adder_starts_with_unit_variance_whatever_the_rule(rule: Rule, fan_in: int) -> None:
    assert 0.9 < first_variance(NEURONS.build("adder"), rule, fan_in, 8) < 1.1


def test_the_rule_auto_is_one_of_those_whose_variances_are_known() -> None:
    assert {ACTIVATIONS[name].family for name in ACTIVATIONS} == {"glorot", "he"}


def test_six_layers_of_squared_sums_do_not_start_with_a_loss_beyond_all_measure() -> None:
    """Each layer squares how far off the one before was, so a few starts stay wild; with He's 2 squared, most were."""
    layer = {"units": 8, "neuron": "squared_sum", "activation": "relu"}
    trainer = Trainer(Config.from_json({"layers": [layer] * 6}), replicas=60, record=False)
    losses = np.asarray(trainer.evaluate().train_loss)
    assert np.median(losses) < 1.0
    assert (losses > 1.0).sum() <= 12
    assert losses.max() < 3.5e8
