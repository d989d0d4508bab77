"""Trained networks of every kind, to be taken home: each entry with its knobs' ends, each feature, head and option."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.features import FEATURES, inputs
from nncore.neurons import NEURONS
from nncore.registry import Registry
from nncore.tape import Array
from nncore.trainer import Trainer
from tests.nncore.variants import CORNERS, combinations, values_of

SMALL = {"name": "circles", "count": 60}
EPOCHS = 8


def _layers(**layer: Any) -> dict[str, Any]:
    return {"data": SMALL, "layers": [{"units": 3, **layer}] * 2}


def _variants(registry: Registry[Any]) -> dict[str, dict[str, Any]]:
    """Every entry with the combinations of its knobs' defaults and ends, by a telling name."""
    found = {}
    for name in registry:
        knobs = registry[name].spec.knobs
        for values in combinations([values_of(knob) for knob in knobs]):
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
    **{
        f"scale_10_{activation}_{name}": {
            "data": {**SMALL, "scale": 10.0},
            "layers": [{"units": 8, "neuron": name, "activation": activation}] * 2,
        }
        for name in NEURONS
        for activation in ("tanh", "relu")
    },
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

CUBIC = {"units": 8, "neuron": "polynomial", "activation": "identity"}
SATURATED = {"data": {"name": "spirals", "arms": 3, "noise": 0.02}, "layers": [CUBIC, CUBIC], "loss": "mse"}
"""After 400 epochs, most shares of its classes are 0, 1/2 or 1."""

PLACES = np.random.default_rng(0).uniform(-1, 1, (40, 2))


@cache
def trained(name: str) -> Trainer:
    """The network called `name`, after a few epochs."""
    return Trainer(Config.from_json(CONFIGS[name])).run(EPOCHS)


ROUNDING = 1e-6
"""How far float32 may bring z, as a share of the largest number on the way through a network of two layers."""

MAGNIFIED = {
    "activation_sin_frequency_10.0": 10.0,
    **{
        name: sum(layer["neuron"]["beta"] ** step for step in range(layer["neuron"]["steps"])) ** 2
        for name, config in CONFIGS.items()
        if "output_membrane" in name
        for layer in config["layers"][:1]
    },
}
"""Networks that magnify differences, and so rounding, by that much more: two layers of sines of frequency 10, or of
membranes that gather their input over many steps."""


@dataclass(frozen=True)
class Expected:
    """What the page says of PLACES, and how far off from it the same formulas may come without its rounding."""

    predictions: Array
    z: Array
    rounding: float


@cache
def expected(name: str) -> Expected:
    """For the network called `name`; z is (n, units)."""
    trainer = trained(name)
    config, network = trainer.config, trainer.network
    x = inputs(places(name), config.features, config.data.scale, network.dtype)
    tape = network.tape(x.shape[1])
    z = network.forward(x, tape).T.copy()
    largest = max(1.0, *(float(np.abs(step.z).max()) for step in tape.passes), float(np.abs(x).max()))
    return Expected(trainer.predict(places(name)), z, ROUNDING * largest * MAGNIFIED.get(name, 1.0))


def agrees(name: str, predictions: Array, z: Array) -> None:
    """Both are the page's up to the page's own rounding; a prediction changes no more than its z does."""
    wanted = expected(name)
    np.testing.assert_allclose(z, wanted.z, rtol=0, atol=wanted.rounding)
    np.testing.assert_allclose(predictions, wanted.predictions, rtol=0, atol=wanted.rounding)


def places(name: str) -> Array:
    """PLACES on the plane of this network."""
    scaled: Array = PLACES * trained(name).config.data.scale
    return scaled
