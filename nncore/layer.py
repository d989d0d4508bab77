"""One layer: what it is made of, and one pass through it, forward and back.

    x -> neuron -> z -> (norm) -> activation -> (dropout) -> (+ x) -> a

What stands in brackets is off unless asked for, and costs nothing then. Not here: how layers follow one another
(`network`).
"""

from dataclasses import dataclass, field

import numpy as np

from nncore.activations import Activation
from nncore.cost import Cost
from nncore.layer_norm import LayerNorm
from nncore.neuron import NeuronType, Parameter
from nncore.tape import Array, Tape, columns


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
    """Neuron type, activation, size and options of one layer, and the places of its parameters.

    The three kinds of blocks follow one another in the flat vector: the neuron's, the activation's, the norm's.
    """

    name: str
    neuron: NeuronType
    activation: Activation
    fan_in: int
    units: int
    start: int
    norm: LayerNorm | None = None
    dropout: float = 0.0
    residual: bool = False
    neuron_blocks: tuple[Block, ...] = field(init=False)
    activation_blocks: tuple[Block, ...] = field(init=False)
    norm_blocks: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        start = self.start
        for kind, parameters in (
            ("neuron_blocks", self.neuron.parameters(self.fan_in, self.units)),
            ("activation_blocks", self.activation.parameters(self.units)),
            ("norm_blocks", {} if self.norm is None else self.norm.parameters(self.units)),
        ):
            blocks = []
            for name, parameter in parameters.items():
                blocks.append(Block(name, start, parameter))
                start = blocks[-1].stop
            object.__setattr__(self, kind, tuple(blocks))
        names = [block.name for block in self.blocks]
        assert len(set(names)) == len(names), f"two parameters of {self.name} have one name: {names}"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of its parameter arrays, in the order of the flat vector."""
        return self.neuron_blocks + self.activation_blocks + self.norm_blocks

    @property
    def stop(self) -> int:
        """Where the next layer's parameters start."""
        return self.blocks[-1].stop

    @property
    def parameter_count(self) -> int:
        """How many numbers it learns."""
        return self.stop - self.start

    @property
    def cost(self) -> Cost:
        """What it costs for one point; dropout is not there while one looks."""
        norm = Cost() if self.norm is None else self.norm.cost(self.units)
        past = Cost(additions=self.units) if self.residual else Cost()
        return self.neuron.cost(self.fan_in, self.units) + norm + self.units * self.activation.cost() + past


def views(blocks: tuple[Block, ...], flat: Array) -> dict[str, Array]:
    """The arrays of `blocks` by name, as views into `flat`."""
    return {block.name: block.view(flat) for block in blocks}


class LayerPass:
    """Passes through one layer: its parameters, its tapes, and what was computed last (`z`, and `a` after it all)."""

    def __init__(self, layer: Layer, theta: Array, grad: Array, tape: Tape, activation_tape: Tape) -> None:
        self.layer, self.tape, self.activation_tape = layer, tape, activation_tape
        self.params, self.grads = views(layer.neuron_blocks, theta), views(layer.neuron_blocks, grad)
        self.slopes, self.slope_grads = views(layer.activation_blocks, theta), views(layer.activation_blocks, grad)
        self.a_and_one = columns(tape.lead, layer.units + 1, tape.batch, tape.dtype)
        self.a_and_one[..., -1, :] = 1.0
        self.a = self.a_and_one[..., :-1, :]
        self.z = np.empty(0, tape.dtype)
        self.neuron, self.activation = layer.neuron, layer.activation

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays made so far."""
        return self.a_and_one.nbytes + self.tape.nbytes + self.activation_tape.nbytes

    def forward(self, x: Array) -> Array:
        """The layer's output with a last row of ones, for the next layer."""
        self.z = z = self.neuron.forward(self.params, x, self.tape)
        self.activation.forward(self.slopes, z, self.a, self.activation_tape)
        return self.a_and_one

    def backward(self, da: Array, need_dx: bool) -> Array | None:
        """dLoss/dx from dLoss/da, which is overwritten; fills the gradients."""
        dz = self.activation.backward(self.slopes, self.slope_grads, self.z, self.a, da, self.activation_tape)
        return self.neuron.backward(self.params, self.grads, self.tape, dz, need_dx)


class OptionsPass(LayerPass):
    """A pass through a layer with a norm, dropout or a residual connection."""

    def __init__(self, layer: Layer, theta: Array, grad: Array, tape: Tape, activation_tape: Tape) -> None:
        super().__init__(layer, theta, grad, tape, activation_tape)
        self.norm_params, self.norm_grads = views(layer.norm_blocks, theta), views(layer.norm_blocks, grad)

    def forward(self, x: Array) -> Array:
        """The layer's output with a last row of ones, for the next layer."""
        layer, tape = self.layer, self.activation_tape
        self.z = layer.neuron.forward(self.params, x, self.tape)
        n = self.z if layer.norm is None else layer.norm.forward(self.norm_params, self.z, tape)
        branch = tape.array("branch", layer.units)
        layer.activation.forward(self.slopes, n, branch, tape)
        np.multiply(branch, self._mask(), self.a) if self._drops() else np.copyto(self.a, branch)
        if layer.residual:
            np.add(self.a, x[..., :-1, :], self.a)
        return self.a_and_one

    def backward(self, da: Array, need_dx: bool) -> Array | None:
        """dLoss/dx from dLoss/da, which is overwritten; fills the gradients."""
        layer, tape = self.layer, self.activation_tape
        past = tape.array("past", layer.units)
        np.copyto(past, da)
        if self._drops():
            da *= tape.array("mask", layer.units)
        n = self.z if layer.norm is None else tape.array("normalised", layer.units)
        dz = layer.activation.backward(self.slopes, self.slope_grads, n, tape.array("branch", layer.units), da, tape)
        if layer.norm is not None:
            dz = layer.norm.backward(self.norm_params, self.norm_grads, dz, tape)
        dx = layer.neuron.backward(self.params, self.grads, self.tape, dz, need_dx)
        if dx is not None and layer.residual:
            dx += past
        return dx

    def _drops(self) -> bool:
        return self.layer.dropout > 0 and self.activation_tape.rng is not None

    def _mask(self) -> Array:
        """0 with probability `dropout`, else 1 / (1 - dropout), so that the mean stays (Srivastava et al. 2014)."""
        tape, dropout = self.activation_tape, self.layer.dropout
        assert tape.rng is not None
        mask = tape.array("mask", self.layer.units)
        np.greater_equal(tape.rng.random(mask.shape), dropout, out=mask, casting="unsafe")
        mask *= tape.constants[1.0 / (1.0 - dropout)]
        return mask
