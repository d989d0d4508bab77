"""Every language has words for all that the catalog offers, and for nothing else.

A new neuron reminds its author here that it has no Chinese name yet. The page itself would show the catalog's English
words. Not for the page's own messages, which language.test.js compares.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings
from app.web.catalog import catalog

MESSAGES = Path(__file__).parents[2] / "static" / "messages"
TRANSLATED = sorted(path.stem for path in MESSAGES.glob("*.json") if path.stem != "en")

CATALOG = catalog(Settings())
REGISTRIES = [name for name, entries in CATALOG.items() if isinstance(entries, list) and isinstance(entries[0], dict)]
ENTRIES: list[dict[str, Any]] = [entry for registry in REGISTRIES for entry in CATALOG[registry]]


def names() -> Iterator[tuple[str, ...]]:
    """The keys of every text; where there are several, any of them will do."""
    for registry in REGISTRIES:
        for entry in CATALOG[registry]:
            yield (f"{registry}.{entry['name']}",)
            yield (f"{registry}.{entry['name']}.sentence",)
    for entry in ENTRIES:
        for knob in entry["knobs"]:
            for end in (knob["name"], f"{knob['name']}.sentence"):
                yield (f"knobs.{entry['name']}.{end}", f"knobs.{end}")
    for path in CATALOG["fields"]:
        yield (f"fields.{path}",)
        yield (f"fields.{path}.sentence",)
    for key, value in CATALOG["default"].items():
        # Datasets are pictures, and what stands on the bar has a message of the page's own.
        if isinstance(value, dict) and "name" in value and key not in ("data", "optimizer"):
            yield (f"choices.{key}",)
    for knob in (*CATALOG["fields"].values(), *(knob for entry in ENTRIES for knob in entry["knobs"])):
        for choice in knob["choices"]:
            yield (f"words.{choice}",)


def translations(language: str) -> dict[str, str]:
    entries: dict[str, str] = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))["entries"]
    return entries


def test_the_catalog_and_another_language_are_there_to_be_compared() -> None:
    assert TRANSLATED
    assert {"neurons", "activations", "losses", "optimizers", "datasets", "features"} <= set(REGISTRIES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_in_the_catalog_has_its_words(language: str) -> None:
    known = translations(language)
    assert [keys[0] for keys in names() if not any(key in known for key in keys)] == []


@pytest.mark.parametrize("language", [*TRANSLATED, "en"])
def test_no_words_are_left_of_what_is_gone(language: str) -> None:
    assert set(translations(language)) - {key for keys in names() for key in keys} == set()
