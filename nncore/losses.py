"""Losses: what a run minimises, and the head of the network that this needs for each task (`heads`)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from nncore.errors import UnknownName
from nncore.heads import Head, HingeHead, LogitHead, PlainHead, SoftmaxHead, TanhHead, Task
from nncore.registry import Registry
from nncore.sentence import Sentence
from nncore.spec import Knob, Spec

_CANNOT_MEASURE = Sentence("refused.cannot_measure", "'{name}' cannot be used for {task}; available: {known}")


class Loss(ABC):
    """One loss with its knobs set."""

    spec: ClassVar[Spec]
    tasks: ClassVar[tuple[Task, ...]]

    @abstractmethod
    def head(self, task: Task, classes: int) -> Head:
        """The head for a task that this loss can measure (`require_task` tells)."""

    def require_task(self, task: Task, path: str) -> None:
        """Raise UnknownName, naming the losses that fit, where this one cannot measure `task`."""
        if task not in self.tasks:
            fitting = tuple(name for name in LOSSES if task in LOSSES[name].tasks)
            raise UnknownName(path, _CANNOT_MEASURE, fitting, name=self.spec.name, task=task)


LOSSES: Registry[Loss] = Registry("loss")


@LOSSES.register(
    Spec(
        name="cross_entropy",
        label="Cross-entropy",
        sentence="How surprised the network is by the right class: being sure and wrong costs most.",
        formula=r"L = -\log p_{\mathrm{class}}",
    )
)
@dataclass(frozen=True)
class CrossEntropy(Loss):
    """-log p(class), in nats: one logit for two classes, softmax for more."""

    tasks = ("classification",)

    def head(self, task: Task, classes: int) -> Head:
        return LogitHead() if classes == 2 else SoftmaxHead(classes)


@LOSSES.register(
    Spec(
        name="mse",
        label="Squared error",
        sentence="Half of the squared distance to the target; classes are the targets -1 and 1 of a tanh output.",
        formula=r"L = \frac{1}{2} (p - y)^2",
    )
)
@dataclass(frozen=True)
class SquaredError(Loss):
    """(p - y)² / 2. The half makes the gradient p - y, as in TensorFlow Playground and scikit-learn."""

    tasks = ("classification", "regression")

    def head(self, task: Task, classes: int) -> Head:
        if task == "regression":
            return PlainHead()
        return TanhHead(1 if classes == 2 else classes)


@LOSSES.register(
    Spec(
        name="hinge",
        label="Hinge",
        sentence="Asks for a margin: points that are right by enough cost nothing and teach nothing.",
        formula=r"L = \max(0, 1 - t z)",
        source="Cortes and Vapnik 1995",
    )
)
@dataclass(frozen=True)
class Hinge(Loss):
    """Σ max(0, 1 - t z), t being -1 or 1; for more than two classes one margin for each against the rest."""

    tasks = ("classification",)

    def head(self, task: Task, classes: int) -> Head:
        return HingeHead(1 if classes == 2 else classes)


@LOSSES.register(
    Spec(
        name="huber",
        label="Huber",
        sentence="Squared for small errors, straight for large ones: a few wild points do not pull everything.",
        formula=r"L = s (e - \tfrac{s}{2}), \quad s = \max(-\delta, \min(e, \delta))",
        knobs=(
            Knob(
                "delta", "Delta", "float", 0.5, 0.01, 2.0, step=0.01, sentence="Where the squared part turns straight."
            ),
        ),
        source="Huber 1964",
    )
)
@dataclass(frozen=True)
class Huber(Loss):
    """e² / 2 up to delta, then delta (|e| - delta / 2); e as for the squared error."""

    tasks = ("classification", "regression")

    delta: float = 0.5

    def head(self, task: Task, classes: int) -> Head:
        if task == "regression":
            return PlainHead(self.delta)
        return TanhHead(1 if classes == 2 else classes, self.delta)
