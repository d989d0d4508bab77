"""Links of a race: two to six experiments in one query, what they share written once.

    data=circles&layers=4&b.neuron=quadratic&c.neuron=kan&seeds=20

A key without a prefix holds for every lane, ``b.neuron`` for the second lane alone. Which keys there are, and how their
values are written, is that of any link (`keys`). Pure. Not here: the race itself, nor who shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.links import link
from app.links.fragment import joined
from app.links.keys import KEYS, PAGE_KEYS
from app.links.notation import read_number, value_text
from nncore.config import Config
from nncore.errors import InputError, OutOfRange, UnknownField, UnknownName, nearest, shown
from nncore.sentence import Sentence
from nncore.spec import Knob
from nncore.study.budget import MEASURES, budgeted
from nncore.study.repeats import BAR

LANES = "abcdef"
"""What the lanes are called; as many as may race."""

FEWEST_LANES = 2

_NOT_A_RACE = Sentence(
    "refused.no_lanes",
    "names no lane, but a race has {low} to {high}: give the second a key, such as b.neuron=quadratic",
)
_MISSING_LANE = Sentence("refused.missing_lane", "names lane {name} but not lane {before} before it")
_NO_LANE = Sentence("refused.no_lane", "there is no lane {name}; available: {known}")
_ONLY_SHARED = Sentence("refused.only_shared", "applies to the whole race: write it without a lane, as {name}")
_ODD_BUDGET = Sentence(
    "refused.odd_budget",
    "must be free, or a measure and a number, such as parameters:200 or multiply_adds:200, not {value}",
)
_OTHER_TASK = Sentence(
    "refused.other_task",
    "lane {name} has another task than lane a: classes and values cannot be compared, so all lanes of a race must have "
    "the one or the other",
)
_MANY_LANES = Sentence("refused.number_of_lanes", "must have from {low} to {high} lanes, not {value}")

EPOCHS = Knob("epochs", "Epochs", "int", 200, 1, 10**6, sentence="How many epochs every lane trains.")
SEEDS = Knob("seeds", "Seeds", "int", 20, 5, 50, sentence="Number of fresh seeds with which every lane is repeated.")
SOLVED = Knob("bar", "Bar", "float", BAR, 0.0, 1.0, sentence="The test accuracy at which a run counts as solved.")
AT = Knob("at", "At", "int", 0, 0, 10**6, sentence="Trains every lane to the end of this epoch before it is shown.")
FRESH = Knob(
    "fresh",
    "Fresh",
    "choice",
    "weights",
    choices=("weights", "data"),
    sentence="What a fresh seed determines: the initial weights and order alone, or the points as well.",
)
BUDGET_SENTENCE = (
    "Gives each lane's hidden layers the width that comes nearest to this many parameters, or multiply_adds."
)

RACE_KEYS: dict[str, tuple[str, str]] = {
    "epochs": (EPOCHS.sentence, "300"),
    "seeds": (SEEDS.sentence, "50"),
    "bar": (SOLVED.sentence, "0.9"),
    "at": (AT.sentence, "87"),
    "fresh": (FRESH.sentence, "data"),
    "budget": (BUDGET_SENTENCE, "parameters:200"),
}
"""Keys of a race, with a sentence and an example each; they stand without a lane, as do the page's."""

PAGES = tuple(name for name in PAGE_KEYS if name not in ("epochs", "lens", "lock", "lab", "step"))
"""The page's keys that a race has, too."""


@dataclass(frozen=True)
class RaceLink:
    """What a race's link says. With a `budget` (measure, target) the lanes have the widths that it gives them."""

    lanes: tuple[Config, ...]
    epochs: int = 200
    seeds: int = 20
    bar: float = BAR
    fresh: str = "weights"
    budget: tuple[str, int] | None = None
    at: int = 0
    page: Mapping[str, str] = field(default_factory=dict)


_NAMES = tuple(key.name for key in KEYS)


def read(text: str) -> RaceLink:
    """What the query `text` says, with or without what stands before its question mark.

    Raises InputError whose path is the key, ``b.neuron``; to an unknown key the nearest known one is named.
    """
    _, mark, query = text.strip().partition("?")
    found = link.pairs(query if mark else text.strip())
    shared, own = _parted(found)
    if not own:
        raise OutOfRange("", _NOT_A_RACE, low=FEWEST_LANES, high=len(LANES))
    count = max(FEWEST_LANES, LANES.index(max(own)) + 1)
    # The first lane may be what is shared, and nothing else; of the others each has something of its own.
    for before, name in pairwise(LANES[1:count]):
        if before not in own:
            raise OutOfRange("", _MISSING_LANE, name=name, before=before)
    budget = _budget(shared["budget"]) if "budget" in shared else None
    lanes = tuple(_lane(name, shared, own.get(name, {})) for name in LANES[:count])
    race = RaceLink(
        lanes if budget is None else meeting(lanes, budget),
        epochs=int(_number(EPOCHS, shared)),
        seeds=int(_number(SEEDS, shared)),
        bar=_number(SOLVED, shared),
        fresh=str(FRESH.check(shared.get("fresh", FRESH.default), "fresh")),
        budget=budget,
        at=int(_number(AT, shared)),
        page={name: shared[name] for name in PAGES if name in shared},
    )
    link.page_part(race.page)
    return race


def names_lanes(text: str) -> bool:
    """Whether the query `text` is one of a race: whether any key in it is a lane's."""
    _, mark, query = text.strip().partition("?")
    keys = (pair.partition("=")[0].partition(".") for pair in (query if mark else text.strip()).split("&"))
    return any(dot and lane in tuple(LANES) for lane, dot, _ in keys)


def write(race: RaceLink) -> str | None:
    """The query of `race`, without a question mark; None where it would be too long, as with many points of one's own.

    What all lanes write alike stands once; a key in which they differ stands for each lane that is not at its default.
    """
    lanes = [dict(link.written(config)) for config in race.lanes]
    parts: list[tuple[str, str]] = []
    for name in _NAMES:
        texts = [lane.get(name) for lane in lanes]
        alike = texts[0] if texts[0] is not None and len(set(texts)) == 1 else None
        if alike is not None:
            parts.append((name, alike))
        else:
            parts += [(f"{lane}.{name}", one) for lane, one in zip(LANES, texts, strict=False) if one is not None]
    parts += _lanes_that_would_be_missing(parts, race)
    for knob, value in (
        (EPOCHS, race.epochs),
        (SEEDS, race.seeds),
        (SOLVED, race.bar),
        (FRESH, race.fresh),
        (AT, race.at),
    ):
        if value != knob.default:
            parts.append((knob.name, value_text(value)))
    if race.budget is not None:
        parts.append(("budget", ":".join(map(str, race.budget))))
    parts += race.page.items()
    return joined(parts)


def race_of(lanes: Sequence[Config], **settings: object) -> RaceLink:
    """A race of these lanes, the rest as RaceLink has it. Raises OutOfRange for too few or too many lanes."""
    check_count(len(lanes))
    return replace(RaceLink(tuple(lanes)), **settings)  # type: ignore[arg-type]  # fields of RaceLink, by their names


def check_count(count: int) -> None:
    """Raise OutOfRange for too few or too many lanes."""
    if not FEWEST_LANES <= count <= len(LANES):
        raise OutOfRange("lanes", _MANY_LANES, low=FEWEST_LANES, high=len(LANES), value=count)


def check_tasks(lanes: Sequence[Config], path: str = "lanes.{name}.data") -> None:
    """Raise OutOfRange where one lane tells classes apart and another meets values."""
    for name, lane in zip(LANES, lanes, strict=False):
        if lane.dataset.task != lanes[0].dataset.task:
            raise OutOfRange(path.format(name=name), _OTHER_TASK, name=name)


def meeting(lanes: Sequence[Config], budget: tuple[str, int]) -> tuple[Config, ...]:
    """The lanes with the widths that `budget` gives them. Raises InputError that names the lane."""
    found = []
    for name, lane in zip(LANES, lanes, strict=False):
        try:
            found.append(budgeted(lane, *budget).config)
        except InputError as error:
            raise error.under(name) from None
    return tuple(found)


def differences(lanes: Sequence[Config]) -> tuple[str, ...]:
    """The keys of a link in which the lanes differ, in its order: what is compared, and what else is not equal."""
    written = [dict(link.written(config)) for config in lanes]
    return tuple(name for name in _NAMES if len({lane.get(name) for lane in written}) > 1)


def read_budget(text: str) -> tuple[str, int] | None:
    """``parameters:200`` as measure and target, ``free`` as None. Raises InputError."""
    return _budget(text)


def _lanes_that_would_be_missing(parts: Sequence[tuple[str, str]], race: RaceLink) -> list[tuple[str, str]]:
    """A key for each lane after the first that has none of its own: its own seed, as it is."""
    named = {name.partition(".")[0] for name, _ in parts if "." in name}
    return [
        (f"{lane}.run_seed", str(config.seeds.run))
        for lane, config in list(zip(LANES, race.lanes, strict=False))[1:]
        if lane not in named
    ]


def _parted(found: Mapping[str, str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What is shared, and what each lane has of its own."""
    shared: dict[str, str] = {}
    own: dict[str, dict[str, str]] = {}
    for name, value in found.items():
        lane, dot, key = name.partition(".")
        if not dot:
            link.require_known([name], (*_NAMES, *RACE_KEYS, *PAGES))
            shared[name] = value
        elif lane not in tuple(LANES):
            raise UnknownField(name[:60], _NO_LANE, tuple(LANES), name=shown(lane[:20]))
        elif key in RACE_KEYS or key in PAGES:
            raise UnknownField(name, _ONLY_SHARED, name=key)
        else:
            _require_own(name, lane, key)
            own.setdefault(lane, {})[key] = value
    return shared, own


def _require_own(name: str, lane: str, key: str) -> None:
    if key not in _NAMES:
        near = nearest(key, _NAMES, cutoff=0.5)
        known = tuple(f"{lane}.{one}" for one in _NAMES)
        link.require_known([name], known if near is None else (f"{lane}.{near}",))


def _lane(name: str, shared: Mapping[str, str], own: Mapping[str, str]) -> Config:
    of_config = {key: value for key, value in shared.items() if key in _NAMES}
    try:
        return link.of_pairs({**of_config, **own}).config
    except InputError as error:
        key = error.path.partition(":")[0]
        raise (error.at(f"{name}.{error.path}") if key in own else error) from None


def _budget(text: str) -> tuple[str, int] | None:
    if text == "free":
        return None
    measure, _, number = text.partition(":")
    target = read_number(number)
    if not isinstance(target, int) or target < 1:
        raise OutOfRange("budget", _ODD_BUDGET, value=shown(text))
    if measure not in MEASURES:
        raise UnknownName.of("budget", measure, MEASURES, "budget")
    return measure, target


def _number(knob: Knob, shared: Mapping[str, str]) -> float:
    value = knob.check(read_number(shared[knob.name]) if knob.name in shared else knob.default, knob.name)
    assert isinstance(value, (int, float))
    return value
