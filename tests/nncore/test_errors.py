"""A reader's mistake is one sentence that names its place."""

import pytest

from nncore.errors import InputError, OutOfRange, UnknownField, UnknownName, join, nearest, shown
from nncore.sentence import Sentence


def test_the_text_is_path_and_sentence() -> None:
    sentence = Sentence("refused.too_small", "must be at least {limit}")
    assert str(OutOfRange("layers[0].units", sentence, limit=1.0)) == "layers[0].units: must be at least 1"
    assert str(OutOfRange("", sentence, limit=1)) == "must be at least 1"


def test_the_known_names_may_stand_in_the_sentence() -> None:
    error = UnknownField("a", Sentence("refused.no_field_here", "is no field; available: {known}"), ["b", "c"])
    assert error.message == "is no field; available: b, c"
    assert error.under("x").message == error.message


def test_under_puts_the_path_one_level_further_out() -> None:
    inner = UnknownName.of("activation", "tahn", ["tanh", "relu"], "layers[0].activation")
    outer = inner.under("config")
    assert type(outer) is UnknownName
    assert (outer.path, outer.message, outer.known) == ("config.layers[0].activation", inner.message, inner.known)
    assert (outer.sentence, outer.values) == (inner.sentence, inner.values)


def test_an_unknown_name_names_the_known_ones_and_the_nearest() -> None:
    error = UnknownName.of("activation", "tahn", ["tanh", "relu"])
    assert str(error) == "there is no activation called 'tahn' (did you mean 'tanh'?); available: tanh, relu"
    assert error.known == ("tanh", "relu")


@pytest.mark.parametrize(
    ("prefix", "path", "joined"), [("a", "b", "a.b"), ("a", "[0]", "a[0]"), ("", "b", "b"), ("a", "", "a")]
)
def test_paths_join_with_a_dot_except_before_an_index(prefix: str, path: str, joined: str) -> None:
    assert join(prefix, path) == joined


def test_a_long_value_is_shown_short() -> None:
    assert len(shown("x" * 10_000)) <= 60


def test_every_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in InputError.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert InputError.code not in codes


def test_the_nearest_name_is_found_and_only_of_what_may_be_a_name() -> None:
    assert nearest("quadratik", ("linear", "quadratic")) == "quadratic"
    assert nearest("zzz", ("linear", "quadratic")) is None
    # A tenth of it is the name: near enough for a cutoff of 0.1, and too long to be a slip of the pen.
    assert nearest("quadratic" * 10, ("linear", "quadratic"), cutoff=0.1) is None
