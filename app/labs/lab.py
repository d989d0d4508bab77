"""What a lab is: its steps, claims and figures, as its folder says; every mistake in it is one sentence with its place.

Not here: its words (`texts`), which labs there are (`registry`), what its claims measure (`app.lessons.claims`) and
whether they hold (`app.lessons.bounds`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.labs.conditions import NETWORK, BadLab, Condition, all_hold, conditions
from app.labs.memory_conditions import MEMORY
from app.labs.vocabulary import Vocabulary
from nncore.errors import InputError, OutOfRange, UnknownName, join
from nncore.sentence import Sentence
from nncore.spec import require_object

THEMES = ("neuron", "depth", "learning", "enough", "memory", "exercises")
"""In the order of the index."""

PAGES: Mapping[str, Vocabulary] = {"": NETWORK, "memory": MEMORY}
"""Beside which a lab may stand, by their addresses, with what its goals may be about there."""

KINDS = ("read", "predict", "do", "see", "explain")
"""Of steps: to read, to foretell, to reach, to look at over many seeds, to have explained."""

FEWEST_SEEDS = 20
"""That a claim is measured over."""

_NO_STEP = Sentence("refused.no_lab_step", "must be from 1 to {high} in this lab, not {value}")


@dataclass(frozen=True)
class Hint:
    """Said in two stages while `when` holds: where to look, then which way to go. `at` is the part of the page."""

    id: str
    when: tuple[Condition, ...]
    at: str
    example: str | None
    """A link in which this hint is the one to be given; None for the step's beginning."""


@dataclass(frozen=True)
class Solution:
    """What reaches a goal: the Config as a link, how far to train, and what a hand does on the page."""

    link: str
    epochs: int
    moves: tuple[tuple[str, ...], ...]
    edits: tuple[tuple[int, str, tuple[int, ...], float], ...] = ()
    """Numbers set by hand before it trains: layer, array, place, value."""


@dataclass(frozen=True)
class Step:
    """One sheet of a lab."""

    id: str
    kind: str
    link: str | None = None
    """What the page opens on coming here; None for what is there."""
    at: str = ""
    """The part of the page that is pointed at."""
    choices: tuple[str, ...] = ()
    answer: str = ""
    number: tuple[str, float, float, float] | None = None
    """Claim and figure that were to be foretold, the ends of the scale, and how near is right."""
    sketch: bool = False
    """Whether the boundary is to be drawn on the output."""
    goal: tuple[Condition, ...] = ()
    epochs: int = 0
    same_points: bool = False
    """Whether the goal is about the points that the page shows, and would be another with others."""
    hints: tuple[Hint, ...] = ()
    solution: Solution | None = None
    claims: tuple[str, ...] = ()

    @property
    def asked(self) -> frozenset[str]:
        """All that the goal and the hints are about."""
        return frozenset(one.what for wanted in (self.goal, *(hint.when for hint in self.hints)) for one in wanted)

    def hint(self, config: Any, figures: Any) -> int | None:
        """The first hint that fits how things stand."""
        return next((i for i, hint in enumerate(self.hints) if all_hold(hint.when, config, figures)), None)


@dataclass(frozen=True)
class Claim:
    """What is measured: an experiment with so many fresh seeds for so many epochs; `holds` bounds its figures."""

    id: str
    link: str
    epochs: int
    seeds: int
    data: bool
    """Whether the points, too, are fresh."""
    holds: tuple[Mapping[str, Any], ...]
    layers: bool = False
    """Whether each layer's linear probe is measured, too."""
    patterns: int = 0
    """Random patterns that a Hopfield network is to hold."""
    dreams: bool = False
    """Whether what a Boltzmann machine dreams is measured, and not what it mends."""
    far: bool = False
    """Whether it is about how sure each run is along the edge of the plane, and not about what it gets right."""


@dataclass(frozen=True, eq=False)
class Lab:
    """A whole lab. `figures` are what its claims measured, by claim, as `make reference` wrote them."""

    name: str
    number: int
    theme: str
    level: int
    minutes: int
    source: str
    hide: tuple[str, ...]
    lock: tuple[str, ...]
    steps: tuple[Step, ...]
    claims: Mapping[str, Claim]
    folder: Path
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    page: str = ""
    """Beside which it stands."""

    def step(self, number: int) -> Step:
        """Of this number, from 1; raises OutOfRange."""
        if not 1 <= number <= len(self.steps):
            raise OutOfRange("step", _NO_STEP, high=len(self.steps), value=number)
        return self.steps[number - 1]

    def link(self, number: int) -> str:
        """What the page shows at this step: its own link, or the last one before it."""
        self.step(number)
        return next(step.link for step in reversed(self.steps[:number]) if step.link is not None)

    @property
    def opening(self) -> str:
        """The link of the first step."""
        return self.link(1)


def read_lab(folder: Path) -> Lab:
    """The lab in `folder`; raises BadLab, which begins with the file."""
    file = f"{folder.name}/lab.json"
    try:
        data = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadLab(f"{file}: is not JSON: {error}") from None
    figures = folder / "figures.json"
    measured = json.loads(figures.read_text(encoding="utf-8")) if figures.is_file() else {}
    try:
        return _lab(folder, data, measured)
    except (InputError, BadLab) as error:
        raise BadLab(f"{file}: {error}") from None


_LAB = ("number", "theme", "level", "minutes", "source", "steps", "claims")
_MORE = ("hide", "lock", "codes", "page")


def _lab(folder: Path, data: object, figures: Mapping[str, Any]) -> Lab:
    given = _object(data, "", _LAB, _MORE)
    if given["theme"] not in THEMES:
        raise UnknownName.of("theme", given["theme"], THEMES, "theme")
    page = given.get("page", "")
    if page not in PAGES:
        raise UnknownName.of("page", page, PAGES, "page")
    claims = {name: _claim(name, one) for name, one in require_object(given["claims"], "claims").items()}
    steps = tuple(_step(one, f"steps[{index}]", claims, PAGES[page]) for index, one in enumerate(given["steps"]))
    if not steps or steps[0].link is None:
        raise BadLab("steps[0].link: is missing: every lab opens with an experiment")
    return Lab(
        name=folder.name,
        **{name: given[name] for name in ("number", "theme", "level", "minutes", "source")},
        hide=tuple(given.get("hide", ())),
        lock=tuple(given.get("lock", ())),
        steps=steps,
        claims=claims,
        folder=folder,
        figures=figures,
        codes=tuple(given.get("codes", ())),
        page=page,
    )


_STEP = {
    "read": ((), ()),
    "predict": ((), ("choices", "answer", "number", "sketch")),
    "do": (("goal", "epochs", "hints", "solution"), ("same_points",)),
    "see": (("claims",), ()),
    "explain": ((), ()),
}
"""By kind, the fields that a step has to have, and those it may have."""


def _step(data: object, path: str, claims: Mapping[str, Claim], vocabulary: Vocabulary) -> Step:
    given = require_object(data, path)
    kind = given.get("kind")
    if kind not in KINDS:
        raise UnknownName.of("kind of step", kind, KINDS, join(path, "kind"))
    needed, more = _STEP[kind]
    _object(data, path, ("id", "kind", *needed), ("link", "at", *more))
    for name in given.get("claims", ()):
        if name not in claims:
            raise UnknownName.of("claim", name, claims, join(path, "claims"))
    if kind == "predict":
        _check_prediction(given, path, claims, vocabulary)
    hints = tuple(_hint(one, f"{path}.hints[{index}]", vocabulary) for index, one in enumerate(given.get("hints", ())))
    return Step(
        id=given["id"],
        kind=kind,
        link=given.get("link"),
        at=given.get("at", ""),
        choices=tuple(given.get("choices", ())),
        answer=given.get("answer", ""),
        number=tuple(given["number"]) if "number" in given else None,
        sketch=given.get("sketch", False),
        goal=conditions(given.get("goal", ()), join(path, "goal"), vocabulary),
        epochs=given.get("epochs", 0),
        same_points=given.get("same_points", False),
        hints=hints,
        solution=_solution(given["solution"], join(path, "solution")) if "solution" in given else None,
        claims=tuple(given.get("claims", ())),
    )


def _check_prediction(given: Mapping[str, Any], path: str, claims: Mapping[str, Claim], vocabulary: Vocabulary) -> None:
    if "sketch" in given:
        _check_sketch(given, join(path, "sketch"), vocabulary)
    elif "number" in given:
        if given["number"][0].partition(".")[0] not in claims:
            raise UnknownName.of("claim", given["number"][0], claims, join(path, "number"))
    elif given.get("answer") not in given.get("choices", ()):
        known = given.get("choices", ())
        raise BadLab(f"{path}.answer: must be one of the choices {', '.join(known)}, not {given.get('answer')}")


def _check_sketch(given: Mapping[str, Any], path: str, vocabulary: Vocabulary) -> None:
    others = [name for name in ("choices", "answer", "number") if name in given]
    if others:
        raise BadLab(f"{path}: stands in place of {', '.join(others)}, not beside it")
    if given["sketch"] is not True:
        raise BadLab(f"{path}: must be true, not {json.dumps(given['sketch'])}")
    if vocabulary is not NETWORK:
        raise BadLab(f"{path}: is drawn on the network's output, and this lab stands beside another page")


def _hint(data: object, path: str, vocabulary: Vocabulary) -> Hint:
    given = _object(data, path, ("id", "when", "at"), ("example",))
    when = conditions(given["when"], join(path, "when"), vocabulary)
    return Hint(given["id"], when, given["at"], given.get("example"))


def _solution(data: object, path: str) -> Solution:
    given = _object(data, path, ("link", "epochs", "moves"), ("edits",))
    edits = tuple((layer, param, tuple(place), value) for layer, param, place, value in given.get("edits", ()))
    return Solution(given["link"], given["epochs"], tuple(tuple(move) for move in given["moves"]), edits)


def _claim(name: str, data: object) -> Claim:
    path = f"claims.{name}"
    given = _object(data, path, ("link", "epochs", "holds"), ("seeds", "data", "layers", "patterns", "dreams", "far"))
    seeds = given.get("seeds", FEWEST_SEEDS)
    if seeds < FEWEST_SEEDS:
        raise BadLab(f"{path}.seeds: must be at least {FEWEST_SEEDS}, not {seeds}")
    return Claim(
        name,
        given["link"],
        given["epochs"],
        seeds,
        data=given.get("data", True),
        holds=tuple(given["holds"]),
        layers=given.get("layers", False),
        patterns=given.get("patterns", 0),
        dreams=given.get("dreams", False),
        far=given.get("far", False),
    )


def _object(data: object, path: str, needed: tuple[str, ...], more: tuple[str, ...]) -> dict[str, Any]:
    given = require_object(data, path)
    for name in given:
        if name not in (*needed, *more):
            raise BadLab(f"{join(path, name)}: is not a field here; available: {', '.join((*needed, *more))}")
    for name in needed:
        if name not in given:
            raise BadLab(f"{join(path, name)}: is missing")
    return given
