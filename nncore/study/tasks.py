"""Work for one process: a piece of a study, large enough to be worth sending and small enough to be lost.

A task is 32 to 256 runs of one shape of network, fewer where they are long; how a study is cut into tasks depends on
the study alone, never on who does them. `perform` never raises: what goes wrong stands in the rows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from nncore.config import Config, Seeds
from nncore.size import size_of
from nncore.study.repeats import MOST_TOGETHER, Repeats, Stop
from nncore.study.rows import Row, failed_rows, rows_of

FEWEST, MOST = 32, 256
"""Runs of a task, unless there are no more of its shape."""

WORTH = 3e8
"""Multiply-adds forward, over all points and epochs, that take a second or more."""

LONG = 100 * WORTH
"""A task is no longer than minutes, even where it then has fewer runs than FEWEST."""

PARAMETERS_TOGETHER = 2_000_000
"""Of all replicas that train in one pass, so that a task takes little memory."""

BATCHES = 1000


@dataclass(frozen=True)
class Piece:
    """Runs that differ in their seeds alone. `values` are (path, value) as the study varies them."""

    config: Config
    values: tuple[tuple[str, Any], ...]
    seeds: tuple[Seeds, ...]


@dataclass(frozen=True)
class Task:
    """The `index`-th task of a study; the first of its runs is row `first` of the study's."""

    index: int
    first: int
    pieces: tuple[Piece, ...]
    epochs: int
    stop: Stop
    bar: float

    @property
    def runs(self) -> int:
        """How many runs it has, each of which becomes a row."""
        return sum(len(piece.seeds) for piece in self.pieces)

    @property
    def rule(self) -> tuple[int, str, float]:
        """What decides on a run beside its Config."""
        return self.epochs, self.stop, self.bar


@dataclass(frozen=True)
class Done:
    """What came of a task: its rows, in order."""

    index: int
    rows: tuple[Row, ...]


TREE = 4e5
"""Multiply-adds that take as long as growing a tree of a few hundred points."""


def work_of(config: Config, epochs: int) -> float:
    """Multiply-adds forward of one run of so many epochs, or what takes as long."""
    if (forest := config.forest) is not None:
        return forest.forests * forest.folds * forest.trees * TREE * max(1, min(epochs, forest.levels))
    return max(1, size_of(config).cost.multiply_adds) * config.data.train_count * max(1, epochs)


def tasks_of(pieces: Iterable[Piece], epochs: int, stop: Stop, bar: float) -> Iterator[Task]:
    """The pieces in their order, cut or gathered into tasks."""
    index = first = 0
    for _, alike in groupby(pieces, lambda piece: _shape(piece.config)):
        for held in _gathered(alike, epochs):
            task = Task(index, first, held, epochs, stop, bar)
            yield task
            index, first = index + 1, first + task.runs


def _gathered(alike: Iterable[Piece], epochs: int) -> Iterator[tuple[Piece, ...]]:
    """Pieces of one shape, in portions of as many runs as a task has."""
    held: list[Piece] = []
    room = free = 0
    for piece in alike:
        room = room or _room(piece.config, epochs)
        seeds = piece.seeds
        while seeds:
            free = free or room
            held.append(replace(piece, seeds=seeds[:free]))
            seeds, free = seeds[free:], free - len(held[-1].seeds)
            if not free:
                yield tuple(held)
                held = []
    if held:
        yield tuple(held)


def perform(task: Task, clock: Callable[[], float]) -> Done:
    """Train all runs of a task. `clock` gives seconds. A piece that fails is rows with its error."""
    rows: list[Row] = []
    for piece in task.pieces:
        start = clock()
        try:
            outcomes = _trained(piece, task)
        # Whatever it is, a night's other runs are not to be lost for it: it stands in the row.
        except Exception as error:  # noqa: BLE001
            rows += failed_rows(piece.config, piece.values, piece.seeds, task.rule, f"{type(error).__name__}: {error}")
        else:
            rows += rows_of(piece.config, piece.values, outcomes, task.rule, clock() - start)
    return Done(task.index, tuple(rows))


def lost(task: Task, error: str) -> Done:
    """The rows of a task that nobody could do."""
    rows = [
        row for piece in task.pieces for row in failed_rows(piece.config, piece.values, piece.seeds, task.rule, error)
    ]
    return Done(task.index, tuple(rows))


def _trained(piece: Piece, task: Task) -> list[Any]:
    parameters = 1 if piece.config.forest is not None else max(1, size_of(piece.config).parameters)
    together = min(MOST_TOGETHER, max(1, PARAMETERS_TOGETHER // parameters))
    repeats = Repeats(piece.config, piece.seeds, task.epochs, bar=task.bar, together=together, stop=task.stop)
    while repeats.advance(BATCHES):
        pass
    return repeats.outcomes()


def _room(config: Config, epochs: int) -> int:
    """How many runs of such a network a task has."""
    work = work_of(config, epochs)
    return max(1, min(MOST, max(FEWEST, int(WORTH / work)), int(LONG / work)))


def _shape(config: Config) -> tuple[object, ...]:
    """Networks of one shape take equally long and equally much memory."""
    layers = tuple((layer.units, layer.neuron) for layer in config.layers)
    points = config.features, config.data.count, config.data.train_share
    return *points, layers, config.output.neuron, config.batch, config.forest
