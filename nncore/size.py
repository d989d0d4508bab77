"""How large the network of a Config is, told before it is built: what it learns, and what one point costs.

Not here: bytes (`footprint`), nor which width fits a size (`study.budget`).
"""

from dataclasses import dataclass

from nncore.config import Config
from nncore.cost import Cost
from nncore.network import head_of, layers_of


@dataclass(frozen=True, slots=True)
class Size:
    """How many numbers a network learns, and its cost for one point, from the inputs to the output layer's z."""

    parameters: int
    cost: Cost


def size_of(config: Config) -> Size:
    """The size of the network that `config` describes. Nobody knows a forest's before it has grown."""
    assert config.forest is None, "a forest is as large as it grows"
    layers = tuple(layers_of(config, len(config.features), head_of(config).units))
    return Size(sum(layer.parameter_count for layer in layers), sum((layer.cost for layer in layers), Cost()))
