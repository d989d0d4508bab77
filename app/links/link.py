"""Links: a whole Config as a short query, and back, by the one table in `keys`.

Not here: links of other programs (`tensorflow_playground`), what a server does with a link (`opening`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from app.labs import registry
from app.links.fragment import MOST_BEHIND, completed, joined
from app.links.keys import KEYS, MOST_CHARACTERS, PAGE_KEYS
from app.links.moment import Moment, check_moment
from app.links.notation import SWITCH, read_number
from app.links.page_parts import named, require_named
from nncore.config import Config, Json
from nncore.errors import InputError, OutOfRange, UnknownField, WrongType, nearest, shown
from nncore.sentence import Said, Sentence
from nncore.spec import Knob

_TOO_LONG = Sentence("refused.long_link", "a link can have at most {high} characters; this one has {count}")
_TOO_MANY_KEYS = Sentence("refused.too_many_keys", "a link can have at most {high} keys")
_TWICE = Sentence("refused.twice", "appears more than once in the link")
_NO_KEY = Sentence("refused.no_key", "is not a key of a link; available: {known}")
_NO_KEY_BUT_NEAR = Sentence("refused.no_key_but_near", "is not a key of a link; did you mean {near}?")
_KEPT = Sentence(
    "refused.kept",
    "refers to points that do not fit in a link; only the tab where they were drawn can open them, "
    "as long as it is open",
)
_NO_SWITCH = Sentence("refused.no_switch", "must be on or off, not {value}")
_NO_SPEED = Sentence("refused.no_speed", "must be epochs per second, a number greater than 0, not {value}")
_TOO_FAST = Sentence("refused.too_fast", "must be at most {high} epochs per second, not {value}")

MOST_READ = 3 * MOST_CHARACTERS
"""Characters of a link that are read before its #: our longest one with each of its characters written as %41."""

MOST_KEYS = 200

SPEED_HIGH = 1_000_000
"""Epochs per second that may be asked for: more than any machine trains, and few enough to count with."""


@dataclass(frozen=True)
class Link:
    """What a link says: the Config, and what else the page is to do. `notices` tell what could not be carried over."""

    config: Config
    epochs: int = 0
    play: bool = False
    speed: float | None = None
    until: Moment | None = None
    page: Mapping[str, str] = field(default_factory=dict)
    """The page's keys as they were given, those of the fields above among them."""
    notices: tuple[Said, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What our keys are called in it, where it is of another program."""

    def seen(self, error: InputError) -> InputError:
        """An error of the Config as one of this link: ``layers[1].neuron`` is the key `neuron`."""
        return renamed(in_link(error), self.names)


_BY_NAME = {key.name: key for key in KEYS}
_ORDER = {key.name: place for place, key in enumerate(KEYS)}
EPOCHS = Knob("epochs", "Epochs", "int", 0, 0, 10**9)


def write(config: Config) -> str | None:
    """The link of `config`, without a question mark: empty for the default one, None where it would be too long."""
    return joined(written(config))


def written(config: Config) -> list[tuple[str, str]]:
    """The keys of `config` that are not at their defaults, each with its text."""
    texts = ((key.name, key.write(config)) for key in KEYS)
    return [(name, text) for name, text in texts if text is not None]


def read(text: str) -> Link:
    """What the query `text`, without a question mark, says.

    Raises InputError whose path is the key; to an unknown one, the nearest known one is named.
    """
    return of_pairs(pairs(text))


def pairs(text: str) -> dict[str, str]:
    """Keys and values of a link, points behind its # among them; a key that comes twice is an error."""
    query, _, behind = text.partition("#")
    # Whoever carries an address on may hang a word of its own behind it.
    fragment = behind.partition("#")[0]
    return completed(_parsed(query, MOST_READ), _parsed(fragment, MOST_BEHIND) if "=" in fragment else {})


def _parsed(text: str, most: int) -> dict[str, str]:
    found: dict[str, str] = {}
    if len(text) > most:
        raise OutOfRange("", _TOO_LONG, high=most, count=len(text))
    if text.count("&") >= MOST_KEYS:
        raise OutOfRange("", _TOO_MANY_KEYS, high=MOST_KEYS)
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in found:
            raise OutOfRange(name, _TWICE)
        found[name] = value
    return found


def of_pairs(found: Mapping[str, str]) -> Link:
    """What a query of our own says. One that names a lab, and no experiment, has the lab's."""
    if "lab" in found:
        opening = registry.opening(found["lab"], found.get("step", "1"))
        if not any(name in _BY_NAME for name in found):
            found = {**pairs(opening), **found}
    require_known(found, (*_BY_NAME, *PAGE_KEYS))
    data: Json = {}
    for name in sorted((name for name in found if name in _BY_NAME), key=_ORDER.__getitem__):
        _BY_NAME[name].read(found[name], data)
    if "data" in data:
        data["data"].setdefault("name", Config().data.dataset.name)
    try:
        config = Config.from_json(data)
    except InputError as error:
        raise in_link(error) from None
    return Link(config, **page_part(found))


def require_known(found: Iterable[str], known: tuple[str, ...]) -> None:
    """Raise UnknownField for the first key that is not `known`, with the nearest one that is."""
    for name in found:
        if name not in known:
            near = nearest(name, known, cutoff=0.5)
            if near is not None:
                raise UnknownField(name[:60], _NO_KEY_BUT_NEAR, known, near=near)
            raise UnknownField(name[:60], _NO_KEY, known)


def page_part(found: Mapping[str, str]) -> dict[str, Any]:
    """What the page's keys in `found` say, as Link has it."""
    page = {name: found[name] for name in PAGE_KEYS if name in found}
    if "kept" in page:
        raise InputError("kept", _KEPT)
    require_named(page.get("hide", ""), page.get("show", ""))
    named("lock", page.get("lock", ""))
    epochs = EPOCHS.check(read_number(page.get("epochs", "0")), "epochs")
    for name in ("play", "lens", "discrete", "test"):
        if page.get(name, "off") not in SWITCH:
            raise WrongType(name, _NO_SWITCH, value=shown(page[name]))
    speed = read_number(page["speed"]) if "speed" in page else None
    if speed is not None and (isinstance(speed, str) or not speed > 0):
        raise WrongType("speed", _NO_SPEED, value=shown(page["speed"]))
    if speed is not None and speed > SPEED_HIGH:
        raise OutOfRange("speed", _TOO_FAST, high=SPEED_HIGH, value=shown(page["speed"]))
    until = check_moment(read_number(page["until"]), "until") if "until" in page else None
    return {"epochs": epochs, "play": SWITCH[page.get("play", "off")], "speed": speed, "until": until, "page": page}


def renamed(error: InputError, names: Mapping[str, str]) -> InputError:
    """An error of one of our keys, as another program's links call it."""
    return error.at(names.get(error.path, error.path))


def in_link(error: InputError) -> InputError:
    """An error of a Config as one of its link: ``layers[1].neuron`` is the key `neuron`."""
    path = re.sub(r"\[\d+\]", "", error.path)
    if path.startswith("layers.units"):
        path = "layers"
    fitting = [key for key in KEYS if path == key.path or path.startswith(f"{key.path}.")]
    if not fitting:
        return error
    key = max(fitting, key=lambda one: len(one.path))
    rest = path[len(key.path) + 1 :]
    return error.at(f"{key.name}:{rest}" if rest else key.name)
