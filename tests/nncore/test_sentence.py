"""A sentence is filled in as people write: short numbers, nothing lost."""

from nncore.sentence import Sentence


def test_numbers_are_as_short_as_they_can_be() -> None:
    sentence = Sentence("say.it", "from {low} to {high}, not {value}")
    assert sentence.fill({"low": 0.0, "high": 0.5, "value": "'{high}'"}) == "from 0 to 0.5, not '{high}'"


def test_a_value_that_is_not_named_is_no_mistake() -> None:
    assert Sentence("say.it", "all is well").fill({"known": ""}) == "all is well"


def test_words_go_by_their_number() -> None:
    sentence = Sentence("say.it", "{count} of {all} {all:row|rows} {count:has|have} a gap")
    assert sentence.fill({"count": 1, "all": 5}) == "1 of 5 rows has a gap"
    assert sentence.fill({"count": 0, "all": 1}) == "0 of 1 row have a gap"
    assert sentence.fill({"count": 1.0, "all": 1.5}) == "1 of 1.5 rows has a gap"
