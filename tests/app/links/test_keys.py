"""The table of keys: nothing of a Config is without one, and none stands for two things."""

from app.links.keys import KEYS, PAGE_KEYS
from app.links.link import read
from nncore.fields import FIELDS


def test_every_number_of_a_config_has_a_key() -> None:
    assert {"depth"} == set(FIELDS) - {key.path for key in KEYS} - {"layers.units"}


def test_no_key_stands_for_two_things() -> None:
    assert len({key.name for key in KEYS} | set(PAGE_KEYS)) == len(KEYS) + len(PAGE_KEYS)
    assert len({key.path for key in KEYS}) == len(KEYS)


def test_every_key_has_words_and_an_example() -> None:
    assert [key.name for key in KEYS if not (key.sentence and key.example)] == []
    assert [name for name, texts in PAGE_KEYS.items() if not all(texts)] == []


def test_what_is_at_its_default_is_left_out() -> None:
    assert [key.name for key in KEYS if key.write(read("").config) is not None] == []
