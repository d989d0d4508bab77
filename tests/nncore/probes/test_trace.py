"""Traces are what the network's own passes compute, number by number, and each term is a true derivative."""

from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.features import inputs
from nncore.neurons import NEURONS
from nncore.probe import copy_of
from nncore.probes.trace import Trace
from nncore.trainer import Trainer

DATA = [{"name": "xor"}, {"name": "rings", "rings": 3}, {"name": "hills"}]
OPTIONS: dict[str, Any] = {"norm": "layer_norm", "dropout": 0.5, "residual": True}


def trainer_of(config: dict[str, Any]) -> Trainer:
    return Trainer(Config.from_json({"data": {"name": "moons", "count": 40}, **config}), dtype=np.float64)


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("layers", [[], [{"units": 3}, {"units": 3, **OPTIONS}, {"units": 2}]])
@pytest.mark.parametrize("point", [0, 39])
def test_every_number_is_the_networks_own(data: dict[str, Any], layers: list[dict[str, Any]], point: int) -> None:
    trainer = trainer_of({"data": {**data, "count": 40}, "layers": layers})
    found = Trace().compute(trainer, point)
    network, split = copy_of(trainer), trainer.split
    tape = network.tape(1)
    x, target = split.inputs[:, [point]], split.targets[:, [point]]
    z = network.forward(x, tape)
    loss = network.head.measure(z, target, tape.dz, tape.head)
    np.testing.assert_array_equal(found["loss"], [loss])
    np.testing.assert_array_equal(found[f"dz.{len(layers)}"], tape.dz[:, 0])
    np.testing.assert_array_equal(found["target"], target[:, 0])
    np.testing.assert_array_equal(found["prediction"], network.head.predict(z.copy())[:, 0])
    network.backward(tape)
    for layer in network.layers:
        for block in layer.blocks:
            np.testing.assert_array_equal(found[f"grads.{layer.name}.{block.name}"], block.view(network.grad))
    for k, step in enumerate(tape.passes):
        np.testing.assert_array_equal(found[f"x.{k}"], x[:-1, 0] if k == 0 else tape.passes[k - 1].a[:, 0])
        np.testing.assert_array_equal(found[f"z.{k}"], step.z[:, 0])
        np.testing.assert_array_equal(found[f"a.{k}"], z[:, 0] if k == len(layers) else step.a[:, 0])


@pytest.mark.parametrize("activation", ACTIVATIONS.names())
@pytest.mark.parametrize("options", [{}, OPTIONS])
def test_a_linear_neurons_dz_is_the_gradient_of_its_bias(activation: str, options: dict[str, Any]) -> None:
    """With one point, dLoss/db = dz: so dz is right whatever activation, norm or connection comes after."""
    layers = [{"units": 4, "activation": activation, **options} for _ in range(2)]
    found = Trace().compute(trainer_of({"layers": layers, "features": ["x", "y", "xy", "r"]}), 7)
    for k, name in enumerate(("layers.0", "layers.1", "output")):
        np.testing.assert_array_equal(found[f"dz.{k}"], found[f"grads.{name}.W"][:, -1])
        np.testing.assert_allclose(found[f"grads.{name}.W"][:, :-1], np.outer(found[f"dz.{k}"], found[f"x.{k}"]))
        assert found[f"dz.{k}"].any()


@pytest.mark.parametrize("neuron", [name for name in NEURONS if name not in ("adder", "spiking")])  # dx of their own
def test_dx_of_the_first_layer_is_how_the_loss_changes_with_the_input(neuron: str) -> None:
    layers = [{"units": 3, "neuron": neuron}, {"units": 3, "neuron": neuron, "residual": True}]
    trainer, probe, step = trainer_of({"layers": layers}), Trace(), 1e-6
    place = np.array([0.3, -0.2])
    found = probe.compute(trainer, (*place, 1.0))["dx.0"]

    def loss(moved: np.ndarray) -> float:
        return float(probe.compute(trainer, (*moved, 1.0))["loss"][0])

    slopes = [(loss(place + step * e) - loss(place - step * e)) / (2 * step) for e in np.eye(2)]
    np.testing.assert_allclose(found, slopes, rtol=1e-5, atol=1e-8)


def test_what_comes_back_is_handed_down() -> None:
    found = Trace().compute(trainer_of({"layers": [{"units": 3}] * 2}))
    np.testing.assert_array_equal(found["da.0"], found["dx.1"])
    np.testing.assert_array_equal(found["da.1"], found["dx.2"])
    np.testing.assert_allclose(found["dz.1"], found["da.1"] * (1 - found["a.1"] ** 2))


def test_any_place_can_be_traced_as_any_class() -> None:
    trainer = trainer_of({"features": ["xy", "y"], "data": {"name": "rings", "rings": 4, "scale": 2.0}})
    found = Trace().compute(trainer, (1.5, -0.5, 3.0))
    np.testing.assert_array_equal(found["x.0"], inputs(np.array([[1.5, -0.5]]), ("xy", "y"), 2.0, np.float64)[:2, 0])
    np.testing.assert_array_equal(found["target"], [0, 0, 0, 1])
    assert found["loss"][0] == pytest.approx(-np.log(found["prediction"][3]))


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        (40, r"^point: must be the number of a point, from 0 to 39, not 40$"),
        (-1, r"^point: must be the number of a point, from 0 to 39, not -1$"),
        ((0.0, float("nan"), 1.0), r"^point: must be three finite numbers, x, y and target, not \(0.0, nan, 1.0\)$"),
        ((0.0, 0.0, 2.0), r"^point: must have a class from 0 to 1 as its target, not 2$"),
        ((0.0, 0.0, 0.5), r"^point: must have a class from 0 to 1 as its target, not 0.5$"),
    ],
)
def test_a_point_that_is_not_there_cannot_be_traced(point: Any, sentence: str) -> None:
    with pytest.raises(OutOfRange, match=sentence):
        Trace().compute(trainer_of({}), point)
