"""What learns, whatever it is: a network's `Trainer` or a forest's `Grower`, and all that is asked of either.

    learner = begin(config)         # the one that the Config describes
    data = save(learner)            # its file
    learner = load(data)            # goes on to the bit

A session, a race, a picture or a probe asks no more than `Learner` says, and so need not know which one it has. Not
here: how either learns (`trainer`, `forest.grower`), nor a file's contents (`snapshot`, `forest.saved`).
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from nncore import snapshot
from nncore.config import Config, Data
from nncore.divergence import Divergence
from nncore.errors import BadSnapshot
from nncore.forest import saved
from nncore.forest.grower import Grower
from nncore.heads import Head
from nncore.history import History, Metrics
from nncore.pieces import Pieces
from nncore.run import Run
from nncore.split import Split
from nncore.tape import Array, Shape
from nncore.trainer import Trainer


class Seen(Protocol):
    """What a layer, or a level, says of a batch."""

    @property
    def a(self) -> Array:
        """What it gives on, (units, batch)."""

    @property
    def z(self) -> Array:
        """The same before what follows the neuron."""

    @property
    def a_and_one(self) -> Array:
        """What it gives on, and a last row of ones."""


class LookTape(Protocol):
    """A pass of every layer, the last one's z being the output's."""

    @property
    def passes(self) -> Sequence[Seen]:
        """Layer by layer."""


class LookedLayer(Protocol):
    """A layer or a level."""

    @property
    def units(self) -> int:
        """How many surfaces it has."""


class Model(Protocol):
    """What one looks through."""

    @property
    def lead(self) -> Shape:
        """() for one model."""

    @property
    def head(self) -> Head:
        """The end: what turns z into predictions."""

    @property
    def layers(self) -> Sequence[LookedLayer]:
        """The output last."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of its inputs."""

    @property
    def parameter_count(self) -> int:
        """Numbers that a network has learnt; nodes of a forest's trees."""

    def tape(self, batch: int) -> Any:
        """Room for passes over `batch` columns: a LookTape."""

    def forward(self, x: Array, tape: Any) -> Array:
        """The output's z (units, batch) for inputs x (features + 1, batch), whose last row is ones."""


class Learner(Run, Protocol):
    """A run: what it is of, what one looks through, how far it has come, and what moves it on."""

    config: Config
    split: Split
    history: History
    epoch: int
    step: int
    edits: int

    @property
    def network(self) -> Model:
        """What one looks through."""

    @property
    def ready(self) -> bool:
        """Whether it moves on at once when told to: a forest may first have to load what grows trees."""

    @property
    def diverged(self) -> Divergence | None:
        """Whether and how it has lost its numbers. No forest does."""

    def reset(self) -> None:
        """Back to the beginning."""

    def evaluate(self) -> Metrics:
        """Losses and shares of right answers."""

    def forward_all(self) -> LookTape:
        """A pass of all points, training rows first."""

    def forward_all_pieces(self) -> Pieces[Any]:
        """The same in pieces: a LookTape."""

    def predict(self, points: ArrayLike) -> Array:
        """What it says of places of the plane."""

    def adopt(self, changed: Config, path: str) -> None:
        """Go on under a changed Config."""

    def take_points(self, data: Data) -> None:
        """Go on with other points."""

    def clear_divergence(self) -> None:
        """Let a run that diverged go on."""


AnyLearner = Trainer | Grower
"""Either, where something is done that the two do each in a way of their own."""


def begin(config: Config) -> AnyLearner:
    """A run of `config` from its beginning. Raises NoForests where a forest cannot be grown here."""
    return Trainer(config) if config.forest is None else Grower(config)


def save(learner: AnyLearner) -> bytes:
    """Its whole state, which `load` never refuses."""
    if isinstance(learner, Grower):
        return saved.save(learner)
    return snapshot.save(learner)


def load(data: bytes, config: Config | None = None) -> AnyLearner:
    """The run that `save` wrote, ready to go on; with `config`, under the settings there that may change.

    Raises BadSnapshot for bytes that are no snapshot, or that do not fit `config`.
    """
    if not _is_forest(data):
        return snapshot.load(data, config)
    tensors, found = snapshot.read(data)
    of_file = snapshot.fitting(found, config)
    grower = saved.load(tensors, of_file)
    if config is not None and config.data != of_file.data:
        grower.take_points(config.data)
    return grower


def _is_forest(data: bytes) -> bool:
    """Whether `data` says that it holds one; what says nothing is no forest either."""
    try:
        given = snapshot.read_body(data, snapshot.KIND).get("config")
    except BadSnapshot:
        return False
    return isinstance(given, dict) and given.get("forest") is not None
