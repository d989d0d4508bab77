"""Trained networks of every kind, to be taken home: each entry with its knobs' ends, each feature, head and option."""

import itertools
from functools import cache
from typing import Any

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.features import FEATURES
from nncore.neurons import NEURONS
from nncore.registry import Registry
from nncore.tape import Array
from nncore.trainer import Trainer
from tests.nncore.variants import CORNERS, values_of

SMALL = {"name": "circles", "count": 60}
EPOCHS = 8


def _layers(**layer: Any) -> dict[str, Any]:
    return {"data": SMALL, "layers": [{"units": 3, **layer}] * 2}


def _variants(registry: Registry[Any]) -> dict[str, dict[str, Any]]:
    """Every entry with each combination of its knobs' defaults and ends, by a telling name."""
    found = {}
    for name in registry:
        knobs = registry[name].spec.knobs
        for values in itertools.product(*map(values_of, knobs)):
            given = dict(zip((knob.name for knob in knobs), values, strict=True))
            found["_".join([name, *(f"{key}_{value}" for key, value in given.items())])] = {"name": name, **given}
    return found


CONFIGS: dict[str, dict[str, Any]] = {
    **{f"neuron_{name}": {**_layers(neuron=name), "output": {"neuron": name}} for name in NEURONS},
    **{
        # The first weights of another seed: those of seed 0 leave a gated network with a relu dead.
        f"neuron_{variant}": {**_layers(neuron=neuron), "output": {"neuron": neuron}, "seeds": {"run": 1}}
        for variant, neuron in _variants(NEURONS).items()
    },
    **{
        f"bare_{name}": {**_layers(neuron=name, bias=False), "output": {"neuron": name, "bias": False}}
        for name in NEURONS
    },
    "bare_form": {
        **_layers(neuron={"name": "bilinear_form", "linear": False}, bias=False),
        "output": {"neuron": {"name": "bilinear_form", "linear": False}, "bias": False},
    },
    "bare_options": {
        **_layers(norm="layer_norm", residual=True, neuron="product", bias=False),
        "features": ["x", "y", "r"],
    },
    **{f"activation_{name}": _layers(activation=name) for name in ACTIVATIONS},
    **{f"activation_{variant}": _layers(activation=given) for variant, given in _variants(ACTIVATIONS).items()},
    **{f"feature_{name}": {"data": SMALL, "features": [name], "layers": [{"units": 2}]} for name in FEATURES},
    "features": {"data": SMALL, "features": list(FEATURES), "layers": [{"units": 4}]},
    "norm": _layers(norm="layer_norm"),
    "dropout": _layers(dropout=0.5),
    "residual": {**_layers(residual=True), "features": ["x", "y", "r"]},
    "deep": {"data": SMALL, "layers": [{"units": 3, "norm": "layer_norm", "residual": bool(n)} for n in range(6)]},
    "own_points": {"data": {"name": "own", "points": CORNERS, "train_share": 0.5}, "layers": [{"units": 2}]},
    "large_scale": {"data": {**SMALL, "scale": 6.0}, "features": ["x", "y", "sin_x", "cos_y"]},
    "options": {
        **_layers(norm="layer_norm", dropout=0.3, residual=True, neuron="quadratic"),
        "features": ["x", "y", "r"],
    },
    "no_hidden_layer": {"data": SMALL, "layers": [], "output": {"neuron": "square"}},
    "knobs": {
        "data": SMALL,
        "layers": [
            {
                "units": 3,
                "neuron": {"name": "kan", "grid": 3, "order": 2},
                "activation": {"name": "sin", "frequency": 2.5},
            },
            {"units": 4, "neuron": {"name": "polynomial", "degree": 4, "lower": False}, "activation": "prelu"},
            {"units": 2, "neuron": {"name": "glu", "gate": "gelu"}, "activation": {"name": "elu", "alpha": 0.3}},
        ],
    },
    **{f"two_{loss}": {**_layers(), "loss": loss} for loss in ("cross_entropy", "mse", "hinge", "huber")},
    **{
        f"three_{loss}": {"data": {"name": "rings", "count": 60}, "layers": [{"units": 4}], "loss": loss}
        for loss in ("cross_entropy", "mse", "hinge", "huber")
    },
    **{f"regression_{loss}": {"data": {"name": "hills", "count": 60}, "loss": loss} for loss in ("mse", "huber")},
}

PLACES = np.random.default_rng(0).uniform(-1, 1, (40, 2))


@cache
def trained(name: str) -> Trainer:
    """The network called `name`, after a few epochs."""
    return Trainer(Config.from_json(CONFIGS[name])).run(EPOCHS)


def expected(name: str) -> Array:
    """What it says of PLACES, as the page does."""
    return trained(name).predict(places(name))


def places(name: str) -> Array:
    """PLACES on the plane of this network."""
    scaled: Array = PLACES * trained(name).config.data.scale
    return scaled
