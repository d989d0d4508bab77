"""What a client can say: text in, commands out. docs/reference/protocol.md is its prose.

Pure: no socket, no clock, no state. Every mistake in a message becomes one sentence of our own, with its path.
Not here: what the server answers (`events`, `frames`), nor whether a command may be obeyed now (`session`).
"""

import json
import math
from collections.abc import Mapping
from typing import Any, Never

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from app.errors import BrokenJson, TooLarge
from nncore.errors import InputError, MissingField, OutOfRange, UnknownField, UnknownName, WrongType, join, shown

NESTING = 32
"""Levels of lists and objects in a message at most; the deepest Config has six."""


class Fields(BaseModel):
    """An object in a message: each field of exactly its own type, and no other field."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class Inspect(Fields):
    """A unit, counted from 0; the output layer is the last."""

    layer: int = Field(ge=0)
    unit: int = Field(ge=0)


class PairFields(Fields):
    """A hidden layer seen by two of its units, all counted from 0: one drawn across, one upwards."""

    layer: int = Field(ge=0)
    x: int = Field(ge=0)
    y: int = Field(ge=0)


class LensFields(Fields):
    """How the layer lens is shown; what is left out is as usual."""

    pixels: int | None = None
    lines: int | None = None
    pairs: list[PairFields] = []


class ViewFields(Fields):
    """What a client shows. Fields that were not sent have no meaning; `given` holds those that were."""

    unit_pixels: int = 0
    output_pixels: int = 0
    frames_per_second: float = 0.0
    compress: bool = False
    visible: bool = True
    confusion: bool = False
    inspect: Inspect | None = None
    lens: LensFields | None = None

    def given(self) -> dict[str, Any]:
        """The fields that the message held."""
        return {name: getattr(self, name) for name in ViewFields.model_fields if name in self.model_fields_set}


class Open(Fields):
    """Start a session, or replace the one there is."""

    config: dict[str, Any] | None = None
    link: str | None = None
    checkpoint: str | None = None
    view: ViewFields | None = None
    speed: float | None = Field(default=None, gt=0)
    play: bool = False


class Play(Fields):
    """Train until told otherwise."""


class Pause(Fields):
    """Stop training."""


class Reset(Fields):
    """Back to epoch 0, the same weights."""


class Step(Fields):
    """Train to the end of so many epochs."""

    epochs: int = Field(default=1, ge=1, le=1000)


class Speed(Fields):
    """Train at this rate; null for all there is."""

    epochs_per_second: float | None = Field(gt=0)


class Change(Fields):
    """Change one setting, keep the weights."""

    path: str
    value: Any


class Edit(Fields):
    """Set one number of a layer, keep everything else."""

    layer: int = Field(ge=0)
    param: str
    index: list[int] = Field(max_length=4)
    value: float


class Ask(Fields):
    """Answer a question about the run as it is now."""

    id: int = Field(ge=0, le=2**53)
    what: str
    layer: int | None = Field(default=None, ge=0)
    unit: int | None = Field(default=None, ge=0)
    point: list[float] | None = Field(default=None, min_length=2, max_length=2)


QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "unit": ("layer", "unit"),
    "weights": ("layer", "unit"),
    "trace": ("point",),
    "gradcheck": (),
}
"""What can be asked, and the fields that it needs: these and no others."""


class View(ViewFields):
    """Show this."""


class Checkpoint(Fields):
    """Send a checkpoint now."""


class Ack(Fields):
    """This frame, and all before it, have been drawn."""

    frame: int = Field(ge=0)


class Ping(Fields):
    """Is anybody there? Asked by a client that has heard nothing for a while."""


Command = Open | Play | Pause | Reset | Step | Speed | Change | Edit | Ask | View | Checkpoint | Ack | Ping

COMMANDS: Mapping[str, type[Command]] = {
    "open": Open,
    "play": Play,
    "pause": Pause,
    "reset": Reset,
    "step": Step,
    "speed": Speed,
    "change": Change,
    "edit": Edit,
    "ask": Ask,
    "view": View,
    "checkpoint": Checkpoint,
    "ack": Ack,
    "ping": Ping,
}


def parse(text: str, limit_bytes: int) -> tuple[str, Command]:
    """The name and the command that `text` holds; raises InputError for anything else."""
    message = read_object(text, limit_bytes)
    if "type" not in message:
        raise MissingField("type", f"must name the command; known are {', '.join(COMMANDS)}", COMMANDS)
    name = message.pop("type")
    if not isinstance(name, str):
        raise WrongType("type", f"must be the name of a command, not {described(name)}", COMMANDS)
    if name not in COMMANDS:
        raise UnknownName.of("command", name, COMMANDS, "type")
    command = _checked(COMMANDS[name], message)
    if isinstance(command, Ask):
        _check_question(command)
    return name, command


def command_name(text: str) -> str:
    """The command that a refused `text` tried to name, as far as can be told; else empty."""
    try:
        name = json.loads(text)["type"] if len(text) < 1_000_000 else ""
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return name if isinstance(name, str) and name in COMMANDS else ""


def read_object(text: str, limit_bytes: int | None = None) -> dict[str, Any]:
    """The one JSON object that `text` holds, of finite numbers and sane depth; raises InputError otherwise."""
    if limit_bytes is not None and len(text) > limit_bytes // 4 and len(text.encode("utf-8", "replace")) > limit_bytes:
        raise TooLarge("", f"the message is longer than the {limit_bytes:,} bytes that this server reads")
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BrokenJson("", f"the text is not JSON: {error.msg.lower()} at {where}") from None
    except RecursionError:
        raise _too_deep() from None
    except InputError:
        raise
    except ValueError:
        raise OutOfRange("", "the text holds a whole number of more digits than can be read") from None
    if not isinstance(value, dict):
        raise WrongType("", f"the text must hold a JSON object, not {described(value)}")
    _check_values(value)
    return value


def described(value: object) -> str:
    """`value` as a JSON reader would call it, short enough for a sentence."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else shown(value)


def _checked(model: type[Command], message: dict[str, Any]) -> Command:
    try:
        return model.model_validate(message)
    except ValidationError as error:
        _refuse(model, error.errors(include_url=False)[0])


def _check_question(command: Ask) -> None:
    if command.what not in QUESTIONS:
        raise UnknownName.of("question", command.what, QUESTIONS, "what")
    needed = QUESTIONS[command.what]
    for field in ("layer", "unit", "point"):
        if field in needed and getattr(command, field) is None:
            raise MissingField(field, f"must be given to ask for {command.what}")
        if field not in needed and field in command.model_fields_set:
            known = ("id", "what", *needed)
            raise UnknownField(field, f"says nothing of {command.what}; known are {', '.join(known)}", known)


_KINDS = {
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "a text",
    "bool_type": "true or false",
    "dict_type": "an object",
    "list_type": "a list",
    "model_type": "an object",
    "too_short": "a list of more numbers",
    "too_long": "a list of fewer numbers",
}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def _refuse(model: type[Fields], detail: ErrorDetails) -> Never:
    """The first thing that pydantic found, in our own words."""
    kind, value = detail["type"], detail["input"]
    path = ""
    for part in detail["loc"]:
        path = join(path, f"[{part}]" if isinstance(part, int) else str(part))
    if kind == "missing":
        raise MissingField(path, "must be given")
    if kind == "extra_forbidden":
        known = tuple(_owner(model, detail["loc"]).model_fields)
        allowed = f"known are {', '.join(known)}" if known else "none is needed here"
        raise UnknownField(path, f"there is no such field; {allowed}", known)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        raise OutOfRange(path, f"must be {words} {detail['ctx'][key]:g}, not {described(value)}")
    raise WrongType(path, f"must be {_KINDS.get(kind, 'of another type')}, not {described(value)}")


def _owner(model: type[Fields], loc: tuple[int | str, ...]) -> type[Fields]:
    """The model that holds the field at the end of `loc`."""
    nested: dict[str, type[Fields]] = {
        "view": ViewFields,
        "inspect": Inspect,
        "lens": LensFields,
        "pairs": PairFields,
    }
    names = [part for part in loc[:-1] if isinstance(part, str)]
    return nested.get(names[-1], model) if names else model


def _refuse_constant(text: str) -> Never:
    raise BrokenJson("", f"{text} is not a number that JSON allows")


def _check_values(value: object) -> None:
    """Refuse nesting that later readers could not follow, and numbers such as 1e999 that overflow to infinity."""
    level = [value]
    for _ in range(NESTING):
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
            elif isinstance(item, float) and not math.isfinite(item):
                raise OutOfRange("", "the text holds a number too large to read")
        if not inner:
            return
        level = inner
    raise _too_deep()


def _too_deep() -> BrokenJson:
    return BrokenJson("", f"the text is nested more than {NESTING} levels deep")
