"""How many parameters each kind of neuron would have in given layers, and what one point would cost: what a menu of
kinds says beside each of them.

Every number comes from the kind's own `parameters` and `cost`. Not here: what the kinds are (`catalog`), nor what an
activation learns or costs, which is the same for all of them.
"""

import math
from itertools import pairwise

from app.links.notation import SWITCH
from app.settings import Settings
from app.strict_json import read_object
from nncore.choice import Choice
from nncore.cost import Cost
from nncore.errors import MissingField, OutOfRange, WrongType, shown
from nncore.features import FEATURES
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.sentence import Sentence
from nncore.unbiased import without_bias

_NO_WIDTHS = Sentence("refused.no_widths", 'is required: the inputs, then the units of each layer, such as "2,8"')
_ODD_WIDTHS = Sentence("refused.odd_widths", "must have from 2 to {high} numbers, not {value}")
_NO_NUMBERS = Sentence("refused.no_numbers", "must be whole numbers separated by commas, not {value}")
_NO_BIASES = Sentence("refused.no_biases", "must be on or off for each of the {count} layers, not {value}")
_NO_WIDTH = Sentence("refused.no_width", "must be from 1 to {high}, not {value}")


def counts(widths: str, chosen: str, settings: Settings, bias: str = "") -> dict[str, int]:
    """The parameters of layers of these `widths` for every kind, by name; ``"2,8,8"`` is 8 and 8 units after 2 inputs.

    `chosen` is a neuron as a Config writes it, in JSON: its kind is counted with its own knobs, all others with their
    defaults. `bias` says of each layer whether it has biases, such as ``"on,off"``; all have, if it is left out. Raises
    an InputError.
    """
    sizes = _sizes(widths, settings)
    layers = list(zip(sizes, sizes[1:], _biases(bias, len(sizes) - 1), strict=False))
    neurons = _kinds(chosen, settings)
    return {name: sum(_count(neuron, *layer) for layer in layers) for name, neuron in neurons.items()}


def costs(widths: str, chosen: str, settings: Settings) -> dict[str, dict[str, int]]:
    """What one point costs in the same layers for every kind, by name; biases cost nothing of their own."""
    sizes = _sizes(widths, settings)
    layers = list(pairwise(sizes))
    neurons = _kinds(chosen, settings)
    return {name: sum((neuron.cost(*layer) for layer in layers), Cost()).to_json() for name, neuron in neurons.items()}


def _kinds(chosen: str, settings: Settings) -> dict[str, NeuronType]:
    """Every kind by name, the `chosen` one with its own knobs."""
    neurons = {name: NEURONS.build(name) for name in NEURONS}
    if chosen:
        choice = Choice.of(NEURONS, read_object(chosen, settings.message_bytes), "neuron")
        neurons[choice.name] = choice.build(NEURONS)
    return neurons


def _count(kind: NeuronType, fan_in: int, units: int, bias: bool) -> int:
    neuron = kind if bias else without_bias(kind, fan_in, units)
    return sum(math.prod(parameter.shape) for parameter in neuron.parameters(fan_in, units).values())


def _biases(text: str, layers: int) -> list[bool]:
    """Whether each of so many layers has biases."""
    words = text.split(",") if text else ["on"] * layers
    if len(words) != layers or not set(words) <= set(SWITCH):
        raise OutOfRange("bias", _NO_BIASES, count=layers, value=shown(text))
    return [SWITCH[word] for word in words]


def _sizes(widths: str, settings: Settings) -> list[int]:
    """The inputs and the units of each layer, as whole numbers within this server's limits."""
    if not widths:
        raise MissingField("widths", _NO_WIDTHS)
    words = widths.split(",")
    if not 2 <= len(words) <= settings.layers + 2:
        raise OutOfRange("widths", _ODD_WIDTHS, high=settings.layers + 2, value=len(words))
    if not all(word.isascii() and word.isdigit() and len(word) < 6 for word in words):
        raise WrongType("widths", _NO_NUMBERS, value=shown(widths))
    sizes = [int(word) for word in words]
    most = max(settings.units, len(FEATURES))
    for index, size in enumerate(sizes):
        if not 1 <= size <= most:
            raise OutOfRange(f"widths[{index}]", _NO_WIDTH, high=most, value=size)
    return sizes
