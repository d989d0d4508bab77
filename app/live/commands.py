"""What a client can say: text in, commands out. docs/reference/protocol.md is its prose.

Pure: no socket, no clock, no state. Every mistake in a message becomes one sentence of our own, with its path.
Not here: what the server answers (`events`, `frames`), nor whether a command may be obeyed now (`session`).
"""

import json
from collections.abc import Mapping
from typing import Any, Never

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from app.links.link import SPEED_HIGH
from app.links.race_link import EPOCHS, FRESH, SEEDS, SOLVED
from app.strict_json import read_object
from nncore.errors import MissingField, OutOfRange, UnknownField, UnknownName, WrongType, described, join
from nncore.sentence import Sentence
from nncore.spec import NOT_OF_TYPE

_NOT_ASKED = Sentence("refused.not_asked", "is required to ask for {what}")
_SAYS_NOTHING = Sentence("refused.says_nothing", "does not apply to {what}; available: {known}")

_NO_COMMAND = Sentence("refused.no_command", "must name a command; available: {known}")
_ODD_COMMAND = Sentence("refused.odd_command", "must be the name of a command, not {value}")
NOT_GIVEN = Sentence("refused.not_given", "is required")
_NO_FIELD = Sentence("refused.no_such_field", "there is no such field; available: {known}")
_NO_FIELDS = Sentence("refused.no_fields", "there is no such field; none is needed here")


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


class Command(Fields):
    """What a client says. A message names it by its class, in lower case."""


class Open(Command):
    """Start a session, or replace the one there is."""

    config: dict[str, Any] | None = None
    link: str | None = None
    checkpoint: str | None = None
    uploaded: int | None = Field(default=None, ge=1)
    view: ViewFields | None = None
    speed: float | None = Field(default=None, gt=0, le=SPEED_HIGH)
    play: bool = False
    epochs: int = Field(default=0, ge=0)
    until: Any = None
    keep: bool = False


class BudgetFields(Fields):
    """What lanes have equal: `measure` is parameters or multiply_adds."""

    measure: str
    target: int = Field(ge=1, le=10**9)


class Race(Command):
    """Line up a race, or replace the one there is."""

    link: str | None = None
    lanes: list[dict[str, Any]] | None = None
    uploaded: int | None = Field(default=None, ge=1)
    epochs: int = EPOCHS.default  # type: ignore[assignment]  # a knob's default may be of any kind
    seeds: int = SEEDS.default  # type: ignore[assignment]
    bar: float = SOLVED.default  # type: ignore[assignment]
    fresh: str = FRESH.default  # type: ignore[assignment]
    budget: BudgetFields | None = None
    view: ViewFields | None = None
    speed: float | None = Field(default=None, gt=0, le=SPEED_HIGH)
    play: bool = False
    target: int | None = Field(default=None, ge=0)


class Repeat(Command):
    """Train every lane again with so many fresh seeds, beside the race; null stops that."""

    seeds: int | None
    fresh: str = FRESH.default  # type: ignore[assignment]


class Memory(Command):
    """Open a memory, or replace the one there is."""

    link: str | None = None
    machine: str | None = None
    settings: dict[str, Any] | None = None
    patterns: list[str] | None = None
    start: str | None = None
    uploaded: int | None = Field(default=None, ge=1)
    view: ViewFields | None = None
    speed: float | None = Field(default=None, gt=0, le=SPEED_HIGH)
    play: bool = False


class Dream(Command):
    """From now on a Boltzmann machine dreams, or learns."""

    on: bool


class Measure(Command):
    """Measure how many patterns the memory at hand holds, over so many seeds; null stops that."""

    seeds: int | None = Field(ge=1, le=50)


class Play(Command):
    """Train until told otherwise."""


class Pause(Command):
    """Stop training."""


class Reset(Command):
    """Back to epoch 0, the same weights."""


class Step(Command):
    """Train to the end of so many epochs."""

    epochs: int = Field(default=1, ge=1, le=1000)


class Speed(Command):
    """Train at this rate; null for all there is."""

    epochs_per_second: float | None = Field(gt=0, le=SPEED_HIGH)


class Until(Command):
    """Stop by itself: at the end of an epoch, when solved, on a plateau; null for never."""

    at: Any


class Change(Command):
    """Change one setting, keep the weights."""

    path: str
    value: Any


class Edit(Command):
    """Set one number of a layer, keep everything else."""

    layer: int = Field(ge=0)
    param: str
    index: list[int] = Field(max_length=4)
    value: float


class Ask(Command):
    """Answer a question about the run as it is now."""

    id: int = Field(ge=0, le=2**53)
    what: str
    layer: int | None = Field(default=None, ge=0)
    unit: int | None = Field(default=None, ge=0)
    point: list[float] | None = Field(default=None, min_length=2, max_length=2)
    lab: str | None = None
    step: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1)


QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "unit": ("layer", "unit"),
    "weights": ("layer", "unit"),
    "trace": ("point",),
    "raster": ("layer", "unit", "point"),
    "health": (),
    "gradcheck": (),
    "landscape": ("seed",),
    "goal": ("lab", "step"),
}
"""What can be asked, and the fields that it needs: these and no others."""


class View(Command, ViewFields):
    """Show this."""


class Checkpoint(Command):
    """Send a checkpoint now."""


class Ack(Command):
    """This frame, and all before it, have been drawn."""

    frame: int = Field(ge=0)


class Ping(Command):
    """Is anybody there? Asked by a client that has heard nothing for a while."""


COMMANDS: Mapping[str, type[Command]] = {command.__name__.lower(): command for command in Command.__subclasses__()}


def parse(text: str, limit_bytes: int) -> tuple[str, Command]:
    """The name and the command that `text` holds; raises InputError for anything else."""
    message = read_object(text, limit_bytes)
    if "type" not in message:
        raise MissingField("type", _NO_COMMAND, COMMANDS)
    name = message.pop("type")
    if not isinstance(name, str):
        raise WrongType("type", _ODD_COMMAND, COMMANDS, value=described(name))
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


def _checked(model: type[Command], message: dict[str, Any]) -> Command:
    try:
        return model.model_validate(message)
    except ValidationError as error:
        _refuse(model, error.errors(include_url=False)[0])


def _check_question(command: Ask) -> None:
    if command.what not in QUESTIONS:
        raise UnknownName.of("question", command.what, QUESTIONS, "what")
    needed = QUESTIONS[command.what]
    for field in ("layer", "unit", "point", "lab", "step", "seed"):
        if field in needed and getattr(command, field) is None:
            raise MissingField(field, _NOT_ASKED, what=command.what)
        if field not in needed and field in command.model_fields_set:
            known = ("id", "what", *needed)
            raise UnknownField(field, _SAYS_NOTHING, known, what=command.what)


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
    "greater_than": ("gt", Sentence("refused.not_more", "must be more than {limit}, not {value}")),
    "greater_than_equal": ("ge", Sentence("refused.too_small", "must be at least {limit}, not {value}")),
    "less_than": ("lt", Sentence("refused.not_less", "must be less than {limit}, not {value}")),
    "less_than_equal": ("le", Sentence("refused.too_large", "must be at most {limit}, not {value}")),
}


def _refuse(model: type[Fields], detail: ErrorDetails) -> Never:
    """The first thing that pydantic found, in our own words."""
    kind, value = detail["type"], detail["input"]
    path = ""
    for part in detail["loc"]:
        path = join(path, f"[{part}]" if isinstance(part, int) else str(part))
    if kind == "missing":
        raise MissingField(path, NOT_GIVEN)
    if kind == "extra_forbidden":
        known = tuple(_owner(model, detail["loc"]).model_fields)
        raise UnknownField(path, _NO_FIELD if known else _NO_FIELDS, known)
    if kind in _BOUNDS:
        key, sentence = _BOUNDS[kind]
        raise OutOfRange(path, sentence, limit=float(detail["ctx"][key]), value=described(value))
    raise WrongType(path, NOT_OF_TYPE, noun=_KINDS.get(kind, "of another type"), value=described(value))


def _owner(model: type[Fields], loc: tuple[int | str, ...]) -> type[Fields]:
    """The model that holds the field at the end of `loc`."""
    nested: dict[str, type[Fields]] = {
        "view": ViewFields,
        "inspect": Inspect,
        "lens": LensFields,
        "pairs": PairFields,
        "budget": BudgetFields,
    }
    names = [part for part in loc[:-1] if isinstance(part, str)]
    return nested.get(names[-1], model) if names else model
