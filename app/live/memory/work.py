"""What a memory does in its turns, whichever machine it is: a run with a picture and a checkpoint.

Pure. Not here: who plays it (`memory`), what each machine computes (`nncore.memory`).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from app.labs.memory_conditions import MemoryFigures
from nncore.errors import BadSnapshot
from nncore.sentence import Sentence
from nncore.tape import Array

ODD_STATE = Sentence("refused.odd_memory_state", "is not the state of this memory: it is damaged or of another one")

Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture holds: `body` as JSON, and arrays."""

    body: dict[str, Any]
    arrays: Arrays = field(default_factory=dict)


class Course(Protocol):
    """What goes on from step to step, as nncore has it."""

    epoch: int
    """Whole sweeps, or epochs, so far."""
    offset: int
    """Steps of the one at hand."""

    def advance(self, steps: int) -> int:
        """Go on by up to so many steps; how many were done."""

    def reset(self) -> None:
        """Back to the start."""


class Work(ABC):
    """One machine at work."""

    def __init__(self, course: Course, steps_per_epoch: int) -> None:
        self._course, self._steps_per_epoch = course, steps_per_epoch

    @property
    def epoch(self) -> int:
        """Whole sweeps, or epochs, so far."""
        return self._course.epoch

    @property
    def offset(self) -> int:
        """Steps of the one at hand."""
        return self._course.offset

    @property
    def steps_per_epoch(self) -> int:
        """Steps in a whole one."""
        return self._steps_per_epoch

    @property
    def steps_to_epoch_end(self) -> int:
        """Steps left of the one at hand."""
        return self.steps_per_epoch - self.offset

    @property
    def step(self) -> int:
        """Steps so far."""
        return self.epoch * self._steps_per_epoch + self.offset

    @property
    @abstractmethod
    def diverged(self) -> object | None:
        """Why it goes on no more, if so."""

    @property
    def finished(self) -> bool:
        """Whether it is as it will stay: never, where one may always sweep, train or dream on."""
        return False

    def advance(self, steps: int) -> int:
        """Go on by up to so many steps; how many were done."""
        return self._course.advance(steps)

    def reset(self) -> None:
        """Back to the start."""
        self._course.reset()

    @abstractmethod
    def picture(self, *, afresh: bool) -> Shown:
        """How it is now; `afresh`: nothing of it has been shown yet."""

    @abstractmethod
    def figures(self) -> MemoryFigures:
        """How it stands, for a lab's goal."""

    @abstractmethod
    def saved(self) -> Shown:
        """All that is needed, beside its link, to go on elsewhere to the bit."""

    @abstractmethod
    def restore(self, body: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        """Go on from what `saved` told, which may come from a stranger. Raises InputError."""


def counts_in(body: Mapping[str, Any], names: Sequence[str], most: int) -> list[int]:
    """The whole numbers from 0 to `most` under these names; raises BadSnapshot where one is none."""
    counts = [body.get(name) for name in names]
    if not all(type(count) is int and 0 <= count <= most for count in counts):
        raise BadSnapshot("", ODD_STATE)
    return [int(count or 0) for count in counts]


def require_arrays(arrays: Mapping[str, Array], shapes: Mapping[str, tuple[int, ...]], *, fits: bool) -> None:
    """Raise BadSnapshot unless there are just these arrays, of finite float64, and all else `fits`."""
    same = set(arrays) == set(shapes) and all(
        arrays[name].shape == shape and arrays[name].dtype == np.float64 and bool(np.isfinite(arrays[name]).all())
        for name, shape in shapes.items()
    )
    if not (same and fits):
        raise BadSnapshot("", ODD_STATE)
