"""What is no JSON object of finite numbers and sane depth is refused in one sentence, however it is made."""

import json
import math
from typing import Any

import numpy as np
import pytest

from app.live.events import Refused
from app.strict_json import NESTING, read_object, written
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
    ('{"type": "speed", "epochs_per_second": -1E+0999}', "range", "too large to read"),
    ('{"type": "speed", "epochs_per_second": [[1, %s.0]]}' % ("9" * 310), "range", "too large to read"),
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


@pytest.mark.parametrize(
    "value",
    [
        {
            "a": [1, -0.0, 0.1, 1e-7, 1e22, 5e-324, 1.7976931348623157e308, 2**70],
            "b": None,
            "c": True,
            "d": (1, 2),
            "e": {},
        },
        {"é": '中文 \u2028 \x7f </script> \\ " \n', "NaN": "not Infinity"},
        {"half a pair": "\ud800"},
        {"numpy": np.float64(0.1)},
        [],
        "",
    ],
)
def test_what_is_written_reads_as_it_was(value: Any) -> None:
    text = written(value)
    assert json.loads(text) == json.loads(json.dumps(value))
    assert "\n" not in text


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, {"a": [{"b": math.nan}]}, np.float64("nan")])
def test_a_number_that_is_not_finite_is_not_written(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        written(value)
