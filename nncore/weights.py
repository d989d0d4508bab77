"""The numbers that one unit learns, by name: which letter of the formula each is, and which input it belongs to.

A layer keeps its parameters in a few arrays for all of its units at once; here they are seen from a single unit.
Works for every kind, from what its `Parameter`s say of themselves. Not here: the arrays' places in theta (`layer`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nncore.formula import listed
from nncore.layer import Block, Layer
from nncore.neuron import Parameter


@dataclass(frozen=True, slots=True)
class Weight:
    """One number of a unit: ``theta``'s array `param` at `index`, called `letter` in the formula.

    `inputs` are the inputs that it weighs, counted from 0: one, two for a product of inputs, none for a bias.
    """

    letter: str
    inputs: tuple[int, ...]
    param: str
    index: tuple[int, ...]


def weights_of(layer: Layer, unit: int) -> list[Weight]:
    """All that unit number `unit` of `layer` learns, the neuron's first, then the activation's and the norm's."""
    return [weight for block in layer.blocks for weight in _of_block(block, layer, unit)]


def written(layer: Layer, unit: int, numbers: Sequence[str], inputs: Sequence[str]) -> str:
    """The neuron's formula as LaTeX with a text for each of the unit's `weights_of` and a name for each input."""
    letters: dict[str, list[str]] = defaultdict(list)
    neuron = {block.name for block in layer.neuron_blocks}
    for weight, number in zip(weights_of(layer, unit), numbers, strict=True):
        if weight.param in neuron:
            letters[weight.letter].append(number)
    formula = layer.neuron.written(letters, inputs)
    return f"z = {formula}" if formula else listed(letters)


def _of_block(block: Block, layer: Layer, unit: int) -> Iterator[Weight]:
    parameter = block.parameter
    if len(parameter.shape) == 1:
        yield Weight(_letters(block.name, parameter, 1)[0], (), block.name, (unit,))
        return
    rows, columns = parameter.shape
    biased = parameter.bias == "last_column"
    inputs = _inputs(parameter, layer.fan_in)
    copies, groups = rows // layer.units, (columns - biased) // len(inputs)
    assert copies * layer.units == rows, f"{block.name}: its rows must be a multiple of the units"
    assert groups * len(inputs) + biased == columns, f"{block.name}: its columns must be a multiple of the inputs"
    letters = _letters(block.name, parameter, copies * groups)
    for copy in range(copies):
        row = copy * layer.units + unit
        for column in range(columns - biased):
            letter = letters[copy * groups + column // len(inputs)]
            yield Weight(letter, inputs[column % len(inputs)], block.name, (row, column))
        if biased:
            yield Weight(parameter.biases[copy], (), block.name, (row, columns - 1))


def _inputs(parameter: Parameter, fan_in: int) -> list[tuple[int, ...]]:
    """The inputs that each of a group of columns weighs."""
    if parameter.over == "unit":
        return [()]
    if parameter.over == "pairs":
        return [(i, k) for i in range(fan_in) for k in range(fan_in)]
    return [(i,) for i in range(fan_in)]


def _letters(name: str, parameter: Parameter, count: int) -> tuple[str, ...]:
    letters = parameter.letters or (name,) * min(count, 1)
    assert len(letters) == count, f"{name} needs {count} letters, one for each weight of an input"
    return letters
