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


@pytest.fixture(scope="module")
def offered() -> dict[str, Any]:
    """The catalog: made once, and not for those who only ask which tests there are."""
    return catalog(Settings())


def registries(offered: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The parts of the catalog that are lists of entries."""
    return {name: part for name, part in offered.items() if isinstance(part, list) and isinstance(part[0], dict)}


def names(offered: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The keys of every text; where there are several, any of them will do."""
    entries = [(registry, entry) for registry, part in registries(offered).items() for entry in part]
    for registry, entry in entries:
        yield (f"{registry}.{entry['name']}",)
        yield (f"{registry}.{entry['name']}.sentence",)
    for _, entry in entries:
        for knob in entry["knobs"]:
            for end in (knob["name"], f"{knob['name']}.sentence"):
                yield (f"knobs.{entry['name']}.{end}", f"knobs.{end}")
    for path in offered["fields"]:
        yield (f"fields.{path}",)
        yield (f"fields.{path}.sentence",)
    for key, value in offered["default"].items():
        # Datasets are pictures, and what stands on the bar has a message of the page's own.
        if isinstance(value, dict) and "name" in value and key not in ("data", "optimizer"):
            yield (f"choices.{key}",)
    for knob in (*offered["fields"].values(), *(knob for _, entry in entries for knob in entry["knobs"])):
        for choice in knob["choices"]:
            yield (f"words.{choice}",)


def translations(language: str) -> dict[str, str]:
    entries: dict[str, str] = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))["entries"]
    return entries


def test_the_catalog_and_another_language_are_there_to_be_compared(offered: dict[str, Any]) -> None:
    assert TRANSLATED
    assert {"neurons", "activations", "losses", "optimizers", "datasets", "features"} <= set(registries(offered))


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_in_the_catalog_has_its_words(language: str, offered: dict[str, Any]) -> None:
    known = translations(language)
    assert [keys[0] for keys in names(offered) if not any(key in known for key in keys)] == []


@pytest.mark.parametrize("language", [*TRANSLATED, "en"])
def test_no_words_are_left_of_what_is_gone(language: str, offered: dict[str, Any]) -> None:
    assert set(translations(language)) - {key for keys in names(offered) for key in keys} == set()
