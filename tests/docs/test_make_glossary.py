"""One word for one thing: what the page and the documents say is what the glossary says, in both languages."""

import json
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings
from app.web.assets import assets
from app.web.catalog import catalog
from docs.make_glossary import PAGE, Term, glossary_page, terms

ROOT = Path(__file__).parents[2]
TERMS = terms()


@cache
def offered() -> dict[str, Any]:
    """The catalog: made once, and not for those who only ask which tests there are."""
    return catalog(Settings())


def served(language: str) -> dict[str, str]:
    """Every word of a language that the page gets, those of entries under their own keys."""
    file = assets(ROOT / "static").serve(f"any/messages/{language}.json", "")
    assert file is not None
    body = json.loads(file.body)
    return {**body["messages"], **body["entries"]}


def of_catalog() -> dict[str, str]:
    """The catalog's own words, which are English: labels of fields and knobs, and what a choice is called."""
    entries = [entry for found in offered().values() if isinstance(found, list) for entry in found]
    knobs = [knob for entry in entries if isinstance(entry, dict) for knob in entry.get("knobs", ())]
    fields = offered()["fields"]
    return {
        **{f"fields.{path}": field["label"] for path, field in fields.items()},
        **{f"knobs.{knob['name']}": knob["label"] for knob in knobs},
        **{f"words.{choice}": choice for knob in knobs for choice in knob["choices"]},
    }


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word of each language by its key."""
    return {"en": {**of_catalog(), **served("en")}, "zh": served("zh")}


LABELLED = [(term, key) for term in TERMS for key in term.labels]

DOCUMENTS = [
    path
    for path in (ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "decisions" not in path.parts and path != PAGE
]
"""All but the glossary itself, and decisions, which are of their day."""


@cache
def read() -> list[str]:
    """All that a reader reads, in small letters: messages, what entries say of themselves, and documents."""
    own = [json.dumps(offered(), ensure_ascii=False)]
    said = chain.from_iterable(language.values() for language in words().values())
    return [text.lower() for text in (*said, *own, *map(_text, DOCUMENTS))]


def _text(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == glossary_page(), "write it anew: make reference"


def test_a_term_has_one_entry_and_a_meaning_in_each_language() -> None:
    assert len({term.en for term in TERMS}) == len({term.zh for term in TERMS}) == len(TERMS) >= 40
    assert all(term.meaning_en.endswith(".") and term.meaning_zh.endswith("。") for term in TERMS)


@pytest.mark.parametrize(("term", "key"), LABELLED, ids=[key for _, key in LABELLED])
def test_a_label_is_its_term(term: Term, key: str) -> None:
    assert (words()["en"][key].lower(), words()["zh"][key]) == (term.en.lower(), term.zh)


@pytest.mark.parametrize("term", TERMS, ids=[term.en for term in TERMS])
def test_nobody_says_it_otherwise(term: Term) -> None:
    found = [(word, text[:100]) for word in term.avoided for text in read() if word.lower() in text]
    assert found == []


@pytest.mark.parametrize("term", TERMS, ids=[term.en for term in TERMS])
def test_a_term_is_one_that_is_used(term: Term) -> None:
    assert any(term.en.lower() in text for text in read())
    assert any(term.zh.lower() in text for text in read())
