"""Whatever the server can say, the page can say: every Sentence in the source has its words in every language.

The English is the source's own: it stands nowhere else, and is sent to the page together with the page's own words.
"""

import ast
import json
import re
from typing import Any

import pytest

from app.tables import opening
from app.web.assets import assets
from nncore import sentence
from tests.repo.sources import ROOT, files, modules, tree

STATIC = ROOT / "static"
LANGUAGES = sorted(path.stem for path in (STATIC / "messages").glob("*.json"))
TRANSLATIONS = [language for language in LANGUAGES if language != "en"]
WORDS = (*sentence.WORDS, *opening.WORDS)
FAMILIES = ("refused", "advice", "say", "foreign", "note", "polling")
"""How keys begin that are sent by the server; those of `say` may also be the page's own."""

_PLACE = re.compile(r"\{(\w+)(?::[^{}|]*\|[^{}|]*)?\}")
# Errors that a person is answered with: what they say has to be a Sentence.
_ERRORS = {
    "InputError",
    "UnknownName",
    "UnknownField",
    "MissingField",
    "WrongType",
    "OutOfRange",
    "BadSnapshot",
    "BrokenJson",
    "OutOfOrder",
    "TooLarge",
    "TooLate",
    "TooMuchMemory",
    "NoForests",
    "PictureTooCostly",
    "Elsewhere",
    "Internal",
}


def calls(name: set[str]) -> list[tuple[str, ast.Call]]:
    """Every call in our packages of something that is called one of these, with the file it stands in."""
    return [
        (path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in name
    ]


@pytest.fixture(scope="module")
def sentences() -> dict[str, str]:
    """Every sentence of our packages by its key."""
    return {ast.literal_eval(call.args[0]): ast.literal_eval(call.args[1]) for _, call in calls({"Sentence"})}


def served(language: str) -> dict[str, str]:
    """The messages of a language as the page gets them."""
    file = assets(STATIC).serve(f"any/messages/{language}.json", "")
    assert file is not None
    table: dict[str, str] = json.loads(file.body)["messages"]
    return table


def test_there_is_something_to_compare(sentences: dict[str, str]) -> None:
    assert len(sentences) > 80
    assert LANGUAGES == ["en", "zh"]
    assert all(key.split(".")[0] in FAMILIES for key in sentences)


def test_every_key_has_one_sentence(sentences: dict[str, str]) -> None:
    assert len(calls({"Sentence"})) == len(sentences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_server_has_words(language: str, sentences: dict[str, str]) -> None:
    assert sorted(set(sentences) - set(served(language))) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_names_what_is_sent_and_nothing_else(language: str, sentences: dict[str, str]) -> None:
    """A refusal may leave a value out, and may name those that are known; all else names what the English names."""
    table = served(language)

    def wrong(key: str, text: str) -> bool:
        places, sent = set(_PLACE.findall(table[key])), set(_PLACE.findall(text))
        return not places <= sent | {"known"} if key.startswith("refused.") else places != sent

    assert [key for key, text in sentences.items() if wrong(key, text)] == []


def test_the_english_is_the_server_s_own(sentences: dict[str, str]) -> None:
    english = served("en")
    assert {key: english.get(key) for key in sentences} == sentences


def test_the_english_of_the_server_stands_in_its_source_alone(sentences: dict[str, str]) -> None:
    written = json.loads((STATIC / "messages" / "en.json").read_text(encoding="utf-8"))["messages"]
    assert set(written) & {*sentences, *(f"refused.word.{word}" for word in WORDS)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_in_a_sentence_s_place_has_its_own(language: str) -> None:
    words = {key.removeprefix("refused.word.") for key in served(language) if key.startswith("refused.word.")}
    assert words == set(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_of_what_is_never_said(language: str, sentences: dict[str, str]) -> None:
    written = ("static/js/", "static/late.html", "templates/")
    page = "".join((ROOT / path).read_text("utf-8") for path in files() if path.startswith(written))
    sent = {key for key in served(language) if key.split(".")[0] in FAMILIES and ".word." not in key}
    assert {key for key in sent - set(sentences) if f'"{key}"' not in page} == set()


def test_no_error_is_raised_with_bare_words() -> None:
    """A text of its own would be English on every page."""

    def is_text(argument: Any) -> bool:
        return isinstance(argument, ast.JoinedStr) or (
            isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        )

    bare = [f"{path}:{call.lineno}" for path, call in calls(_ERRORS) if len(call.args) > 1 and is_text(call.args[1])]
    assert bare == []
