"""The glossary in both languages, from its one source docs/glossary.toml: `make reference` writes the page.

Not here: the page's messages. That they use these words is tested (tests/docs/test_make_glossary.py).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("glossary.toml")
PAGE = SOURCE.parent / "reference" / "glossary.md"

INTRODUCTION = """# Glossary · 术语表

Made from `docs/glossary.toml` by `make reference`: do not edit. The page, the documents and the labs use these words,
in English and in Chinese, and no others for the same things; a test holds them to it.

| English | 中文 | meaning | 含义 |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `labels` are keys of messages that are this term; `avoided` are words that nobody says for it."""

    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    labels: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()


def terms() -> list[Term]:
    """Every term, by its English."""
    with SOURCE.open("rb") as file:
        tables = tomllib.load(file)["term"]
    found = [
        Term(
            table["en"],
            table["zh"],
            table["meaning_en"],
            table["meaning_zh"],
            tuple(table.get("labels", ())),
            tuple(table.get("not", ())),
        )
        for table in tables
    ]
    return sorted(found, key=lambda term: term.en.lower())


def glossary_page() -> str:
    """The page as Markdown."""
    rows = (f"| {term.en} | {term.zh} | {term.meaning_en} | {term.meaning_zh} |\n" for term in terms())
    return INTRODUCTION + "".join(rows)
