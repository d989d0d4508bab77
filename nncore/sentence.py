"""A sentence that a person may read in another language: a key for its translations, and the English words.

    Sentence("refused.too_many_points", "is one point too many; at most {high} are allowed")
    Sentence("note.left_out", "{count} {count:row has|rows have} a gap")

A place with words after a colon is one of these forms: the first where its value is one, the last otherwise.
The page says it in its language by `key` and values; the command line and other programs show the English, which is
written here and nowhere else. Chinese stands in static/messages. Not here: who says what, nor when.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

Word = str | int | float
"""What may stand in a sentence's places."""

_PLACE = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")
"""A {name}, or a {name:form|forms} with what is said of one and of several."""

WORDS = (
    "an object",
    "a list",
    "a list of points [x, y, label]",
    "a list of texts",
    "a list of numbers",
    "null",
    "a number",
    "a whole number",
    "a finite number",
    "a text",
    "true or false",
    "of another type",
    "a hidden layer",
    "a unit",
    "race",
    "session",
)
"""English words that stand in a sentence's places: the page has words of its own for these, all else is data."""


class Sentence(NamedTuple):
    """One sentence: `key` is for ever, `text` is its English with a {name} for each value."""

    key: str
    text: str

    def fill(self, values: Mapping[str, Word]) -> str:
        """The English sentence; numbers are written as short as they can be, words go by them."""

        def put(place: re.Match[str]) -> str:
            name, one, several = place.groups()
            value = values[name]
            if one is not None:
                return one if value == 1 else str(several)
            return _short(value) if isinstance(value, float) else str(value)

        return _PLACE.sub(put, self.text)


def _short(value: float) -> str:
    """1000000 and not 1e+06, which few can read; but 1e+16, of which nobody could count the zeros."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e9 else f"{value:g}"


class Said(NamedTuple):
    """A sentence with what stands in its places."""

    sentence: Sentence
    values: Mapping[str, Word]

    @property
    def text(self) -> str:
        """It in English."""
        return self.sentence.fill(self.values)

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON, for whoever says it in another language."""
        return {"message": self.text, "key": self.sentence.key, "values": dict(self.values)}
