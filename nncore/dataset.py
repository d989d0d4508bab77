"""What a dataset is: the contract that every file in `datasets` fulfils.

Points lie in the square [-1, 1]², drawn from the given `rng` alone.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncore.heads import Task
from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array


@dataclass(frozen=True, slots=True)
class Sample:
    """Points `x` (n, 2) and their `target` (n,): class numbers from 0, or values. `classes` is 0 for regression."""

    x: Array
    target: Array
    task: Task
    classes: int


class Dataset(ABC):
    """One rule for drawing points, with its knobs set. Subclasses are frozen dataclasses whose fields are their
    knobs.
    """

    spec: ClassVar[Spec]

    difficulty: ClassVar[int] = 10
    """From 1, where one straight line or one linear neuron is enough; menus begin with the easiest of each task."""

    @property
    def task(self) -> Task:
        """Whether targets are class numbers or values."""
        return "classification"

    @property
    def classes(self) -> int:
        """How many classes there are; 0 for regression."""
        return 2 if self.task == "classification" else 0

    @property
    def fixed_count(self) -> int | None:
        """How many points there are, where that is not for a Config to choose; None where it is."""
        return None

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called, where they have names of their own: as many as classes, or none."""
        return ()

    @abstractmethod
    def draw(self, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
        """`count` points (count, 2) without noise, and their targets (count,)."""

    def order(self, count: int, rng: np.random.Generator) -> Array:
        """A permutation of the points; those first in it are for training."""
        return rng.permutation(count)

    def sample(self, count: int, noise: float, rng: np.random.Generator) -> Sample:
        """`count` points, each then moved by a normal step of standard deviation `noise`. Targets stay as drawn."""
        x, target = self.draw(count, rng)
        moved = x + noise * rng.standard_normal(x.shape)
        return Sample(moved, target, self.task, self.classes)


DATASETS: Registry[Dataset] = Registry("dataset")


def shares(count: int, parts: int) -> Array:
    """Which of `parts` each of `count` points belongs to, in equal shares: 0, 1, ..., 0, 1, ..."""
    return np.arange(count) % parts
