"""Every number of a layer is one unit's, has a letter, and stands in that unit's formula, for every kind."""

from collections import Counter

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.layer import Layer, views
from nncore.layer_norm import LayerNorm
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.neurons.linear import Linear
from nncore.tape import Array, Tape
from nncore.weights import weights_of, written
from tests.nncore.variants import every_kind_without_bias, every_variant

UNITS = 3
EVERY_VARIANT = pytest.mark.parametrize("neuron", [*every_variant(NEURONS), *every_kind_without_bias()], ids=str)
FANS_IN = (1, 2, 4)


def layer_of(neuron: NeuronType, fan_in: int) -> Layer:
    return Layer("layers.0", neuron, ACTIVATIONS.build("prelu"), fan_in, UNITS, 0, LayerNorm())


def z_of(layer: Layer, theta: Array, x: Array) -> Array:
    tape = Tape(x.shape[1], layer.fan_in, UNITS, dtype=x.dtype)
    return layer.neuron.forward(views(layer.neuron_blocks, theta), x, tape).copy()


@EVERY_VARIANT
def test_every_number_of_a_layer_is_exactly_one_units(neuron: NeuronType) -> None:
    for fan_in in FANS_IN:
        layer = layer_of(neuron, fan_in)
        owned = Counter((one.param, one.index) for unit in range(UNITS) for one in weights_of(layer, unit))
        everything = {(block.name, at) for block in layer.blocks for at in np.ndindex(block.parameter.shape)}
        assert set(owned) == everything
        assert set(owned.values()) == {1}


@EVERY_VARIANT
def test_a_units_number_moves_this_unit_alone(neuron: NeuronType) -> None:
    for fan_in in FANS_IN:
        moves_alone(neuron, fan_in)


def moves_alone(neuron: NeuronType, fan_in: int) -> None:
    layer, rng = layer_of(neuron, fan_in), np.random.default_rng(0)
    x = np.concatenate([rng.normal(size=(fan_in, 50)), np.ones((1, 50))])
    theta = rng.normal(0.0, 0.7, layer.stop)
    before, blocks = z_of(layer, theta, x), {block.name: block for block in layer.blocks}
    for one in weights_of(layer, 1):
        nudged = theta.copy()
        blocks[one.param].view(nudged)[one.index] += 0.5
        others = np.delete(z_of(layer, nudged, x) - before, 1, axis=0)
        assert not others.any(), one


@EVERY_VARIANT
def test_a_polynomial_weight_is_silent_where_its_inputs_are_0(neuron: NeuronType) -> None:
    if neuron.spec.group not in ("second order", "higher order") and neuron.spec.name not in ("linear", "maxout"):
        return
    layer, rng = layer_of(neuron, 3), np.random.default_rng(1)
    theta, blocks = rng.normal(size=layer.stop), {block.name: block for block in layer.blocks}
    for one in weights_of(layer, 0):
        if not one.inputs or one.param not in {block.name for block in layer.neuron_blocks}:
            continue
        x = np.concatenate([rng.normal(size=(3, 20)), np.ones((1, 20))])
        x[list(one.inputs)] = 0.0
        nudged = theta.copy()
        blocks[one.param].view(nudged)[one.index] += 1.0
        np.testing.assert_allclose(z_of(layer, nudged, x), z_of(layer, theta, x), atol=1e-12, err_msg=str(one))


@EVERY_VARIANT
def test_a_formula_holds_every_number_of_its_neuron(neuron: NeuronType) -> None:
    for fan_in in FANS_IN:
        holds_every_number(neuron, fan_in)


def holds_every_number(neuron: NeuronType, fan_in: int) -> None:
    layer = layer_of(neuron, fan_in)
    numbers = [f"<{index}>" for index in range(len(weights_of(layer, 0)))]
    text = written(layer, 0, numbers, [f"a_{{{index}}}" for index in range(fan_in)])
    if r"\cdots" in text:
        return
    shown = {number for number in numbers if number in text}
    own = {block.name for block in layer.neuron_blocks}
    assert shown == {number for number, one in zip(numbers, weights_of(layer, 0), strict=True) if one.param in own}
    assert text.count("(") == text.count(")")
    assert text.count("{") == text.count("}")


def test_a_kind_without_a_formula_of_its_own_is_listed() -> None:
    class Bare(Linear):
        written = NeuronType.written

    assert written(layer_of(Bare(), 2), 0, list("123456"), ["x", "y"]) == r"W = (1, 2), \; b = 3"


def test_letters_and_inputs_of_a_product() -> None:
    found = [(one.letter, one.inputs) for one in weights_of(layer_of(NEURONS.build("product"), 2), 0)]
    neuron = [("A", (0,)), ("A", (1,)), ("a", ()), ("B", (0,)), ("B", (1,)), ("b", ())]
    assert found == [*neuron, ("slope", ()), ("gain", ()), ("shift", ())]
