"""A network: layers one after the other, whose parameters are views into one flat vector.

Knows how to run forward and backward on a tape. Knows nothing of data or training (`trainer`), nor of what happens
inside a layer (`layer`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import DTypeLike

from nncore.activations import ACTIVATIONS
from nncore.choice import Choice
from nncore.config import Config
from nncore.cost import Cost
from nncore.heads import Head
from nncore.initializers import Initializer, Rule
from nncore.layer import Layer, LayerPass, OptionsPass, views
from nncore.layer_norm import LayerNorm
from nncore.losses import LOSSES
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Array, Shape, Tape, columns
from nncore.unbiased import without_bias


@dataclass
class NetworkTape:
    """The tapes of every layer for one batch size, and the gradient at the network's end."""

    passes: list[LayerPass]
    head: Tape
    dz: Array

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays made so far."""
        return self.head.nbytes + self.dz.nbytes + sum(one.nbytes for one in self.passes)

    def take(self, part: "NetworkTape", columns: slice) -> None:
        """Let every layer's z and what it gives on be those of `part` in these `columns`."""
        for mine, theirs in zip(self.passes, part.passes, strict=True):
            if not mine.z.size:
                mine.z = np.empty_like(mine.a)
            mine.z[..., columns] = theirs.z
            mine.a_and_one[..., columns] = theirs.a_and_one


class Network:
    """The network that a Config describes, `replicas` times over if asked.

    `theta` and `grad` have shape (parameter_count,), or (R, parameter_count) for R replicas. They are written in
    place and never replaced: every tape holds views into them.
    """

    def __init__(
        self,
        config: Config,
        *,
        replicas: int | None = None,
        dtype: DTypeLike = np.float32,
        fan_in: int | None = None,
        head: Head | None = None,
    ) -> None:
        """`fan_in` inputs and the end `head`, where these are not those of the config's own data."""
        self.lead: Shape = () if replicas is None else (replicas,)
        self.dtype = np.dtype(dtype)
        self.head: Head = head or head_of(config)
        self.layers = tuple(layers_of(config, fan_in or len(config.features), self.head.units))
        self._rule = config.init
        self.parameter_count = sum(layer.parameter_count for layer in self.layers)
        self.theta = np.zeros((*self.lead, self.parameter_count), self.dtype)
        self.grad = np.zeros_like(self.theta)
        self.penalized = self._penalized()
        # Views made once: theta and grad are written in place and never replaced.
        self._rescaling = [
            (layer.neuron, views(layer.neuron_blocks, self.theta), views(layer.neuron_blocks, self.grad))
            for layer in self.layers
            if layer.neuron.rescales
        ]
        self._constrained = [
            (layer.neuron, views(layer.neuron_blocks, self.theta)) for layer in self.layers if layer.neuron.constrains
        ]

    def initialize(self, rngs: list[np.random.Generator]) -> None:
        """First weights: one generator for each replica (or one in all), each used from the first layer to the last."""
        for replica, rng in zip(self.theta.reshape(-1, self.parameter_count), rngs, strict=True):
            for layer in self.layers:
                init = Initializer(layer.activation.family if self._rule == "auto" else cast(Rule, self._rule), rng)
                layer.neuron.initialize(views(layer.neuron_blocks, replica), init)
                layer.activation.initialize(views(layer.activation_blocks, replica))
                if layer.norm is not None:
                    layer.norm.initialize(views(layer.norm_blocks, replica))

    def tape(self, batch: int, rng: np.random.Generator | None = None) -> NetworkTape:
        """Scratch for passes over `batch` columns; `rng` for training, None for looking, which never share a tape."""
        passes = []
        for layer in self.layers:
            optioned = layer.norm is not None or layer.dropout or layer.residual
            tapes = self._layer_tape(batch, layer, rng), self._layer_tape(batch, layer, rng)
            passes.append((OptionsPass if optioned else LayerPass)(layer, self.theta, self.grad, *tapes))
        last = self.layers[-1]
        dz = columns(self.lead, last.units, batch, self.dtype)
        return NetworkTape(passes, self._layer_tape(batch, last, rng), dz)

    def forward(self, x: Array, tape: NetworkTape) -> Array:
        """The output layer's z (..., units, batch) for inputs x (features + 1, batch), whose last row is ones."""
        *hidden, output = tape.passes
        for step in hidden:
            x = step.forward(x)
        output.z = output.layer.neuron.forward(output.params, x, output.tape)
        return output.z

    def backward(self, tape: NetworkTape) -> None:
        """Fill `grad` from `tape.dz`, the gradient at the output layer's z of the forward pass before."""
        *hidden, output = tape.passes
        da = output.layer.neuron.backward(output.params, output.grads, output.tape, tape.dz, bool(hidden))
        for index in range(len(hidden) - 1, -1, -1):
            assert da is not None
            da = hidden[index].backward(da, index > 0)

    def rescale(self) -> None:
        """Let each kind that asks for it change its gradients before the optimiser reads them."""
        for neuron, params, grads in self._rescaling:
            neuron.rescale(params, grads)

    def constrain(self) -> None:
        """Let each kind that has bounds bring its parameters back into them."""
        for neuron, params in self._constrained:
            neuron.constrain(params)

    def parameters(self) -> Iterator[tuple[str, Array]]:
        """Every parameter array by name, such as ``layers.0.W``, as views into `theta`."""
        for layer in self.layers:
            for block in layer.blocks:
                yield f"{layer.name}.{block.name}", block.view(self.theta)

    @property
    def cost(self) -> Cost:
        """What one point costs, from the inputs to the output layer's z."""
        return sum((layer.cost for layer in self.layers), Cost())

    def first_overflow(self, tape: NetworkTape, replica: int = 0) -> int:
        """The first layer whose z was not finite in the last pass, of one replica; the output layer if all were."""
        for index, step in enumerate(tape.passes):
            if not np.isfinite(step.z[replica] if self.lead else step.z).all():
                return index
        return len(self.layers) - 1

    def _layer_tape(self, batch: int, layer: Layer, rng: np.random.Generator | None) -> Tape:
        return Tape(batch, layer.fan_in, layer.units, lead=self.lead, dtype=self.dtype, rng=rng)

    def _penalized(self) -> Array:
        """1 for each weight that l1 and l2 pull on, 0 for each bias."""
        mask = np.zeros(self.parameter_count, self.dtype)
        for layer in self.layers:
            for block in layer.blocks:
                view, parameter = block.view(mask), block.parameter
                view[...] = 1.0 if parameter.penalized and parameter.bias != "all" else 0.0
                if parameter.bias == "last_column":
                    view[:, -1] = 0.0
        return mask


def head_of(config: Config) -> Head:
    """The end that `config` asks for on its own data."""
    return config.loss.build(LOSSES).head(config.dataset.task, config.dataset.classes)


def layers_of(config: Config, fan_in: int, output_units: int) -> Iterator[Layer]:
    """The layers that `config` describes, hidden ones first; they hold no numbers yet."""
    start = 0
    for index, made in enumerate(config.layers):
        layer = Layer(
            f"layers.{index}",
            _neuron(made.neuron, made.bias, fan_in, made.units),
            made.activation.build(ACTIVATIONS),
            fan_in,
            made.units,
            start,
            LayerNorm(made.bias) if made.norm == "layer_norm" else None,
            made.dropout,
            made.residual,
        )
        yield layer
        fan_in, start = layer.units, layer.stop
    identity = ACTIVATIONS.build("identity")
    neuron = _neuron(config.output.neuron, config.output.bias, fan_in, output_units)
    yield Layer("output", neuron, identity, fan_in, output_units, start)


def _neuron(choice: Choice, bias: bool, fan_in: int, units: int) -> NeuronType:
    kind = choice.build(NEURONS)
    return kind if bias else without_bias(kind, fan_in, units)
