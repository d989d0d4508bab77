"""What keeps a run's numbers finite: the weights to go back to, and which networks have gone back to them, for good.

A single network stops there; a replica keeps those weights while the others are trained on. Not here: which losses are
looked at, and when (`trainer`); what is known of a divergence (`divergence`).
"""

from collections.abc import Callable

import numpy as np

from nncore.divergence import Cause, Divergence
from nncore.network import Network, NetworkTape
from nncore.tape import Array
from nncore.update import Update


class Guard:
    """Of `network`, one or replicas, whose weights and optimiser's memory `update` changes.

    `fallback` are the weights to go back to, as theta. `stopped`, (R,) or (), says which networks have; `divergences`
    say how, None for the others.
    """

    stopped: Array
    divergences: list[Divergence | None]
    some_stopped: bool

    def __init__(self, network: Network, update: Update) -> None:
        self._network, self._update = network, update
        self.fallback = network.theta.copy()
        self.forget()

    def forget(self) -> None:
        """No network is stopped."""
        self.stopped = np.zeros(self._network.lead, bool)
        self.divergences = [None] * self.stopped.size
        self.some_stopped = False

    def keep(self) -> None:
        """The weights as they are now are those to go back to."""
        np.copyto(self.fallback, self._network.theta)

    def hold_stopped(self) -> None:
        """What was just learnt is nothing to the networks that are stopped."""
        self._network.theta[self.stopped] = self.fallback[self.stopped]

    def check_values(self, finite: Array, tape: NetworkTape, epoch: int, step: int) -> Divergence | None:
        """Stop the networks whose losses are not `finite`, (R,) or (), after the pass on `tape`.

        The last one's divergence, once no network is left to train; else None.
        """
        return self._stop(
            ~finite & ~self.stopped, lambda one: self._network.first_overflow(tape, one), "values", epoch, step
        )

    def check_weights(self, epoch: int, step: int) -> Divergence | None:
        """The same for the networks whose weights or memory are not finite."""
        arrays = (self._network.theta, *self._update.memory.values())
        finite: Array = np.logical_and.reduce([np.isfinite(array) for array in arrays])

        def began(replica: int) -> int:
            """Gradients come from the end of the network: the last layer is where it began."""
            whole = finite.reshape(-1, finite.shape[-1])[replica]
            layers = (layer for layer in self._network.layers[::-1] if not whole[layer.start : layer.stop].all())
            return self._network.layers.index(next(layers, self._network.layers[0]))

        return self._stop(np.asarray(~finite.all(axis=-1)), began, "gradient", epoch, step)

    def _stop(self, lost: Array, began: Callable[[int], int], cause: Cause, epoch: int, step: int) -> Divergence | None:
        """`began` tells the layer of a replica."""
        if not lost.any():
            return None
        last = len(self._network.layers) - 1
        for replica in np.flatnonzero(lost & ~self.stopped).tolist():
            self.divergences[replica] = Divergence(epoch, step, began(replica), last, cause)
        self._network.theta[lost] = self.fallback[lost]
        for array in self._update.memory.values():
            array[lost] = 0.0
        self.stopped |= lost
        self.some_stopped = True
        return self.divergences[int(np.flatnonzero(lost)[0])] if self.stopped.all() else None
