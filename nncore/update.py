"""What one batch does to a network's weights: its gradient, penalties, the optimiser's step, the bounds of a kind.

Of one network, of replicas, or of runs in a stack: all that differs is the `Step`. Not here: which batch, and what
becomes of a run whose numbers are no longer finite (`trainer`, `stack`).
"""

import math

import numpy as np

from nncore.config import Config
from nncore.network import Network, NetworkTape
from nncore.optimizers import OPTIMIZERS, Memory, Optimizer, Step
from nncore.penalties import clip, penalize, prune
from nncore.tape import Array


class Update:
    """Of `network`, by the optimiser and the penalties that it is tuned to."""

    optimizer: Optimizer
    memory: Memory
    """What the optimiser remembers: arrays like theta."""

    def __init__(self, network: Network, step: Step) -> None:
        """`step` is to hold, whenever it learns, the number of the step and the rate."""
        self.step = step
        self._network = network
        self._before = np.empty_like(network.theta)

    def tune(self, config: Config) -> None:
        """Learn by the settings of `config` from now on; its optimiser is the one that it was, or `forget` is next."""
        self._config = config
        self.optimizer = config.optimizer.build(OPTIMIZERS)

    def forget(self) -> None:
        """Let the optimiser start afresh."""
        self.memory = self.optimizer.memory(self._network.theta)
        # A product with theta is finite only where both are: one call tells of all that is kept.
        theta = self._network.theta.reshape(-1)
        self._dot_theta = theta.dot
        self._last_memory = self.memory[self.optimizer.slots[-1]].reshape(-1) if self.optimizer.slots else theta

    def learn(self, losses: Array, z: Array, target: Array, tape: NetworkTape) -> None:
        """Make the step, of a batch whose `losses` the head has just given for `z`, the end of a forward pass."""
        config, network, optimizer, step = self._config, self._network, self.optimizer, self.step
        theta = network.theta
        network.head.gradient(losses, z, target, tape.dz, tape.head)
        network.backward(tape)
        network.rescale()
        if config.l1 or config.l2:
            penalize(network.grad, theta, network.penalized, 0.0 if config.prune else config.l1, config.l2)
        if config.clip:
            clip(network.grad, config.clip)
        if config.prune:
            np.copyto(self._before, theta)
        if optimizer.weight_decay:
            optimizer.decay(theta, network.penalized, step)
        optimizer.update(theta, network.grad, self.memory, step)
        if config.prune:
            prune(theta, self._before, network.penalized, step.rate_times(config.l1))
        network.constrain()

    def is_finite(self) -> bool:
        """Whether weights and memory are, told by one product; it may be wrong where it says that they are not."""
        return math.isfinite(self._dot_theta(self._last_memory))
