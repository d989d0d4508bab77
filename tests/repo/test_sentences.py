"""Whatever the server can say, the page can say: every Sentence in the source has its words in every language.

The English is the source's own, word for word, so what a program is told and what a person reads is the same.
"""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from nncore.sentence import WORDS
from tests.repo.sources import ROOT, files, modules, tree

MESSAGES = sorted((ROOT / "static" / "messages").glob("*.json"))
FAMILIES = ("refused", "advice", "say", "foreign")
"""How keys begin that are sent by the server; those of `say` may also be the page's own."""

_PLACE = re.compile(r"\{(\w+)\}")
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


SENTENCES: dict[str, str] = {
    ast.literal_eval(call.args[0]): ast.literal_eval(call.args[1]) for _, call in calls({"Sentence"})
}


def messages(language: Path) -> dict[str, str]:
    table: dict[str, str] = json.loads(language.read_text(encoding="utf-8"))["messages"]
    return table


def test_there_is_something_to_compare() -> None:
    assert len(SENTENCES) > 80
    assert [path.stem for path in MESSAGES] == ["en", "zh"]
    assert all(key.split(".")[0] in FAMILIES for key in SENTENCES)


def test_every_key_has_one_sentence() -> None:
    assert len(calls({"Sentence"})) == len(SENTENCES)


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_sentence_of_the_server_has_words(path: Path) -> None:
    assert sorted(set(SENTENCES) - set(messages(path))) == []


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_no_place_is_left_open(path: Path) -> None:
    """A translation may leave a value out, and may name those that are known, but it cannot name what nobody sends."""
    table = messages(path)
    open_places = {
        key: places
        for key, text in SENTENCES.items()
        if (places := set(_PLACE.findall(table.get(key, ""))) - set(_PLACE.findall(text)) - {"known"})
    }
    assert open_places == {}


def test_the_english_is_the_server_s_own() -> None:
    english = messages(ROOT / "static" / "messages" / "en.json")
    assert {key: english.get(key) for key in SENTENCES} == SENTENCES


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_word_in_a_sentence_s_place_has_its_own(path: Path) -> None:
    words = {key.removeprefix("refused.word.") for key in messages(path) if key.startswith("refused.word.")}
    assert words == set(WORDS)


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_no_words_are_left_of_what_is_never_said(path: Path) -> None:
    page = "".join(
        (ROOT / path).read_text("utf-8") for path in files() if path.startswith(("static/js/", "templates/"))
    )
    sent = {key for key in messages(path) if key.split(".")[0] in FAMILIES and ".word." not in key}
    assert {key for key in sent - set(SENTENCES) if f'"{key}"' not in page} == set()


def test_no_error_is_raised_with_bare_words() -> None:
    """A text of its own would be English on every page."""

    def is_text(argument: Any) -> bool:
        return isinstance(argument, ast.JoinedStr) or (
            isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        )

    bare = [f"{path}:{call.lineno}" for path, call in calls(_ERRORS) if len(call.args) > 1 and is_text(call.args[1])]
    assert bare == []
