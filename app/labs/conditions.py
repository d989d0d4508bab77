"""What a goal asks for, decided from a run's Config and its figures alone: pupil, teacher and test get one verdict.

    {"what": "test_accuracy", "at_least": 0.95}      {"what": "neurons", "only": ["square"]}

A quantity is a number with a bound, a kind is a set of names. Pure. Not here: what a lab says about it (`texts`).
"""

import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from app.labs.vocabulary import Vocabulary
from nncore.certainty import far_certainty
from nncore.config import Config
from nncore.errors import UnknownName, join
from nncore.learner import AnyLearner
from nncore.size import size_of
from nncore.spec import require_object
from nncore.tape import Array
from nncore.trainer import Trainer


class BadLab(ValueError):
    """A mistake in a lab's folder: the place and one sentence, for its author."""


@dataclass(frozen=True)
class Figures:
    """How a run stands: `epoch`, losses, shares of right answers (NaN for a regression), and whether it diverged.

    `far` is how sure it is along the edge of the plane (`nncore.certainty`), NaN where nobody asks for it.
    """

    epoch: int
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    diverged: bool = False
    far: float = math.nan
    zero_weights: float = math.nan
    """Weights that are 0 to the last digit; biases are none, and a forest has none."""


_FIGURES = frozenset(one.name for one in fields(Figures))


def figures_of(trainer: AnyLearner, asked: Container[str] | None = None) -> Figures:
    """How the one run of `trainer` stands, in what is `asked` (None: everything); certainty takes a look of its own."""
    metrics = trainer.evaluate()
    return Figures(
        trainer.epoch,
        float(metrics.train_loss),
        float(metrics.test_loss),
        math.nan if metrics.train_accuracy is None else float(metrics.train_accuracy),
        math.nan if metrics.test_accuracy is None else float(metrics.test_accuracy),
        trainer.diverged is not None,
        far_certainty(trainer) if asked is None or "far" in asked else math.nan,
        zero_weights(trainer.network.theta, trainer.network.penalized) if isinstance(trainer, Trainer) else 0,
    )


def zero_weights(theta: Array, weights: Array) -> int:
    """How many of `theta` are 0 to the last digit, where `weights` (of its shape) is 1: a bias is none."""
    return int(np.count_nonzero((theta == 0) & (weights > 0)))


def _hidden(config: Config) -> int:
    return sum(layer.units for layer in config.layers)


def _widest(config: Config) -> int:
    return max((layer.units for layer in config.layers), default=0)


def _steps(config: Config) -> int:
    """The most steps that a hidden neuron takes; 0 where none goes through steps."""
    steps = (layer.neuron.knobs.get("steps", 0) for layer in config.layers)
    return max((int(count) for count in steps if isinstance(count, int)), default=0)


QUANTITIES: Mapping[str, Callable[[Config, Figures], float]] = {
    "train_accuracy": lambda config, figures: figures.train_accuracy,
    "test_accuracy": lambda config, figures: figures.test_accuracy,
    "train_loss": lambda config, figures: figures.train_loss,
    "test_loss": lambda config, figures: figures.test_loss,
    "far": lambda config, figures: figures.far,
    "epoch": lambda config, figures: figures.epoch,
    "diverged": lambda config, figures: float(figures.diverged),
    "parameters": lambda config, figures: size_of(config).parameters,
    "layers": lambda config, figures: len(config.layers),
    "units": lambda config, figures: _hidden(config),
    "width": lambda config, figures: _widest(config),
    "features": lambda config, figures: len(config.features),
    "learning_rate": lambda config, figures: float(config.optimizer.knobs["learning_rate"]),  # type: ignore[arg-type]
    "batch": lambda config, figures: config.batch,
    "l1": lambda config, figures: config.l1,
    "l2": lambda config, figures: config.l2,
    "zero_weights": lambda config, figures: figures.zero_weights,
    "count": lambda config, figures: config.data.count,
    "steps": lambda config, figures: _steps(config),
}
"""Numbers that a goal may bound."""

KINDS: Mapping[str, Callable[[Config], list[str]]] = {
    "data": lambda config: [config.data.dataset.name],
    "neurons": lambda config: [layer.neuron.name for layer in config.layers] + [config.output.neuron.name],
    "hidden_neurons": lambda config: [layer.neuron.name for layer in config.layers],
    "output_neuron": lambda config: [config.output.neuron.name],
    "activations": lambda config: [layer.activation.name for layer in config.layers],
    "optimizer": lambda config: [config.optimizer.name],
    "inputs": lambda config: list(config.features),
}
"""Names that a goal may ask for or rule out."""

NETWORK = Vocabulary(QUANTITIES, KINDS)
"""Of labs beside the playground."""

BOUNDS = ("at_least", "at_most")
SETS = ("only", "has", "without")


@dataclass(frozen=True)
class Condition:
    """One thing that has to hold: `what`, how it is compared, and with what."""

    what: str
    how: str
    value: float | tuple[str, ...]
    vocabulary: Vocabulary = NETWORK

    @classmethod
    def from_json(cls, data: object, path: str, vocabulary: Vocabulary = NETWORK) -> "Condition":
        """Read one; raises BadLab or InputError, which name the place."""
        given = require_object(data, path)
        if "what" not in given:
            raise BadLab(f"{path}: must say what it is about; available: {', '.join(vocabulary.names)}")
        what = given["what"]
        if what not in vocabulary.names:
            raise UnknownName.of("quantity", what, vocabulary.names, join(path, "what"))
        ways = BOUNDS if what in vocabulary.quantities else SETS
        for name in given:
            if name not in ("what", *ways):
                raise BadLab(f"{join(path, name)}: does not belong here; available: what, {', '.join(ways)}")
        if len(given) != 2:
            raise BadLab(f"{path}: must have one of {', '.join(ways)}")
        how = next(name for name in given if name != "what")
        value = given[how]
        return cls(what, how, tuple(value) if isinstance(value, list) else value, vocabulary)

    @property
    def moves(self) -> bool:
        """Whether it may come to hold, or cease to, while a run goes on with the same Config."""
        return self.what in _FIGURES

    def now(self, config: Any, figures: Any) -> float | list[str]:
        """The number or the names as they are. What was set and how it stands are of its vocabulary's page."""
        if self.what in self.vocabulary.quantities:
            return self.vocabulary.quantities[self.what](config, figures)
        return list(dict.fromkeys(self.vocabulary.kinds[self.what](config)))

    def holds(self, config: Any, figures: Any) -> bool:
        """Whether it does; a number that is not there never does."""
        now = self.now(config, figures)
        if isinstance(now, list):
            assert isinstance(self.value, tuple)
            wanted = set(self.value)
            return {
                "only": bool(now) and set(now) <= wanted,
                "has": wanted <= set(now),
                "without": not wanted & set(now),
            }[self.how]
        assert not isinstance(self.value, tuple)
        if math.isnan(now):
            return False
        return now >= self.value if self.how == "at_least" else now <= self.value

    def to_json(self) -> dict[str, Any]:
        """As it was read."""
        return {"what": self.what, self.how: list(self.value) if isinstance(self.value, tuple) else self.value}


def conditions(data: Sequence[object], path: str, vocabulary: Vocabulary = NETWORK) -> tuple[Condition, ...]:
    """Every condition of a list."""
    return tuple(Condition.from_json(one, f"{path}[{index}]", vocabulary) for index, one in enumerate(data))


def all_hold(wanted: Sequence[Condition], config: Any, figures: Any) -> bool:
    """Whether every one does."""
    return all(one.holds(config, figures) for one in wanted)
