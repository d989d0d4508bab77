"""What defines a forest: read from JSON and back, and refused by its name where it cannot be."""

from typing import Any

import pytest

from nncore.config import Config
from nncore.errors import OutOfRange, UnknownField, WrongType
from nncore.forest.settings import KNOBS, Forest


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"layers": [{"units": 3}]}, "layers"),
        ({"optimizer": "sgd"}, "optimizer"),
        ({"loss": "mse"}, "loss"),
        ({"batch": 3}, "batch"),
        ({"l2": 0.1}, "l2"),
        ({"data": {"name": "plane"}}, "forest"),
        ({"forest": {"random": 0, "completely_random": 0}}, "forest.random"),
        ({"forest": {"trees": 0}}, "forest.trees"),
        ({"data": {"name": "xor", "count": 8, "train_share": 0.5}, "forest": {"folds": 5}}, "forest.folds"),
        ({"forest": {"batch": 1}}, "forest.batch"),
    ],
)
def test_what_means_nothing_for_a_forest_is_refused_by_its_name(given: dict[str, Any], path: str) -> None:
    with pytest.raises((OutOfRange, UnknownField)) as error:
        Config.from_json({"forest": {}, **given})
    assert error.value.path == path


def test_a_config_of_a_forest_survives_json() -> None:
    made = Config.from_json({"data": {"name": "rings"}, "seeds": {"run": 3}, "forest": {"patience": 4}})
    assert Config.from_json(made.to_json()) == made
    assert made.layers == ()
    assert "forest" not in Config().to_json()


def test_true_is_the_usual_forest_and_false_is_none() -> None:
    assert Config.from_json({"forest": True}).forest == Forest()
    assert Config.from_json({"forest": False}) == Config.from_json({"forest": None}) == Config()
    odds: tuple[object, ...] = (0, 1, "on", [])
    for odd in odds:
        with pytest.raises(WrongType, match="forest: must be an object"):
            Config.from_json({"forest": odd})


@pytest.mark.parametrize("name", KNOBS)
def test_every_number_allows_its_default_and_explains_itself(name: str) -> None:
    knob = KNOBS[name]
    assert knob.check(knob.default, name) == getattr(Forest(), name) == knob.default
    assert knob.name == name
    assert knob.sentence.endswith(".")


def test_a_level_has_a_surface_for_each_forest_or_for_each_of_more_than_two_classes() -> None:
    forest = Forest(random=1, completely_random=2)
    assert [forest.surfaces(classes) for classes in (2, 3, 5)] == [3, 9, 15]
