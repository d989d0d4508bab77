"""Editing: one number of a network set by hand, while it trains or rests.

The optimiser's memory, the history and every other number stay as they are, so a run goes on from the edited weights.
Not here: settings that may change (`nncore.trainer`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nncore.errors import OutOfRange, UnknownName
from nncore.layer import Block, Layer, views
from nncore.sentence import Sentence
from nncore.trainer import Trainer

_NO_EDIT = Sentence("refused.no_edit", "must be a number from {low} to {high}, not {value}")
_NO_LAYER = Sentence("refused.no_such_layer", "must be from 0 to {high}, the output layer, not {value}")
_NO_INDEX = Sentence("refused.no_index", "must be a place in {param}, whose shape is {shape}, not {value}")

EDIT_HIGH = 1e6
"""The largest size that a number may be given by hand, where its kind has no bounds of its own."""


def edit(trainer: Trainer, layer: int, param: str, index: Sequence[int], value: float) -> float:
    """Set array `param` of a layer (the output layer is the last) at `index`; what it is now, rounded as it is kept.

    Of replicas, all alike. Raises InputError for a place that does not exist, and for a value that is not finite or
    beyond its bounds: its kind's (`constrain`), else EDIT_HIGH. Then nothing has changed.
    """
    model = _layer(trainer, layer)
    view, place = _block(model, param, index).view(trainer.network.theta), _place(index)
    low, high = (_bounded(trainer, model, param, place, end) for end in (-EDIT_HIGH, EDIT_HIGH))
    if not low <= value <= high:
        raise OutOfRange("value", _NO_EDIT, low=low, high=high, value=str(value))
    # Minus zero would mean a weight that L1 has taken out for good.
    view[place] = value + 0.0
    trainer.edits += 1
    return float(np.ravel(view[place])[0])


def _bounded(trainer: Trainer, layer: Layer, param: str, place: Any, value: float) -> float:
    """What becomes of `value` there when the kind brings its parameters back into their bounds."""
    # On a copy: the bounds of one number are no reason to move the others before they are trained.
    params = {name: array.copy() for name, array in views(layer.blocks, trainer.network.theta).items()}
    params[param][place] = value
    layer.neuron.constrain(params)
    return float(np.ravel(params[param][place])[0])


def _layer(trainer: Trainer, layer: int) -> Layer:
    layers = trainer.network.layers
    if not 0 <= layer < len(layers):
        raise OutOfRange("layer", _NO_LAYER, high=len(layers) - 1, value=layer)
    return layers[layer]


def _block(layer: Layer, param: str, index: Sequence[int]) -> Block:
    blocks = {block.name: block for block in layer.blocks}
    if param not in blocks:
        raise UnknownName.of("parameter", param, blocks, "param")
    shape = blocks[param].parameter.shape
    if len(index) != len(shape) or not all(0 <= at < size for at, size in zip(index, shape, strict=True)):
        raise OutOfRange("index", _NO_INDEX, param=param, shape=str(list(shape)), value=str(list(index)[:4]))
    return blocks[param]


def _place(index: Sequence[int]) -> Any:
    return (..., *index)
