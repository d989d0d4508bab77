"""Losses and accuracies of several runs of a shape in one pass over all points of each.

Each has, to the bit, what its own `evaluate` gives. Not here: when they are wanted (`stack`).
"""

from collections.abc import Sequence

import numpy as np

from nncore.blocks import Looking
from nncore.evaluation import metrics
from nncore.history import Metrics
from nncore.network import Network
from nncore.tape import Tape, columns
from nncore.trainer import Trainer


class Looks:
    """Of up to `size` runs at once that are shaped like `model`."""

    def __init__(self, model: Trainer, size: int) -> None:
        own, split = model.network, model.split
        self.size = size
        self._network = Network(
            model.config, fan_in=own.layers[0].fan_in, head=own.head, replicas=size, dtype=own.dtype
        )
        total = split.inputs.shape[-1]
        self._inputs = columns((size,), split.inputs.shape[-2], total, own.dtype)
        self._looking = Looking(self._network, total)
        self._head = Tape(total, 0, own.head.units, dtype=own.dtype)

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays made so far."""
        return self._network.theta.nbytes * 2 + self._inputs.nbytes + self._looking.nbytes + self._head.nbytes

    def metrics(self, runs: Sequence[Trainer]) -> list[Metrics]:
        """How each of `runs` does now."""
        return [
            found for start in range(0, len(runs), self.size) for found in self._some(runs[start : start + self.size])
        ]

    def _some(self, runs: Sequence[Trainer]) -> list[Metrics]:
        for place in range(self.size):
            # Room that is left repeats the first, so that every number is an ordinary one.
            run = runs[place] if place < len(runs) else runs[0]
            self._network.theta[place] = run.network.theta
            self._inputs[place] = run.split.inputs
        with np.errstate(all="ignore"):
            z = self._looking.at(self._inputs).passes[-1].z
            # One after the other: so each is added up as it is alone.
            return [
                metrics(self._network.head, z[place], run.split.targets, run.split.train_count, self._head)
                for place, run in enumerate(runs)
            ]
