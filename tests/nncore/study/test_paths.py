"""Any setting can be set by its path, and nothing else changes."""

from typing import Any

import pytest

from nncore.config import Config
from nncore.study.bad_study import BadStudy
from nncore.study.paths import with_value

BASE = Config.from_json({"layers": [{"units": 3}, {"units": 4, "neuron": "kan"}]}).to_json()


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("data.noise", 0.1, ["data", "noise"]),
        ("layers[1].units", 7, ["layers", 1, "units"]),
        ("layers[1].neuron.grid", 8, ["layers", 1, "neuron", "grid"]),
        ("optimizer.learning_rate", 0.5, ["optimizer", "learning_rate"]),
        ("batch", 20, ["batch"]),
        ("seeds.data", 3, ["seeds", "data"]),
    ],
)
def test_one_setting_changes_and_no_other(path: str, value: Any, place: list[Any]) -> None:
    changed = with_value(BASE, path, value)
    there: Any = changed
    for step in place[:-1]:
        there = there[step]
    assert there[place[-1]] == value
    there[place[-1]] = _at(BASE, place)
    assert changed == BASE


def test_a_setting_of_layers_is_that_of_each() -> None:
    changed = Config.from_json(with_value(BASE, "layers.neuron", "quadratic"))
    assert [(layer.units, layer.neuron.name) for layer in changed.layers] == [(3, "quadratic"), (4, "quadratic")]


@pytest.mark.parametrize("path", ["data", "data.name"])
def test_another_dataset_keeps_how_many_and_how_noisy(path: str) -> None:
    base = with_value(with_value(BASE, "data.noise", 0.2), "data.count", 80)
    changed = Config.from_json(with_value(base, path, "rings"))
    assert (changed.data.dataset.name, changed.data.count, changed.data.noise) == ("rings", 80, 0.2)


def test_another_name_brings_its_own_knobs() -> None:
    changed = Config.from_json(with_value(BASE, "optimizer.name", "momentum"))
    assert changed.optimizer.knobs == Config.from_json({"optimizer": "momentum"}).optimizer.knobs


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("layerz.units", "did you mean layers?"),
        ("layers[2].units", "has 2 elements"),
        ("batch.size", "nothing inside"),
        ("data..noise", "no path"),
        ("", "no path"),
        ("l1[0].x", "nothing inside"),
    ],
)
def test_a_path_that_leads_nowhere_is_one_sentence(path: str, told: str) -> None:
    with pytest.raises(BadStudy, match=told.replace("?", r"\?")):
        with_value(BASE, path, 1)


def test_a_path_of_layers_needs_one() -> None:
    with pytest.raises(BadStudy, match="no hidden layer"):
        with_value({**BASE, "layers": []}, "layers.units", 3)


def _at(data: Any, place: list[Any]) -> Any:
    for step in place:
        data = data[step]
    return data
