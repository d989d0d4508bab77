"""The width of a budget is the nearest of all, found here by trying every one."""

from dataclasses import replace

import pytest

from nncore.config import Config
from nncore.errors import InputError
from nncore.network import Network
from nncore.neurons import NEURONS
from nncore.study.budget import budgeted


def size_by_building(config: Config, width: int, measure: str) -> int:
    network = Network(replace(config, layers=tuple(replace(layer, units=width) for layer in config.layers)))
    return network.parameter_count if measure == "parameters" else network.cost.multiply_adds


def config_of(neuron: str, depth: int = 2) -> Config:
    return Config.from_json({"layers": [{"neuron": neuron}] * depth})


@pytest.mark.parametrize("neuron", NEURONS)
@pytest.mark.parametrize("measure", ["parameters", "multiply_adds"])
def test_the_nearest_width_is_found_and_of_two_the_narrower(neuron: str, measure: str) -> None:
    config = config_of(neuron)
    sizes = {width: size_by_building(config, width, measure) for width in range(1, 25)}
    for target in (1, 2, 20, 105, 209, 400, *((sizes[3] + sizes[4]) // 2, sizes[6])):
        found = budgeted(config, measure, target, widest=24)
        nearest = min(sizes, key=lambda width: (abs(sizes[width] - target), width))
        assert (found.width, found.size) == (nearest, sizes[nearest])
        assert {layer.units for layer in found.config.layers} == {nearest}
        assert replace(found.config, layers=config.layers) == config


@pytest.mark.parametrize("neuron", NEURONS)
def test_a_wider_network_of_any_kind_is_larger(neuron: str) -> None:
    """What the search by halves rests on."""
    for measure in ("parameters", "multiply_adds"):
        sizes = [size_by_building(config_of(neuron, 3), width, measure) for width in range(1, 12)]
        assert sizes == sorted(set(sizes))


def test_a_tie_goes_to_the_narrower() -> None:
    """One hidden linear layer: 4 m + 1 parameters, so 15 lies in the middle of 13 and 17."""
    found = budgeted(config_of("linear", 1), "parameters", 15)
    assert (found.width, found.size, found.said) == (3, 13, "13 of 15")


def test_how_near_is_said_and_where_nothing_is_near_too() -> None:
    """Two hidden linear layers have m² + 5 m + 1 parameters: 127 at 9, 105 at 8."""
    near = budgeted(config_of("linear"), "parameters", 125)
    assert (near.said, near.is_near) == ("127 of 125", True)
    too_small = budgeted(config_of("kan"), "parameters", 9)
    assert (too_small.width, too_small.is_near) == (1, False)
    too_large = budgeted(config_of("linear"), "parameters", 10**6, widest=8)
    assert (too_large.width, too_large.said, too_large.is_near) == (8, "105 of 1,000,000", False)


def test_a_residual_first_layer_has_the_width_of_its_inputs() -> None:
    config = Config.from_json({"layers": [{"units": 2, "residual": True}] * 3})
    found = budgeted(config, "parameters", 500)
    assert (found.width, found.size, found.is_near) == (2, 3 * 6 + 3, False)
    later = Config.from_json({"layers": [{"units": 4}, {"units": 4, "residual": True}]})
    assert budgeted(later, "parameters", 105).width == 8


@pytest.mark.parametrize(
    ("layers", "measure", "target", "words"),
    [
        ([], "parameters", 100, "layers: has no hidden layer whose width could meet a budget"),
        ([{}], "parameters", 0, "budget: must be a whole number of at least 1, not 0"),
        ([{}], "seconds", 9, "there is no budget called 'seconds'; available: parameters, multiply_adds"),
    ],
)
def test_what_cannot_be_met_is_one_sentence(layers: list[object], measure: str, target: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        budgeted(Config.from_json({"layers": layers}), measure, target)
    assert words in str(caught.value)
