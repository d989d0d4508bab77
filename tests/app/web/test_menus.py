"""The menus say what the catalog says, of all that the page shows before anything is chosen, and weigh less."""

import json
from base64 import b64decode
from typing import Any

import pytest

from app.settings import Settings
from app.web.catalog import PREVIEW_POINTS, catalog
from app.web.menus import REGISTRIES, UNSHOWN, formulas, menus, portraits


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return catalog(Settings())


@pytest.fixture(scope="module")
def told(everything: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(menus(everything), allow_nan=False))
    return result


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_entry_is_there_with_its_name_its_words_and_its_knobs(
    everything: dict[str, Any], told: dict[str, Any], registry: str
) -> None:
    for whole, entry in zip(everything[registry], told[registry], strict=True):
        same = ("name", "label", "sentence", "group", "knobs")
        assert {name: entry[name] for name in same} == {name: whole[name] for name in same}


def test_ranges_defaults_and_limits_are_the_catalog_s(everything: dict[str, Any], told: dict[str, Any]) -> None:
    for name in ("default", "fields", "changeable", "view", "speeds", "solved_share", "first_visit", "limits"):
        assert told[name] == json.loads(json.dumps(everything[name])), name


def test_every_registry_that_a_run_is_chosen_from_is_there(everything: dict[str, Any], told: dict[str, Any]) -> None:
    lists = {name for name, value in everything.items() if isinstance(value, list) and isinstance(value[0], dict)}
    assert set(REGISTRIES) == lists
    assert set(told) == set(everything) - set(UNSHOWN)


def test_only_the_default_s_neurons_come_with_a_formula_and_the_others_apart(
    everything: dict[str, Any], told: dict[str, Any]
) -> None:
    named = [entry["name"] for registry in REGISTRIES for entry in told[registry] if "formula_mathml" in entry]
    assert named == ["linear"]
    apart = formulas(everything)
    for neuron in everything["neurons"]:
        assert apart[neuron["name"]] == {
            name: neuron[name] for name in ("formula_mathml", "formula_without_bias_mathml")
        }, neuron["name"]
        assert bool(neuron["formula_without_bias_mathml"]) == neuron["has_bias"]


def test_previews_are_the_catalog_s_points_to_the_nearest_step_of_five(
    everything: dict[str, Any], told: dict[str, Any]
) -> None:
    for whole, dataset in zip(everything["datasets"], told["datasets"], strict=True):
        levels = b64decode(dataset["preview"])
        count = len(levels) // 3
        assert count == PREVIEW_POINTS
        points = sorted(whole["preview"], key=lambda point: point[2])
        for point, x, y, target in zip(
            points, levels[:count], levels[count : 2 * count], levels[2 * count :], strict=True
        ):
            assert [x / 127.5 - 1, y / 127.5 - 1] == pytest.approx(point[:2], abs=5.01 / 255)
            if dataset["task"] == "classification":
                assert target == point[2]
            else:
                # Colours go from -1 to 1.
                assert target / 127.5 - 1 == pytest.approx(min(1, max(-1, point[2])), abs=5.01 / 255)


def test_portraits_come_apart_from_them_for_every_neuron(everything: dict[str, Any], told: dict[str, Any]) -> None:
    assert not any("portrait" in neuron for neuron in told["neurons"])
    assert portraits(everything) == {neuron["name"]: neuron["portrait"] for neuron in everything["neurons"]}


def test_they_weigh_half_of_the_catalog(everything: dict[str, Any]) -> None:
    assert len(json.dumps(menus(everything))) < 0.5 * len(json.dumps(everything))
