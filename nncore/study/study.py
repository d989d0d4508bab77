"""A study: one Config, what is varied of it, and over how many seeds; every run of it is one row.

    study = Study({"data": {"name": "circles"}}, vary={"layers.neuron": ["linear", "quadratic"]}, seeds=20, epochs=100)
    rows = list(study.run())

Everything is checked when it is made. Not here: who does the work (`app.engines`), nor files (`app.studies`).
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from nncore.config import Config, Json, Seeds
from nncore.errors import InputError, described, nearest, shown
from nncore.fields import FIELDS
from nncore.losses import LOSSES
from nncore.study.bad_study import BadStudy
from nncore.study.budget import MEASURES, budgeted
from nncore.study.grid import axes_of, combinations
from nncore.study.paths import with_value
from nncore.study.repeats import BAR, STOPS, Stop
from nncore.study.rows import Row, columns_of
from nncore.study.tasks import Done, Piece, Task, perform, tasks_of

MOST_RUNS = 1_000_000
MOST_EPOCHS = 10**6
MOST_SEEDS = 10_000

FRESH = ("weights", "data")
"""What a fresh seed draws: first weights and order, or the points, too."""

KEYS = ("base", "vary", "seeds", "fresh", "epochs", "stop", "bar", "budget")

BUDGET = "budget"

_WIDTH = re.compile(r"layers(\[\d+\])?\.units")
"""The one path that is not the Config's: a measure and a number, ``parameters:200``, or ``free``."""


class Engine(Protocol):
    """Who does tasks: gives back what came of each, in whatever order."""

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Do them."""


class _Here:
    """In this very process, one after the other."""

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        return (perform(task, time.perf_counter) for task in tasks)


class Study:
    """Every combination of `vary` over `base`, each repeated over `seeds`.

    `base` is a Config, or one as JSON. `vary` gives a path of the Config a list, or a range ({"from", "to", "step"} or
    {"from", "to", "count", "scale"}); a key of several paths is a zip. `seeds` is how many (0, 1, 2 …), or which. With
    `fresh` "data" each seed draws the points, too. `stop` says when a run ends (`repeats.Stop`), `bar` from which test
    accuracy on it is solved. `budget` gives all hidden layers the width nearest to so many parameters or multiply_adds,
    and may be varied. Raises BadStudy, a ValueError, with one sentence for whatever cannot be.
    """

    def __init__(
        self,
        base: Config | Json | None = None,
        *,
        vary: Mapping[Any, Any] | None = None,
        seeds: int | Sequence[int] = 20,
        fresh: str = "weights",
        epochs: int = 200,
        stop: str = "epochs",
        bar: float = BAR,
        budget: str | None = None,
    ) -> None:
        self.base = _base(base)
        self.axes = axes_of({} if vary is None else vary)
        self.seeds = _seeds(seeds)
        self.fresh = _one_of(fresh, FRESH, "fresh")
        self.epochs = _whole(epochs, "epochs", 1, MOST_EPOCHS)
        self.stop: Stop = STOPS[STOPS.index(_one_of(stop, STOPS, "stop"))]
        self.bar = _share(bar, "bar")
        self.budget = budget
        self.paths = tuple(path for axis in self.axes for path in axis.paths)
        self._require_own_paths()
        self.cells = 1
        for axis in self.axes:
            self.cells *= len(axis.values)
        if self.runs > MOST_RUNS:
            product = " × ".join([*(str(len(axis.values)) for axis in self.axes), f"{len(self.seeds)} seeds"])
            raise BadStudy("vary", f"{product} are {self.runs:,} runs; at most {MOST_RUNS:,} are allowed")
        assert self.pieces

    @classmethod
    def from_json(cls, data: object) -> "Study":
        """The study that a file says; raises BadStudy."""
        if not isinstance(data, Mapping):
            raise BadStudy("", f"a study must be a table, not {described(data)}")
        for key in data:
            if key not in KEYS:
                near = nearest(str(key), KEYS)
                told = f"did you mean {near}?" if near else f"known are {', '.join(KEYS)}"
                raise BadStudy(str(key)[:60], f"is nothing that a study has; {told}")
        return cls(data.get("base"), **{key: data[key] for key in KEYS if key in data and key != "base"})

    def to_json(self) -> Json:
        """As plain data; `from_json` reads it back to an equal study."""
        return {
            "base": self.base,
            "vary": {
                ", ".join(axis.paths): [list(step) if len(axis.paths) > 1 else step[0] for step in axis.values]
                for axis in self.axes
            },
            "seeds": list(self.seeds),
            "fresh": self.fresh,
            "epochs": self.epochs,
            "stop": self.stop,
            "bar": self.bar,
            **({} if self.budget is None else {"budget": self.budget}),
        }

    @property
    def runs(self) -> int:
        """How many there are: as many rows."""
        return self.cells * len(self.seeds)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of every row, in order."""
        return columns_of(self.paths)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every combination with all its seeds, in order; each of them has been checked."""
        return tuple(self._piece(values) for values in combinations(self.axes))

    def tasks(self) -> Iterator[Task]:
        """The work, the same tasks in the same order each time."""
        return tasks_of(self.pieces, self.epochs, self.stop, self.bar)

    def run(self, engine: Engine | None = None) -> Iterator[Row]:
        """The rows in their order, as they come; in this process where no `engine` is given (`app.engines`)."""
        waiting: dict[int, Done] = {}
        following = 0
        for done in (engine or _Here()).map(self.tasks()):
            waiting[done.index] = done
            while following in waiting:
                yield from waiting.pop(following).rows
                following += 1

    def _require_own_paths(self) -> None:
        if "seeds.run" in self.paths:
            raise BadStudy("vary.seeds.run", "is what `seeds` is for: give it a list")
        if "seeds.data" in self.paths and self.fresh == "data":
            raise BadStudy("vary.seeds.data", "is drawn anew for every seed already, as fresh says")
        if BUDGET in self.paths and self.budget is not None:
            raise BadStudy("vary.budget", "is varied, so give no budget beside it")
        varied = [step[axis.paths.index(BUDGET)] for axis in self.axes if BUDGET in axis.paths for step in axis.values]
        budgets = varied or [self.budget or "free"]
        widths = [path for path in self.paths if _WIDTH.fullmatch(path)]
        if widths and "free" not in budgets:
            raise BadStudy(f"vary.{widths[0]}", "is what the budget decides on: vary the one or the other")

    def _piece(self, values: tuple[tuple[str, Any], ...]) -> Piece:
        data, budget = self.base, self.budget
        # Whether it is a network or a forest decides on which other settings there are.
        for path, value in sorted(values, key=lambda one: one[0] != "forest"):
            if path == BUDGET:
                budget = value
            else:
                data = with_value(data, path, value)
        try:
            config = Config.from_json(data)
            asked = _budget(budget)
            if asked is not None:
                config = budgeted(config, *asked).config
        except InputError as error:
            place = ", ".join(f"{path} = {shown(value)}" for path, value in values)
            raise BadStudy(f"with {place}" if place else "base", str(error)) from None
        seeds = tuple(Seeds(seed if self.fresh == "data" else config.seeds.data, seed) for seed in self.seeds)
        return Piece(config, values, seeds)


def _base(base: object) -> Json:
    """The base as JSON with every field, so that any path can be found; a loss that only fits the data goes by it."""
    if isinstance(base, str):
        raise BadStudy("base", "a link is read by app.links.link.read(...).config; give what it says")
    try:
        config = base if isinstance(base, Config) else Config.from_json({} if base is None else base)
    except InputError as error:
        raise BadStudy.of(error, "base") from None
    data = config.to_json()
    fitting = next(name for name in LOSSES if config.dataset.task in LOSSES[name].tasks)
    if config.loss.name == fitting:
        del data["loss"]
    return data


def _seeds(seeds: object) -> tuple[int, ...]:
    if isinstance(seeds, int) and not isinstance(seeds, bool):
        return tuple(range(_whole(seeds, "seeds", 1, MOST_SEEDS)))
    if isinstance(seeds, str) or not isinstance(seeds, Sequence):
        raise BadStudy("seeds", f"must be how many, or a list of seeds, not {described(seeds)}")
    if not 1 <= len(seeds) <= MOST_SEEDS:
        raise BadStudy("seeds", f"must be a list of 1 to {MOST_SEEDS:,} seeds, not of {len(seeds):,}")
    high = FIELDS["seeds.run"].high
    found = tuple(_whole(seed, f"seeds[{index}]", 0, int(high or 0)) for index, seed in enumerate(seeds))
    if len(set(found)) < len(found):
        raise BadStudy("seeds", "has a seed twice")
    return found


def _budget(budget: object) -> tuple[str, int] | None:
    if budget is None or budget == "free":
        return None
    measure, colon, number = budget.partition(":") if isinstance(budget, str) else ("", "", "")
    if measure not in MEASURES or not colon or not (number.isascii() and number.isdigit() and int(number[:12])):
        raise BadStudy("budget", f"must be free, or such as parameters:200 or multiply_adds:200, not {shown(budget)}")
    return measure, int(number[:12])


def _whole(value: object, path: str, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadStudy(path, f"must be a whole number from {low:,} to {high:,}, not {described(value)}")
    return value


def _share(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise BadStudy(path, f"must be a number from 0 to 1, not {described(value)}")
    return float(value)


def _one_of(value: object, known: Sequence[str], path: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise BadStudy(path, f"must be one of {', '.join(known)}, not {described(value)}")
    return value
