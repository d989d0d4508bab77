"""A network: layers of neurons whose parameters are views into one flat vector.

Knows how to run forward and backward on a tape, and where each parameter lies. Knows nothing of data, losses' values or
training (`trainer`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import DTypeLike

from nncore.activations import ACTIVATIONS, Activation
from nncore.config import Config
from nncore.initializers import Initializer
from nncore.losses import LOSSES, Head
from nncore.neuron import NeuronType, Parameter, Params
from nncore.neurons import NEURONS
from nncore.tape import Array, Shape, Tape, columns


@dataclass(frozen=True)
class Block:
    """Where one parameter array of one layer lies in the flat vector."""

    name: str
    start: int
    parameter: Parameter

    @property
    def stop(self) -> int:
        """One past its last element."""
        return self.start + int(np.prod(self.parameter.shape))

    def view(self, flat: Array) -> Array:
        """The array itself, as a view into `flat` (..., size)."""
        return flat[..., self.start : self.stop].reshape(*flat.shape[:-1], *self.parameter.shape)


@dataclass(frozen=True)
class Layer:
    """One layer: its neuron type and activation, its size, and the places of its parameters."""

    name: str
    neuron: NeuronType
    activation: Activation
    fan_in: int
    units: int
    neuron_blocks: tuple[Block, ...]
    activation_blocks: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of its parameter arrays, in the order of the flat vector."""
        return self.neuron_blocks + self.activation_blocks

    @property
    def parameter_count(self) -> int:
        """How many numbers it learns."""
        return sum(block.stop - block.start for block in self.blocks)


@dataclass
class LayerPass:
    """One layer during one pass: its parameters, its tapes, and what it computed last."""

    layer: Layer
    params: Params
    grads: Params
    slopes: Params
    slope_grads: Params
    tape: Tape
    activation_tape: Tape
    a_and_one: Array
    a: Array
    z: Array = field(default_factory=lambda: np.empty(0))


@dataclass
class NetworkTape:
    """The tapes of every layer for one batch size, and the gradient at the network's end."""

    passes: list[LayerPass]
    head: Tape
    dz: Array


class Network:
    """The network that a Config describes, `replicas` times over if asked.

    `theta` and `grad` have shape (parameter_count,), or (R, parameter_count) for R replicas. They are written in
    place and never replaced: every tape holds views into them.
    """

    def __init__(self, config: Config, *, replicas: int | None = None, dtype: DTypeLike = np.float32) -> None:
        self.lead: Shape = () if replicas is None else (replicas,)
        self.dtype = np.dtype(dtype)
        self.head: Head = config.loss.build(LOSSES).head(config.dataset.task, config.dataset.classes)
        self.layers = tuple(_layers(config, self.head.units))
        self.parameter_count = sum(layer.parameter_count for layer in self.layers)
        self.theta = np.zeros((*self.lead, self.parameter_count), self.dtype)
        self.grad = np.zeros_like(self.theta)
        self.penalized = self._penalized()
        self._rescaling = [layer for layer in self.layers if type(layer.neuron).rescale is not NeuronType.rescale]
        self._constrained = [layer for layer in self.layers if type(layer.neuron).constrain is not NeuronType.constrain]

    def initialize(self, rngs: list[np.random.Generator]) -> None:
        """First weights: one generator for each replica (or one in all), each used from the first layer to the last."""
        for replica, rng in zip(self.theta.reshape(-1, self.parameter_count), rngs, strict=True):
            for layer in self.layers:
                layer.neuron.initialize(_views(layer.neuron_blocks, replica), Initializer(layer.activation.family, rng))
                layer.activation.initialize(_views(layer.activation_blocks, replica))

    def tape(self, batch: int, rng: np.random.Generator | None = None) -> NetworkTape:
        """Scratch for passes over `batch` columns; `rng` for training, None for looking, which never share a tape."""
        passes = []
        for layer in self.layers:
            a_and_one = columns(self.lead, layer.units + 1, batch, self.dtype)
            a_and_one[..., -1, :] = 1.0
            passes.append(
                LayerPass(
                    layer,
                    _views(layer.neuron_blocks, self.theta),
                    _views(layer.neuron_blocks, self.grad),
                    _views(layer.activation_blocks, self.theta),
                    _views(layer.activation_blocks, self.grad),
                    self._layer_tape(batch, layer, rng),
                    self._layer_tape(batch, layer, rng),
                    a_and_one,
                    a_and_one[..., :-1, :],
                )
            )
        last = self.layers[-1]
        return NetworkTape(
            passes, self._layer_tape(batch, last, rng), columns(self.lead, last.units, batch, self.dtype)
        )

    def forward(self, x: Array, tape: NetworkTape) -> Array:
        """The output layer's z (..., units, batch) for inputs x (features + 1, batch), whose last row is ones."""
        *hidden, output = tape.passes
        for step in hidden:
            step.z = step.layer.neuron.forward(step.params, x, step.tape)
            step.layer.activation.forward(step.slopes, step.z, step.a, step.activation_tape)
            x = step.a_and_one
        output.z = output.layer.neuron.forward(output.params, x, output.tape)
        return output.z

    def backward(self, tape: NetworkTape) -> None:
        """Fill `grad` from `tape.dz`, the gradient at the output layer's z of the forward pass before."""
        dz = tape.dz
        for index in range(len(tape.passes) - 1, 0, -1):
            step, below = tape.passes[index], tape.passes[index - 1]
            da = step.layer.neuron.backward(step.params, step.grads, step.tape, dz, True)
            assert da is not None
            dz = below.layer.activation.backward(
                below.slopes, below.slope_grads, below.z, below.a, da, below.activation_tape
            )
        first = tape.passes[0]
        first.layer.neuron.backward(first.params, first.grads, first.tape, dz, False)

    def rescale(self) -> None:
        """Let each kind that asks for it change its gradients before the optimiser reads them."""
        for layer in self._rescaling:
            layer.neuron.rescale(_views(layer.neuron_blocks, self.theta), _views(layer.neuron_blocks, self.grad))

    def constrain(self) -> None:
        """Let each kind that has bounds bring its parameters back into them."""
        for layer in self._constrained:
            layer.neuron.constrain(_views(layer.neuron_blocks, self.theta))

    def parameters(self) -> Iterator[tuple[str, Array]]:
        """Every parameter array by name, such as ``layers.0.W``, as views into `theta`."""
        for layer in self.layers:
            for block in layer.blocks:
                yield f"{layer.name}.{block.name}", block.view(self.theta)

    def first_overflow(self, tape: NetworkTape) -> int:
        """The first layer whose z was not finite in the last pass; the output layer if all were."""
        for index, step in enumerate(tape.passes):
            if not np.isfinite(step.z).all():
                return index
        return len(self.layers) - 1

    def _layer_tape(self, batch: int, layer: Layer, rng: np.random.Generator | None) -> Tape:
        return Tape(batch, layer.fan_in, layer.units, lead=self.lead, dtype=self.dtype, rng=rng)

    def _penalized(self) -> Array:
        """1 for each weight that l1 and l2 pull on, 0 for each bias."""
        mask = np.zeros(self.parameter_count, self.dtype)
        for layer in self.layers:
            for block in layer.neuron_blocks:
                view = block.view(mask)
                view[...] = 0.0 if block.parameter.bias == "all" else 1.0
                if block.parameter.bias == "last_column":
                    view[:, -1] = 0.0
        return mask


def _views(blocks: tuple[Block, ...], flat: Array) -> dict[str, Array]:
    return {block.name: block.view(flat) for block in blocks}


def _layers(config: Config, output_units: int) -> Iterator[Layer]:
    identity = ACTIVATIONS.build("identity")
    rows: list[tuple[str, NeuronType, Activation, int]] = [
        (f"layers.{index}", layer.neuron.build(NEURONS), layer.activation.build(ACTIVATIONS), layer.units)
        for index, layer in enumerate(config.layers)
    ]
    rows.append(("output", config.output.build(NEURONS), identity, output_units))
    fan_in, start = len(config.features), 0
    for name, neuron, activation, units in rows:
        neuron_blocks = _blocks(neuron.parameters(fan_in, units), start)
        start = neuron_blocks[-1].stop
        activation_blocks = _blocks(activation.parameters(units), start)
        start = activation_blocks[-1].stop if activation_blocks else start
        yield Layer(name, neuron, activation, fan_in, units, neuron_blocks, activation_blocks)
        fan_in = units


def _blocks(parameters: Mapping[str, Parameter], start: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name, parameter in parameters.items():
        blocks.append(Block(name, start, parameter))
        start = blocks[-1].stop
    return tuple(blocks)
