"""How values are written in a link: numbers, switches, entries with their settings, points; and read back exactly.

Only characters that no browser, mail program or chat rewrites in an address. What cannot be read is handed on as the
text it is: the Config then says what is wrong with it. Not here: which keys there are (`keys`).
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from nncore.choice import Choice
from nncore.errors import OutOfRange, UnknownField, shown
from nncore.registry import Registry
from nncore.sentence import Sentence
from nncore.spec import LONGEST_NUMBER, Knob, Points, Texts, Value

_NO_PAIRS = Sentence(
    "refused.no_pairs", "must be a name followed by settings and their values, such as name:setting:0.5, not {value}"
)
_NO_SETTINGS = Sentence(
    "refused.no_setting_pairs", "must be on, off, or settings and their values, such as levels:3:trees:30, not {value}"
)
_KEY_OF_ITS_OWN = Sentence("refused.key_of_its_own", "has its own key, {known}")

SWITCH = {"on": True, "off": False}
# No two of its repeats can take the same digit, so what is no number is seen to be none after one pass.
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)


def number_text(number: float) -> str:
    """The shortest text that is read back as the same number: 10, 0.03, 1e-05."""
    # Two zeros are equal and have one text: adding 0 makes -0.0 the other.
    text = repr(number + 0)
    # A plus would be read as a space.
    return text.removesuffix(".0").replace("+", "")


def read_number(text: str) -> float | str:
    """The number that `text` is, else the text itself: 1e999, which is too large for one, is a text."""
    if len(text) > LONGEST_NUMBER:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    return number if math.isfinite(number) else text


def value_text(value: Value) -> str:
    """A number, a switch or a word."""
    if isinstance(value, bool):
        return "on" if value else "off"
    assert not isinstance(value, tuple), "points and names have keys of their own"
    return value if isinstance(value, str) else number_text(value)


def read_value(text: str, knob: Knob) -> object:
    """What `text` is as the kind of `knob`, not yet checked."""
    if knob.kind == "bool":
        return SWITCH.get(text, text)
    return text if knob.kind == "choice" else read_number(text)


def choice_text(registry: Registry[Any], choice: Choice, apart: Sequence[str] = ()) -> str:
    """``kan:grid:8``: the name, then each setting that is not at its default; those `apart` stand elsewhere."""
    parts = [choice.name]
    for knob in registry[choice.name].spec.knobs:
        value = choice.knobs[knob.name]
        if knob.name not in apart and value != knob.default:
            parts += [knob.name, value_text(value)]
    return ":".join(parts)


def read_choice(registry: Registry[Any], text: str, apart: Mapping[str, str], key: str) -> dict[str, Any]:
    """What `choice_text` wrote, as a Config reads it. Settings `apart` are refused, each naming the key to use."""
    name, *rest = text.split(":")
    if len(rest) % 2:
        raise OutOfRange(key, _NO_PAIRS, value=shown(text))
    entry = registry.find(name, key)
    knobs = {knob.name: knob for knob in entry.spec.knobs}
    settings = dict(zip(rest[::2], rest[1::2], strict=True))
    for setting in settings:
        if setting in apart:
            raise UnknownField(f"{key}:{setting}", _KEY_OF_ITS_OWN, (apart[setting],))
    read = {
        setting: read_value(text, knobs[setting]) if setting in knobs else text for setting, text in settings.items()
    }
    return {"name": name, **read}


def read_settings(text: str, knobs: Mapping[str, Knob], key: str) -> dict[str, Any]:
    """``levels:3:hand_on:off``: settings and their values alone, as a Config reads them."""
    parts = text.split(":")
    if len(parts) % 2:
        raise OutOfRange(key, _NO_SETTINGS, value=shown(text))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: read_value(value, knobs[name]) if name in knobs else value for name, value in pairs}


def points_text(points: Points) -> str:
    """``.5,-.25,1_...``: x, y and label of each."""
    return "_".join(",".join(map(_coordinate_text, point)) for point in points)


def _coordinate_text(number: float) -> str:
    text = number_text(number)
    return text[1:] if text.startswith("0.") else f"-{text[2:]}" if text.startswith("-0.") else text


def read_points(text: str) -> list[Any]:
    """What `points_text` wrote; a place that holds something else stays as it is."""
    return [[read_number(number) for number in point.split(",")] for point in text.split("_")]


def texts_text(texts: Texts) -> str:
    """``small~20ones,large``: a tilde stands for the per cent sign, which what carries links decodes, once or twice."""
    return ",".join(quote(text, safe="").replace("~", "%7E").replace("%", "~") for text in texts)


def read_texts(text: str) -> list[str]:
    """What `texts_text` wrote."""
    return [unquote(one.replace("~", "%")) for one in text.split(",")]
