"""How much memory a run takes, told before it is built: what it keeps, and the most that one look at it needs besides.

Every array of a pass has a column for each point, so the bytes of a tape are a straight line: the network is passed
through once with one column and once with two, and all else follows. A new kind of neuron is counted like any other.
Not here: how much a server allows (`app.links.limits`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from nncore.blocks import blocks, column_bytes, columns_together
from nncore.config import Config
from nncore.gradcheck import MOST_PARAMETERS, POINTS
from nncore.history import COLUMNS, History
from nncore.layer import Layer
from nncore.network import Network, NetworkTape, head_of, layers_of
from nncore.optimizers import OPTIMIZERS
from nncore.probes.hidden_space import grid_places

SESSION_BYTES = 60_000
"""What every run takes however small it is: its objects, and its random streams."""

PASS_BYTES = 4_500
"""The objects of one layer's pass, beside its numbers."""

HISTORY_BYTES = 60_000
"""The history of thousands of epochs, as it is kept and as it was last read; it hardly grows any more."""

PICTURE_BYTES = 14
"""For each pixel of a picture while it is painted: numbers, copies of them, levels, differences, the frame."""

HEADER_BYTES, TENSOR_BYTES = 4_000, 200
"""In a checkpoint, what is said of the run and of each array."""

POINT_BYTES = 220
"""For each point: its numbers, as drawn, in order and as messages have them."""


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: sizes of pictures in pixels, and the lines of the lens' grid; 0 for what is not shown."""

    unit_pixels: int = 0
    output_pixels: int = 0
    lens_pixels: int = 0
    lens_lines: int = 0


UNSEEN = View()
"""Only trained."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes by what makes them many."""

    network: int
    """Grows with the parameters: they, their gradients, the optimiser's memory, a checkpoint; and with the layers."""
    batch: int
    """Grows with the points that are trained on together."""
    points: int
    """Grows with the points in all."""
    pixels: int
    """Grows with the pictures."""

    @property
    def total(self) -> int:
        """All of it."""
        return sum(getattr(self, part.name) for part in fields(self))

    @property
    def largest(self) -> str:
        """The part that takes most."""
        return max((part.name for part in fields(self)), key=lambda name: getattr(self, name))


def parameter_bytes(config: Config) -> int:
    """The bytes of everything that is as large as the parameters. Builds nothing, however many they are."""
    count, slots = _parameters(config), _slots(config)
    # The numbers, their gradient, which of them penalties pull on, those of the step before, scratch; then a checkpoint
    # as arrays and as bytes; and a check of the gradient, in float64.
    check = 8 * 4 * count if count <= MOST_PARAMETERS else 0
    return 4 * count * (5 + slots + 2 * (2 + slots)) + check


def checkpoint_bytes(config: Config) -> int:
    """The bytes that a checkpoint of a run of `config` never exceeds, however long it trains. Builds nothing."""
    tensors = 4 * _parameters(config) * (2 + _slots(config)) + 8 * len(COLUMNS) * History.most()
    # The body is text within the header, so its quotation marks are escaped.
    body = len(json.dumps(json.dumps(config.to_json())))
    return tensors + body + HEADER_BYTES + TENSOR_BYTES * sum(len(layer.blocks) for layer in _layers(config))


def footprint(config: Config, view: View = UNSEEN) -> Footprint:
    """What a run of `config` takes while it is looked at like this."""
    network = Network(config)
    one, two = (_passed(network, columns) for columns in (1, 2))
    looking = _line(sum(one.looked), sum(two.looked))
    training = _line(sum(one.trained), sum(two.trained))
    count, train_count = config.data.count, config.data.train_count
    batch = min(config.batch, train_count)
    together = columns_together(column_bytes(network))
    batches, places, looks = _sizes(train_count, batch), _places(view, together), _sizes(count, together)
    tapes = 1 + len(batches) + len(places) + len(looks)
    rows = sum(2 * layer.units + 1 for layer in network.layers) if count > together else 0
    links = max(
        _slope_bytes(layer, train_count, more - least)
        for layer, least, more in zip(network.layers, one.trained, two.trained, strict=False)
    )
    pictures = PICTURE_BYTES * _pixels(network, view)
    # In float64, and only of small networks.
    check = 2 * training(POINTS) if network.parameter_count <= MOST_PARAMETERS else 0
    passes = tapes * len(network.layers) * PASS_BYTES
    return Footprint(
        network=SESSION_BYTES + HISTORY_BYTES + parameter_bytes(config) + check + passes,
        batch=sum(map(training, batches)),
        points=sum(map(looking, looks)) + 4 * rows * count + POINT_BYTES * count + (links if links > pictures else 0),
        pixels=sum(map(looking, places)) + (pictures if links <= pictures else 0),
    )


@dataclass(frozen=True, slots=True)
class _Passed:
    """The bytes of each layer's tapes after a pass forward, and after one back as well; the head's come last."""

    looked: tuple[int, ...]
    trained: tuple[int, ...]


def _passed(network: Network, columns: int) -> _Passed:
    inputs = np.zeros((network.layers[0].fan_in + 1, columns), network.dtype)
    target = np.zeros((network.head.units, columns), network.dtype)
    looking, training = network.tape(columns), network.tape(columns, np.random.default_rng(0))
    with np.errstate(all="ignore"):
        for tape in (looking, training):
            z = network.forward(inputs, tape)
            network.head.losses(z, target, tape.head)
        network.head.measure(z, target, training.dz, training.head)
        network.backward(training)
    return _Passed(_bytes_of(looking), _bytes_of(training))


def _bytes_of(tape: NetworkTape) -> tuple[int, ...]:
    return (*(step.nbytes for step in tape.passes), tape.head.nbytes + tape.dz.nbytes)


def _layers(config: Config) -> tuple[Layer, ...]:
    return tuple(layers_of(config, len(config.features), head_of(config).units))


def _parameters(config: Config) -> int:
    return sum(layer.parameter_count for layer in _layers(config))


def _slots(config: Config) -> int:
    """How many arrays like the parameters the optimiser remembers."""
    return len(OPTIMIZERS[config.optimizer.name].slots)


def _line(one: int, two: int) -> Callable[[int], int]:
    """What takes `one` byte count for one column and `two` for two, for any number of columns."""
    return lambda columns: one + (two - one) * (columns - 1)


def _slope_bytes(layer: Layer, train_count: int, each: int) -> int:
    """What the slopes of a layer take at once, where a pass takes `each` bytes for a point; the slopes themselves, and
    their squares, come on top.
    """
    kind = layer.neuron
    points = min(train_count, kind.slope_points(layer.fan_in, layer.units) or train_count)
    return points * (each + 2 * 4 * (kind.slope_numbers(layer.fan_in, layer.units) or 0))


def _sizes(count: int, together: int) -> set[int]:
    """The sizes of the blocks of `count` columns; each keeps a tape."""
    return {block.stop - block.start for block in blocks(count, together)}


def _places(view: View, together: int) -> set[int]:
    """The sizes of the blocks of places that pass through the network for the pictures."""
    counts = [pixels**2 for pixels in (view.unit_pixels, view.output_pixels, view.lens_pixels)]
    counts.append(grid_places(view.lens_lines) if view.lens_lines else 0)
    return set().union(*(_sizes(count, together) for count in counts))


def _pixels(network: Network, view: View) -> int:
    """The pixels of a frame: of every hidden unit, of every class, of what each layer's decision says of it."""
    *hidden, output = network.layers
    units, classes = sum(layer.units for layer in hidden), output.units
    decisions = classes * len(network.layers)
    # Of an answer both are held: z, and the predictions.
    return units * view.unit_pixels**2 + 2 * (classes * view.output_pixels**2 + decisions * view.lens_pixels**2)
