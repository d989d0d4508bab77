"""The menus say what the catalog says, of all that the page shows before anything is chosen, and weigh less."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from app.settings import Settings
from app.web.catalog import PREVIEW_POINTS, catalog
from app.web.catalog_words import REGISTRIES, sentences
from app.web.menus import UNSHOWN, forest, formulas, menus, portraits, thumbnails
from nncore.forest.settings import Forest


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return catalog(Settings())


@pytest.fixture(scope="module")
def told(everything: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(menus(everything), allow_nan=False))
    return result


def quiet(knob: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in knob.items() if name != "sentence"}


def named(each: dict[str, Any], name: str) -> dict[str, Any]:
    """As the page reads it (static/js/model/catalog.js): a label that is the name, and a field's name."""
    return {"name": name, "label": (name[0].upper() + name[1:]).replace("_", " ")} | each


def whole(knob: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The same of a knob: no bound, no step, no choices, a linear scale."""
    usual: dict[str, Any] = {"low": None, "high": None, "step": None, "choices": [], "scale": "linear"}
    return usual | named(knob, name or knob["name"])


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_entry_is_there_with_its_name_its_label_and_its_knobs(
    everything: dict[str, Any], told: dict[str, Any], registry: str
) -> None:
    for own, entry in zip(everything[registry], told[registry], strict=True):
        same = ("name", "label", "group")
        read = named(entry, entry["name"])
        assert {name: read[name] for name in same} == {name: own[name] for name in same}
        knobs = json.loads(json.dumps([quiet(knob) for knob in own["knobs"]]))
        assert [whole(knob) for knob in entry["knobs"]] == knobs


def test_ranges_defaults_and_limits_are_the_catalog_s(everything: dict[str, Any], told: dict[str, Any]) -> None:
    for name in ("default", "changeable", "speeds", "solved_share", "first_visit", "limits"):
        assert told[name] == json.loads(json.dumps(everything[name])), name
    numbers = json.loads(json.dumps({path: quiet(knob) for path, knob in everything["fields"].items()}))
    # A forest's numbers come when somebody chooses one.
    later = forest(everything)
    said = told["fields"] | later["fields"]
    assert {path: whole(knob, path.rpartition(".")[2]) for path, knob in said.items()} == numbers
    assert {path.partition(".")[0] for path in later["fields"]} == {"forest"}
    assert not any(path.startswith("forest") for path in told["fields"])
    assert later["default"] == Forest().to_json()


def test_only_the_default_s_entries_come_with_a_sentence_and_all_of_them_apart(
    everything: dict[str, Any], told: dict[str, Any]
) -> None:
    named = [entry["name"] for registry in REGISTRIES for entry in told[registry] if "sentence" in entry]
    assert sorted(named) == ["linear", "spirals"]
    apart = sentences(everything)
    for registry in REGISTRIES:
        for entry in everything[registry]:
            assert apart[f"{registry}.{entry['name']}.sentence"] == entry["sentence"]
            for knob in entry["knobs"]:
                assert apart[f"knobs.{entry['name']}.{knob['name']}.sentence"] == knob["sentence"]
    for path, knob in everything["fields"].items():
        assert apart[f"fields.{path}.sentence"] == knob["sentence"]
    assert all(apart.values())


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


PLACES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_previews_are_the_catalog_s_points_to_the_nearest_of_40_levels(everything: dict[str, Any]) -> None:
    def level(value: float) -> int:
        return round((min(1, max(-1, value)) + 1) * 19.5)

    steps, y, target = (
        [PLACES.index(letter) for letter in thumbnails(everything)["datasets"][name]] for name in ("x", "y", "target")
    )
    shown = list(zip((sum(steps[: index + 1]) % 40 for index in range(len(steps))), y, target, strict=True))
    assert len(shown) == PREVIEW_POINTS * len(everything["datasets"])
    for index, whole in enumerate(everything["datasets"]):
        # Colours go from -1 to 1.
        targets = int if whole["task"] == "classification" else level
        points = sorted((level(x), level(y), targets(target)) for x, y, target in whole["preview"])
        assert sorted(shown[PREVIEW_POINTS * index : PREVIEW_POINTS * (index + 1)]) == points, whole["name"]


def test_pictures_of_features_are_the_catalog_s_to_the_nearest_of_64_levels(everything: dict[str, Any]) -> None:
    pictures = thumbnails(everything)["features"]
    side = pictures["side"]
    fields = np.array([PLACES.index(letter) for letter in pictures["field"]]).reshape(-1, side, side)
    fields = fields.cumsum(axis=1).cumsum(axis=2) % 64
    for index, (whole, levels) in enumerate(zip(everything["features"], fields, strict=True)):
        picture = whole["picture"]
        assert picture["side"] == side
        assert levels.ravel() / 63 * 255 == pytest.approx(list(b64decode(picture["field"])), abs=255 / 63 / 2)
        assert [pictures[bound][index] for bound in ("low", "high")] == pytest.approx(
            [picture[bound] for bound in ("low", "high")], abs=0.001
        )


def test_no_picture_comes_with_them(told: dict[str, Any]) -> None:
    entries = [entry for registry in REGISTRIES for entry in told[registry]]
    assert not any({"portrait", "preview", "picture"} & set(entry) for entry in entries)


def test_portraits_come_apart_from_them_for_every_neuron(everything: dict[str, Any]) -> None:
    assert portraits(everything) == {neuron["name"]: neuron["portrait"] for neuron in everything["neurons"]}


def test_they_weigh_half_of_the_catalog(everything: dict[str, Any]) -> None:
    assert len(json.dumps(menus(everything))) < 0.5 * len(json.dumps(everything))
