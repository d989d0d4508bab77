"""How an entry describes itself: its name, its sentence, its formula and its knobs, once and for every reader.

The page's menus and sliders, the command line, the checks of a `Config` and the reference are all made from these.
Not here: what an entry does (its own file) or where it is found (`registry`).
"""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import chain
from typing import Any, Literal, TypeGuard

from nncore.errors import OutOfRange, UnknownField, UnknownName, WrongType, described, join, shown
from nncore.sentence import Sentence

_MANY_TEXTS = Sentence("refused.number_of_texts", "must hold from {low} to {high} texts, not {value}")
_LONG_TEXT = Sentence("refused.long_text", "must have at most {high} characters, not {value}")
_ODD_TEXT = Sentence("refused.odd_text", "must contain only printable characters and spaces, not {value}")

Points = tuple[tuple[float, float, float], ...]
"""Places in the square and what stands there: (x, y, label)."""

Texts = tuple[str, ...]
"""Names, one after the other."""

Numbers = tuple[float, ...]
"""Several numbers that belong together."""

Value = float | int | bool | str | Points | Texts | Numbers

LONGEST_TEXT = 40
"""Characters of one of a knob's texts at most."""

LONGEST_NUMBER = 400
"""Characters of a text that may be a number: far more than any program writes, and too few to take time."""

NOT_OF_TYPE = Sentence("refused.not_of_type", "must be {noun}, not {value}")
_NOT_FINITE = Sentence("refused.not_finite", "must be {noun} that is finite, not {value}")
_BETWEEN = Sentence("refused.between", "must be {noun} from {low} to {high}, not {value}")
_AT_LEAST = Sentence("refused.at_least", "must be {noun} of at least {low}, not {value}")
_AT_MOST = Sentence("refused.at_most", "must be {noun} of at most {high}, not {value}")
_MANY_POINTS = Sentence("refused.number_of_points", "must hold from {low} to {high} points, not {value}")

_MANY_NUMBERS = Sentence("refused.number_of_numbers", "must hold from {low} to {high} numbers, not {value}")

ZERO_SETS = (
    "line",
    "conic",
    "axis_conic",
    "line_pair",
    "parallel_lines",
    "ring",
    "diamond",
    "cubic",
    "polyline",
    "curve",
)
"""The shapes that one unit can draw in the plane: what a neuron's card shows."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting with its default and its range.

    `low` and `high` are inclusive; for points, texts and numbers they bound how many there are. `scale` and `step` say
    how a slider should run; they do not restrict values.
    """

    name: str
    label: str
    kind: Literal["float", "int", "bool", "choice", "points", "texts", "numbers"]
    default: Value
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    scale: Literal["linear", "log"] = "linear"
    step: float | None = None
    sentence: str = ""

    def check(self, value: object, path: str) -> Value:
        """`value`, as this knob's own type; raises WrongType, OutOfRange or UnknownName, naming `path`."""
        if self.kind == "bool":
            if not isinstance(value, bool):
                raise WrongType(path, NOT_OF_TYPE, noun="true or false", value=described(value))
            return value
        if self.kind == "choice":
            if value not in self.choices:
                raise UnknownName.of(self.label.lower(), value, self.choices, path)
            return str(value)
        if self.kind == "points":
            return self._check_points(value, path)
        if self.kind == "texts":
            return self._check_texts(value, path)
        if self.kind == "numbers":
            return self._check_numbers(value, path)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise WrongType(path, NOT_OF_TYPE, noun=self._noun(), value=described(value))
        if self.kind == "int" and not (isinstance(value, int) or value.is_integer()):
            raise WrongType(path, NOT_OF_TYPE, noun=self._noun(), value=shown(value))
        if not self._contains(value):
            raise OutOfRange(path, self._range(), (), noun=self._noun(), value=shown(value), **self._bounds())
        return int(value) if self.kind == "int" else float(value)

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON."""
        return {**asdict(self), "default": plain(self.default), "choices": list(self.choices)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Knob":
        """The Knob that `to_json` wrote."""
        default = data["default"]
        if isinstance(default, list):
            default = tuple(map(tuple, default) if data["kind"] == "points" else default)
        return cls(**{**data, "default": default, "choices": tuple(data["choices"])})

    def _check_points(self, value: object, path: str) -> Points:
        if not isinstance(value, (list, tuple)):
            raise WrongType(path, NOT_OF_TYPE, noun="a list of points [x, y, label]", value=described(value))
        if not self._contains(len(value)):
            raise OutOfRange(path, _MANY_POINTS, (), value=len(value), **self._bounds())
        # Thousands of them come with every stroke of whoever draws: where all are as they should be, at a glance.
        return _usual_points(value) or tuple(_point(point, f"{path}[{index}]") for index, point in enumerate(value))

    def _check_texts(self, value: object, path: str) -> Texts:
        if not isinstance(value, (list, tuple)):
            raise WrongType(path, NOT_OF_TYPE, noun="a list of texts", value=described(value))
        if not self._contains(len(value)):
            raise OutOfRange(path, _MANY_TEXTS, (), value=len(value), **self._bounds())
        return tuple(_text(text, f"{path}[{index}]") for index, text in enumerate(value))

    def _check_numbers(self, value: object, path: str) -> Numbers:
        if not isinstance(value, (list, tuple)):
            raise WrongType(path, NOT_OF_TYPE, noun="a list of numbers", value=described(value))
        if not self._contains(len(value)):
            raise OutOfRange(path, _MANY_NUMBERS, (), value=len(value), **self._bounds())
        return tuple(_finite_number(number, f"{path}[{index}]") for index, number in enumerate(value))

    def _contains(self, value: float) -> bool:
        finite = isinstance(value, int) or math.isfinite(value)
        return finite and (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def _noun(self) -> str:
        return "a whole number" if self.kind == "int" else "a number"

    def _range(self) -> Sentence:
        if self.high is None:
            return _NOT_FINITE if self.low is None else _AT_LEAST
        return _AT_MOST if self.low is None else _BETWEEN

    def _bounds(self) -> dict[str, float]:
        """The range's ends for a sentence, each as short as `:g` writes it."""
        ends = {"low": self.low, "high": self.high}
        return {name: float(f"{end:g}") for name, end in ends.items() if end is not None}


NO_FIELD = Sentence("refused.no_field_here", "is not a field here; available: {known}")
_NO_SETTING = Sentence("refused.no_such_setting", "'{name}' has no such setting; available: {known}")
_NO_SETTINGS = Sentence("refused.no_settings", "'{name}' has no settings")


@dataclass(frozen=True, slots=True)
class Spec:
    """What an entry says of itself. `formula` is LaTeX; `source` is author and year.

    The last two are for neurons. `zero_set` is the shape that one unit with two inputs draws where z = 0, as one of
    ZERO_SETS. `formula_without_bias` is what is left of the formula without its biases; a kind that has none has none.
    """

    name: str
    label: str
    sentence: str
    formula: str = ""
    group: str = ""
    knobs: tuple[Knob, ...] = ()
    source: str = ""
    zero_set: str = ""
    formula_without_bias: str = ""

    def check(self, given: Mapping[str, object], path: str = "") -> dict[str, Value]:
        """Every knob's value: those `given`, checked, and the defaults of the rest.

        Raises UnknownField for a knob that this entry does not have, else what `Knob.check` raises.
        """
        known = tuple(knob.name for knob in self.knobs)
        for name in given:
            if name not in known:
                raise UnknownField(join(path, str(name)), _NO_SETTING if known else _NO_SETTINGS, known, name=self.name)
        return {
            knob.name: knob.check(given[knob.name], join(path, knob.name)) if knob.name in given else knob.default
            for knob in self.knobs
        }

    def to_json(self) -> dict[str, Any]:
        """As plain data that survives JSON."""
        return {**{f.name: getattr(self, f.name) for f in fields(self)}, "knobs": [k.to_json() for k in self.knobs]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Spec":
        """The Spec that `to_json` wrote."""
        return cls(**{**data, "knobs": tuple(map(Knob.from_json, data["knobs"]))})


def plain(value: Value) -> Any:
    """`value` as JSON has it: lists for tuples."""
    if not isinstance(value, tuple):
        return value
    return [list(each) if isinstance(each, tuple) else each for each in value]


def require_object(value: object, path: str) -> dict[str, Any]:
    """`value` if it is an object with text keys, else WrongType."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise WrongType(path, NOT_OF_TYPE, noun="an object", value=described(value))
    return value


_NO_POINT = Sentence("refused.no_point", "must be three numbers, x, y and label, not {value}")
_OUTSIDE = Sentence("refused.outside", "must lie in the square, x and y from -1 to 1, not at {value}")
_NUMBERS, _SEQUENCES, _LARGEST = {float, int}, {list, tuple}, sys.float_info.max
_ENDLESS_LABEL = Sentence("refused.endless_label", "must have a label that is finite, not {value}")


def _lie(numbers: Sequence[float], bound: float) -> bool:
    """Whether all are known to lie from -`bound` to `bound`; a sum shows a NaN, which `min` and `max` may pass over."""
    return min(numbers) >= -bound and max(numbers) <= bound and not math.isnan(sum(numbers))


def _usual_points(values: Sequence[Any]) -> Points | None:
    """Points of three plain numbers each, all within their bounds; None where one is not."""
    if not set(map(type, values)) <= _SEQUENCES or set(map(len, values)) != {3}:
        return None
    numbers = list(chain.from_iterable(values))
    if not set(map(type, numbers)) <= _NUMBERS:
        return None
    xs, ys, labels = numbers[::3], numbers[1::3], numbers[2::3]
    if not (_lie(xs, 1) and _lie(ys, 1) and _lie(labels, _LARGEST)):
        return None
    return tuple(zip(map(float, xs), map(float, ys), map(float, labels), strict=True))


def _point(value: object, path: str) -> tuple[float, float, float]:
    numbers = [n for n in value if isinstance(n, (int, float)) and not isinstance(n, bool)] if _is_triple(value) else []
    if len(numbers) != 3:
        raise WrongType(path, _NO_POINT, value=shown(value))
    x, y, label = numbers
    if not (abs(x) <= 1 and abs(y) <= 1):
        raise OutOfRange(path, _OUTSIDE, value=shown([x, y]))
    if not abs(label) <= sys.float_info.max:
        raise OutOfRange(path, _ENDLESS_LABEL, value=shown(label))
    return float(x), float(y), float(label)


def _finite_number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WrongType(path, NOT_OF_TYPE, noun="a number", value=described(value))
    if not abs(value) <= _LARGEST:
        raise OutOfRange(path, _NOT_FINITE, noun="a number", value=shown(value))
    return float(value)


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise WrongType(path, NOT_OF_TYPE, noun="a text", value=described(value))
    if len(value) > LONGEST_TEXT:
        raise OutOfRange(path, _LONG_TEXT, high=LONGEST_TEXT, value=len(value))
    if not value.isprintable():
        raise OutOfRange(path, _ODD_TEXT, value=shown(value))
    return value


def _is_triple(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple)) and len(value) == 3
