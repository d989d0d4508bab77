"""What is no JSON object of finite numbers and sane depth is refused in one sentence, however it is made."""

import pytest

from app.live.events import Refused
from app.strict_json import NESTING, read_object
from nncore.errors import InputError, OutOfRange

LIMIT = 1000

REFUSED: list[tuple[str, str, str]] = [
    # the text, the code, and words of the sentence
    ("", "json", "not JSON"),
    ("{", "json", "line 1, column 2"),
    ('{"type": "play"} x', "json", "not JSON"),
    ('{"type": "speed", "epochs_per_second": NaN}', "json", "NaN is not a number"),
    ('{"type": "speed", "epochs_per_second": -Infinity}', "json", "-Infinity is not a number"),
    ("[" * 400 + "]" * 400, "type", "must hold a JSON object, not a list"),
    ('{"type": "open", "config": ' + '{"a":' * 60 + "1" + "}" * 60 + "}", "json", "more than 32 levels"),
    ('{"a":' * 100_000, "size", "longer than the 1000 bytes"),
    ('{"type": "play"' + " " * 1000 + "}", "size", "longer than the 1000 bytes"),
    ('{"type": "pläy"' + "ä" * 500 + "}", "size", "longer"),
    ("[]", "type", "not a list"),
    ('"play"', "type", "not 'play'"),
    ("null", "type", "not null"),
    ('{"type": "speed", "epochs_per_second": 1e999}', "range", "too large to read"),
]


@pytest.mark.parametrize(("text", "code", "words"), REFUSED)
def test_what_is_no_sane_object_is_refused_in_one_clear_sentence(text: str, code: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_object(text, LIMIT)
    refused = Refused.of(caught.value, "x")
    assert (refused.code, refused.path) == (code, "")
    assert words in refused.message
    assert "\n" not in refused.message


def test_a_number_of_too_many_digits_is_refused() -> None:
    with pytest.raises(OutOfRange, match="more digits"):
        read_object('{"epochs": ' + "1" * 5000 + "}")


def test_nesting_that_overflows_the_parser_is_refused() -> None:
    with pytest.raises(InputError, match=f"{NESTING} levels"):
        read_object('{"a":' * 100_000 + "1" + "}" * 100_000)


def test_an_object_is_read_as_it_is() -> None:
    assert read_object('{"a": [1, 2.5, null, true, {"b": "ä"}]}', LIMIT) == {"a": [1, 2.5, None, True, {"b": "ä"}]}
