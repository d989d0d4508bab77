"""JSON, strictly: of strangers one object, of finite numbers and sane depth; of ours finite numbers, too.

Python's own reader takes NaN, infinity and whatever nesting its stack bears. Not here: what the object must hold
(`app.live.commands`, `nncore.config`).
"""

import json
import math
from itertools import chain
from typing import Any, Never

from pydantic_core import PydanticSerializationError, to_json

from app.errors import BrokenJson, TooLarge
from nncore.errors import InputError, OutOfRange, WrongType, described
from nncore.sentence import Sentence

TOO_LONG = Sentence("refused.too_long", "the message is longer than the {limit} bytes that this server reads")
_NO_JSON = Sentence("refused.no_json", "the text is not JSON: {reason} at line {line}, column {column}")
_NO_JSON_NUMBER = Sentence("refused.no_json_number", "{value} is not a number that JSON allows")
_TOO_MANY_DIGITS = Sentence("refused.too_many_digits", "the text holds a whole number of more digits than can be read")
_TOO_LARGE_TO_READ = Sentence("refused.too_large_to_read", "the text holds a number too large to read")
_NO_OBJECT = Sentence("refused.no_json_object", "the text must hold a JSON object, not {value}")
_TOO_DEEP = Sentence("refused.too_deep", "the text is nested more than {high} levels deep")

NESTING = 32
"""Levels of lists and objects in a message at most; the deepest Config has six."""

_CONTAINERS = frozenset({dict, list})


def read_object(text: str, limit_bytes: int | None = None) -> dict[str, Any]:
    """The one JSON object that `text` holds, of finite numbers and sane depth; raises InputError otherwise."""
    if limit_bytes is not None and len(text) > limit_bytes // 4 and len(text.encode("utf-8", "replace")) > limit_bytes:
        raise TooLarge("", TOO_LONG, limit=limit_bytes)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = error.msg.lower()
        raise BrokenJson("", _NO_JSON, reason=reason, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise _too_deep() from None
    except InputError:
        raise
    except ValueError:
        raise OutOfRange("", _TOO_MANY_DIGITS) from None
    if not isinstance(value, dict):
        raise WrongType("", _NO_OBJECT, value=described(value))
    _check_values(value)
    return value


def written(value: Any) -> str:
    """`value` as JSON; ValueError for a number that is not finite, which JSON does not have."""
    # A tenth of the time that Python's own takes, but NaN is written as it is, and half a surrogate pair not at all.
    try:
        text = to_json(value).decode()
    except PydanticSerializationError:
        text = "NaN"
    if "NaN" in text or "Infinity" in text:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text


def _refuse_constant(text: str) -> Never:
    raise BrokenJson("", _NO_JSON_NUMBER, value=text)


def _check_values(value: dict[str, Any]) -> None:
    """Refuse nesting that later readers could not follow, and numbers such as 1e999 that overflow to infinity."""
    level: list[Any] = [value]
    # Thousands of points are thousands of lists: a level is looked at as one.
    for _ in range(NESTING):
        values = list(chain.from_iterable(each.values() if type(each) is dict else each for each in level))
        if math.inf in values or -math.inf in values:
            raise OutOfRange("", _TOO_LARGE_TO_READ)
        level = [one for one in values if type(one) in _CONTAINERS]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> BrokenJson:
    return BrokenJson("", _TOO_DEEP, high=NESTING)
