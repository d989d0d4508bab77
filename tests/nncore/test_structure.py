"""What a network can never do is told from its kinds and its points, without training it."""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.structure import is_affine, limit_of, symmetry_of
from nncore.trainer import Trainer
from nncore.unbiased import without_bias


def limit(config: dict[str, Any]) -> str | None:
    trainer = Trainer(Config.from_json(config))
    return limit_of(trainer.network, trainer.config.features, trainer.split)


FLAT = {"units": 4, "activation": "identity"}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"data": {"name": "circles"}, "layers": [FLAT, FLAT]}, "straight_layers"),
        ({"data": {"name": "circles"}, "layers": []}, "straight_output"),
        ({"data": {"name": "circles"}, "layers": [], "output": {"bias": False}}, "straight_output"),
        ({"data": {"name": "circles"}, "layers": [{**FLAT, "neuron": "binary"}]}, "straight_layers"),
        ({"data": {"name": "hills"}, "layers": []}, "straight_output"),
        ({"data": {"name": "gaussians", "blobs": 3}, "layers": []}, None),
        ({"data": {"name": "gaussians"}, "layers": [FLAT]}, None),
        ({"data": {"name": "plane"}, "layers": []}, None),
        ({"data": {"name": "circles"}, "layers": [{**FLAT, "norm": "layer_norm"}]}, None),
        ({"data": {"name": "circles"}, "layers": [{"units": 4}]}, None),
        ({"data": {"name": "circles"}, "layers": [], "features": ["x", "y", "x_squared"]}, None),
        ({"data": {"name": "circles", "label_noise": 0.5}, "layers": []}, None),
        ({"data": {"name": "xor"}, "layers": [{"units": 4, "neuron": "square"}]}, "mirrored"),
        ({"data": {"name": "xor"}, "layers": [], "output": {"neuron": "square", "bias": False}}, "mirrored"),
        ({"data": {"name": "circles"}, "layers": [{"units": 4, "neuron": "square"}]}, None),
        ({"data": {"name": "moons"}, "layers": [{"units": 4, "neuron": "squared_sum"}]}, "opposite"),
        ({"data": {"name": "xor"}, "layers": [{"units": 4, "neuron": "squared_sum"}]}, None),
        ({"data": {"name": "xor"}, "layers": [{"units": 4}, {"units": 4, "neuron": "square"}]}, None),
    ],
)
def test_what_stands_in_the_way(config: dict[str, Any], expected: str | None) -> None:
    assert limit(config) == expected


def test_kinds_are_asked() -> None:
    assert {name for name in NEURONS if is_affine(NEURONS.build(name))} == {"linear", "binary"}
    found = {name: symmetry_of(NEURONS.build(name)) for name in NEURONS}
    assert {name for name, symmetry in found.items() if symmetry} == {"square", "squared_sum", "form_square"}
    assert symmetry_of(NEURONS.build("polynomial", {"degree": 2, "lower": False})) == "mirrored"
    assert symmetry_of(without_bias(NEURONS.build("product"), 2, 5)) == "opposite"


def test_one_point_has_no_neighbours_and_no_limit() -> None:
    points = [[x, y, label] for label, (x, y) in enumerate(np.eye(2).tolist())] * 2
    assert limit({"data": {"name": "own", "points": points}, "layers": []}) is None
