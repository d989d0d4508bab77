"""Unit maps show what each unit really says of each place."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.features import inputs
from nncore.plane import plane_points
from nncore.probes.unit_maps import UnitMaps
from nncore.trainer import Trainer
from tests.nncore.plain_network import classes_over_the_plane

CUBIC = {"units": 8, "neuron": "polynomial", "activation": "identity"}
SATURATED = {"data": {"name": "spirals", "arms": 3, "noise": 0.02}, "layers": [CUBIC, CUBIC]}


@pytest.mark.parametrize(("p", "q"), [(10, 10), (6, 40)])
@pytest.mark.parametrize("arms", [2, 3])
def test_maps_are_the_networks_own_values(p: int, q: int, arms: int) -> None:
    config = Config.from_json({"layers": [{"units": 3}, {"units": 5}], "data": {"name": "spirals", "arms": arms}})
    trainer = Trainer(config).run(2)
    maps = UnitMaps(unit_pixels=p, output_pixels=q).compute(trainer, (1, 4))
    assert [maps[name].shape for name in ("units.0", "units.1")] == [(3, p, p), (5, p, p)]
    assert maps["output"].shape == (1 if arms == 2 else 3, q, q)
    assert maps["inspected"].shape == (q, q)

    def one_place(pixels: int, row: int, column: int) -> tuple[list[np.ndarray], np.ndarray]:
        point = plane_points(pixels, 1.0)[row * pixels + column][None]
        tape = trainer.network.tape(1)
        z = trainer.network.forward(inputs(point, config.features, 1.0), tape)
        return [step.a[:, 0] for step in tape.passes[:-1]], trainer.network.head.predict(z)[:, 0]

    units, _ = one_place(p, 2, 5)
    np.testing.assert_allclose(maps["units.0"][:, 2, 5], units[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(maps["units.1"][:, 2, 5], units[1], rtol=1e-5, atol=1e-6)
    units, answer = one_place(q, 1, 7)
    np.testing.assert_allclose(maps["output"][:, 1, 7], answer, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(maps["inspected"][1, 7], units[1][4], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(np.tanh(maps["inspected_z"][1, 7]), units[1][4], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("arms", [2, 3])
def test_an_output_unit_is_looked_at_as_its_prediction_and_its_z(arms: int) -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "spirals", "arms": arms}})).run(2)
    unit = arms - 2
    maps = UnitMaps(output_pixels=12).compute(trainer, (len(trainer.network.layers) - 1, unit))
    np.testing.assert_array_equal(maps["inspected"], maps["output"][unit])
    if arms == 2:
        np.testing.assert_allclose(1 / (1 + np.exp(-maps["inspected_z"])), maps["inspected"], rtol=1e-5)


def test_the_next_look_leaves_the_last_arrays_alone() -> None:
    trainer, probe = Trainer(Config()), UnitMaps(output_pixels=10)
    first = probe.compute(trainer)
    kept = {name: array.copy() for name, array in first.items()}
    trainer.run(3)
    second = probe.compute(trainer)
    for name, array in first.items():
        np.testing.assert_array_equal(array, kept[name])
    assert (second["output"] != first["output"]).any()


def test_one_probe_can_look_at_one_network_after_another() -> None:
    probe = UnitMaps(output_pixels=10)
    a, b = Trainer(Config()), Trainer(Config.from_json({"layers": [{"units": 2, "neuron": "square"}]}))
    first = probe.compute(a)["output"]
    probe.compute(b)
    np.testing.assert_array_equal(probe.compute(a)["output"], first)


@pytest.mark.parametrize("loss", ["mse", "huber", "cross_entropy", "hinge"])
def test_every_place_has_the_class_that_the_network_decides_for(loss: str) -> None:
    """Shares saturate: where two outputs are large, they are equal, and the first of equal ones is class 0."""
    trainer = Trainer(Config.from_json(SATURATED | {"loss": loss}), record=False).run(400)
    maps = UnitMaps(output_pixels=32).compute(trainer)
    wanted, clear = classes_over_the_plane(trainer, 32)
    assert clear.mean() > 0.9
    np.testing.assert_array_equal(maps["output_z"].argmax(axis=0)[clear], wanted[clear])


def test_of_two_classes_z_is_what_the_chance_is_made_from_and_values_have_none() -> None:
    maps = UnitMaps(output_pixels=8).compute(Trainer(Config.from_json({"data": {"name": "circles"}})).run(2))
    np.testing.assert_allclose(1 / (1 + np.exp(-maps["output_z"])), maps["output"], rtol=1e-5)
    trainer = Trainer(Config.from_json({"data": {"name": "plane"}}), record=False)
    assert "output_z" not in UnitMaps(output_pixels=8).compute(trainer)
