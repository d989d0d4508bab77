"""The English that is read from the source is what the server says when it runs."""

import json
from pathlib import Path

import pytest

from app.web.english import english
from nncore import Config
from nncore.errors import InputError
from tests.repo.sources import PACKAGES, ROOT


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    return english(ROOT / package for package in PACKAGES)


@pytest.mark.parametrize(
    "config",
    [{"batch": -1}, {"layers": 3}, {"layers": [{"neuron": "linaer"}]}, {"features": []}, {"data": {"count": 2**40}}],
    ids=json.dumps,
)
def test_what_is_refused_is_said_as_it_was_read(config: dict[str, object], said: dict[str, str]) -> None:
    with pytest.raises(InputError) as refused:
        Config.from_json(config)
    sentence = refused.value.sentence
    assert said[sentence.key] == sentence.text


def test_sentences_of_every_folder_are_read_whatever_their_form(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "one.py").write_text('A = Sentence("say.one", "one")\nWORDS = ("a list",)\nWORDS_OF = ("no",)\n')
    (tmp_path / "deep" / "two.py").write_text(
        'TABLE = {"two": (2, Sentence(\n    "say.two",\n    "two words in "\n    "two lines",\n))}\n'
        '"""Sentence("say.no", "in a text")"""\n'
    )
    (tmp_path / "three.txt").write_text('Sentence("say.three", "no module")')
    said = english([tmp_path])
    assert said == {
        "say.one": "one",
        "refused.word.a list": "a list",
        "say.two": "two words in two lines",
    }
