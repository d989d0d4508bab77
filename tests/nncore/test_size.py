"""What is told of a network before it is built is what it has."""

import pytest

from nncore.config import Config
from nncore.network import Network
from nncore.neurons import NEURONS
from nncore.size import size_of


@pytest.mark.parametrize("name", NEURONS)
def test_it_is_the_size_of_the_network(name: str) -> None:
    layers = [{"units": 5, "neuron": name}, {"units": 3, "norm": "layer_norm", "activation": "prelu"}]
    config = Config.from_json({"layers": layers, "data": {"name": "rings", "rings": 3}, "features": ["x", "y", "r"]})
    network, size = Network(config), size_of(config)
    assert (size.parameters, size.cost) == (network.parameter_count, network.cost)
