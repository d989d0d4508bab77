"""A state that falls into a valley of a Hopfield network, one unit after the other.

An epoch is a sweep: every unit once, in an order of its own that depends on the seed and the sweep alone, so a recall
can be cut into any turns. It is over when a whole sweep has changed nothing. Not here: the rule (`hopfield`).
"""

import numpy as np

from nncore.memory.hopfield import Hopfield
from nncore.tape import Array

STILL = 1e-3
"""A change of a unit from -1 to 1 that counts as none: the modern rule comes ever closer."""

MOST_SWEEPS = 200
"""Where it is over in any case: a handful is usual."""


class Recall:
    """One state of `network`, beginning at `start` (N,)."""

    def __init__(self, network: Hopfield, start: Array, seed: int) -> None:
        self.network = network
        self.start = start
        self.seed = seed
        self.reset()

    def reset(self) -> None:
        """Back to the start."""
        self.state = self.start.copy()
        self.epoch = self.offset = 0
        self.units = self.network.units
        self.changed = 0
        """Units that the sweep at hand has changed."""
        self.last = -1
        """The unit that was updated last; -1 before the first."""
        self.over = False
        self.energies = [float(self.network.energy(self.state))]
        """The energy at the start, and after every update."""
        self._order = self._orders(0)

    def advance(self, steps: int) -> int:
        """Update up to `steps` units; how many were."""
        done = 0
        while done < steps and not self.over:
            self._update(int(self._order[self.offset]))
            done += 1
        return done

    def restore(self, state: Array, epoch: int, offset: int, changed: int, energies: list[float]) -> None:
        """Go on from where another one of the same start and seed was."""
        self.state = state.copy()
        self.epoch, self.offset, self.changed, self.energies = epoch, offset, changed, list(energies)
        self.over = (epoch > 0 and offset == 0 and changed == 0) or epoch >= MOST_SWEEPS
        self._order = self._orders(epoch)
        self.last = int(self._order[offset - 1]) if offset else -1

    def _update(self, unit: int) -> None:
        if self.offset == 0:
            self.changed = 0
        before = self.state[unit]
        after = self.network.wanted(self.state, unit)
        self.state[unit], self.last = after, unit
        if abs(after - before) > STILL:
            self.changed += 1
        # Most updates change nothing, and the energy costs as much as all of them.
        self.energies.append(self.energies[-1] if after == before else float(self.network.energy(self.state)))
        self.offset += 1
        if self.offset == self.units:
            self.epoch, self.offset = self.epoch + 1, 0
            self.over = self.changed == 0 or self.epoch >= MOST_SWEEPS
            self._order = self._orders(self.epoch)

    def _orders(self, sweep: int) -> Array:
        return np.random.default_rng([self.seed, sweep]).permutation(self.network.units)
