"""The catalog in another language says the same of everything, in the language's words where it has any."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.paths import STATIC
from app.settings import Settings
from app.web.assets import assets, entries
from app.web.catalog import catalog
from app.web.catalog_words import REGISTRIES, first, names, sentences, translated
from app.web.menus import menus


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    return catalog(Settings())


@pytest.fixture(scope="module")
def words() -> Mapping[str, str]:
    return entries(assets(STATIC), "zh")


@pytest.fixture(scope="module")
def chinese(english: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return translated(english, words)


def unworded(each: object) -> object:
    """It without what is words of a language."""
    if isinstance(each, dict):
        return {name: unworded(value) for name, value in each.items() if name not in ("label", "sentence")}
    return [unworded(value) for value in each] if isinstance(each, list) else each


def test_nothing_but_words_is_another(english: dict[str, Any], chinese: dict[str, Any]) -> None:
    assert chinese != english
    assert unworded(chinese) == unworded(english)


def test_entries_knobs_and_fields_are_called_by_the_language_s_words(
    chinese: dict[str, Any], words: Mapping[str, str]
) -> None:
    for registry in REGISTRIES:
        for entry in chinese[registry]:
            key = f"{registry}.{entry['name']}"
            assert (entry["label"], entry["sentence"]) == (words[key], words[f"{key}.sentence"])
            for knob in entry["knobs"]:
                own, shared = f"knobs.{entry['name']}.{knob['name']}", f"knobs.{knob['name']}"
                assert knob["label"] == words.get(own, words.get(shared)), own
    for path, field in chinese["fields"].items():
        assert field["label"] == words[f"fields.{path}"]


def test_what_a_language_has_no_words_for_keeps_the_catalog_s(english: dict[str, Any]) -> None:
    assert translated(english, {}) == english


def test_a_knob_of_an_entry_s_own_goes_before_one_that_is_shared(english: dict[str, Any]) -> None:
    told = translated(english, {"knobs.degree": "shared", "knobs.pi_net.degree": "own"})
    knobs = {entry["name"]: [knob["label"] for knob in entry["knobs"]] for entry in told["neurons"]}
    assert (knobs["pi_net"][0], knobs["polynomial"][0]) == ("own", "shared")


def test_the_names_are_all_that_the_menus_say(english: dict[str, Any], chinese: dict[str, Any]) -> None:
    for told in (english, chinese):
        said = names(told)
        for registry in REGISTRIES:
            for entry in told[registry]:
                assert said[f"{registry}.{entry['name']}"] == entry["label"]
                for knob in entry["knobs"]:
                    assert said[f"knobs.{entry['name']}.{knob['name']}"] == knob["label"]
                    assert f"knobs.{knob['name']}" in said
        for path, field in told["fields"].items():
            assert said[f"fields.{path}"] == field["label"]
        spoken = {
            f"{registry}.{entry['name']}.sentence": entry["sentence"]
            for registry in REGISTRIES
            for entry in menus(told)[registry]
            if "sentence" in entry
        }
        begun = [(registry, name) for registry, shown in first(told).items() for name in shown]
        assert spoken.keys() == {f"{registry}.{name}.sentence" for registry, name in begun}
        assert spoken.items() <= said.items()


def test_sentences_are_every_entry_s_knob_s_and_field_s(english: dict[str, Any]) -> None:
    said = sentences(english)
    entries = [entry for registry in REGISTRIES for entry in english[registry]]
    assert len(said) == len(entries) + sum(len(entry["knobs"]) for entry in entries) + len(english["fields"])
