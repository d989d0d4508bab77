"""Random streams side by side, one for each replica, drawn from as if they were one.

Each gives its replica what it would give a run alone, to the bit. Not here: which streams a run has (`trainer`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nncore.tape import Array


class Streams:
    """R generators with those methods of NumPy's that training draws by; what they give has a first axis of R."""

    def __init__(self, rngs: Sequence[np.random.Generator]) -> None:
        self.rngs = tuple(rngs)

    def permutation(self, count: int) -> Array:
        """An order of `count` things for each, (R, count)."""
        return np.stack([rng.permutation(count) for rng in self.rngs])

    def random(self, size: tuple[int, ...] = (), dtype: DTypeLike = np.float64, out: Array | None = None) -> Array:
        """Numbers from 0 to 1: of shape `size`, whose first axis is R; or into `out`, where R is the second axis."""
        if out is None:
            return np.stack([rng.random(size[1:], dtype) for rng in self.rngs])  # type: ignore[arg-type]  # a float
        for replica, rng in enumerate(self.rngs):
            out[:, replica] = rng.random(out[:, replica].shape, out.dtype.type)
        return out

    @property
    def bit_generator(self) -> "Streams":
        """What holds the `state`."""
        return self

    @property
    def state(self) -> dict[str, Any]:
        """Nothing: replicas are not saved, nor taken up again after all of them have diverged."""
        return {}

    @state.setter
    def state(self, state: dict[str, Any]) -> None:
        assert not state, "replicas' streams are not set"


class Rewindable(Streams):
    """Streams that can be taken back to where they were at `begin`; where nothing is drawn, this costs nothing."""

    def __init__(self, rngs: Sequence[np.random.Generator]) -> None:
        self.begin(rngs)

    def begin(self, rngs: Sequence[np.random.Generator]) -> None:
        """Draw from these from now on."""
        super().__init__(rngs)
        self._begun: list[Any] = []

    def random(self, size: tuple[int, ...] = (), dtype: DTypeLike = np.float64, out: Array | None = None) -> Array:
        """See `Streams.random`."""
        if not self._begun:
            self._begun = [rng.bit_generator.state for rng in self.rngs]
        return super().random(size, dtype, out)

    def rewind(self) -> None:
        """Nothing has been drawn since `begin`."""
        for rng, state in zip(self.rngs, self._begun, strict=False):
            rng.bit_generator.state = state
        self._begun = []
