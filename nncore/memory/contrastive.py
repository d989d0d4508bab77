"""A Boltzmann machine that learns by contrastive divergence, batch by batch, or dreams on what it has learnt.

Which batch comes when, and every draw, follow from the seed and the step alone: it can be cut into any turns. Not here:
the machine itself (`boltzmann`).
"""

from dataclasses import dataclass

import numpy as np

from nncore.memory.boltzmann import Boltzmann, sampled
from nncore.tape import Array

DREAMS = 12
"""Chains that dream side by side."""

DREAM_STEPS = 10
"""Gibbs steps that count as long as an epoch does while it dreams."""

ORDER, DRAWS, START, CHAINS = range(4)
"""What a stream of random numbers is for."""


@dataclass(frozen=True)
class Recipe:
    """`k` Gibbs steps a batch; `decay` pulls weights, not biases, towards 0."""

    hidden: int = 32
    k: int = 1
    rate: float = 0.1
    momentum: float = 0.5
    decay: float = 0.0002
    batch: int = 20


class Contrastive:
    """Learns `data` (n, V) of 0 and 1 by this recipe."""

    def __init__(self, data: Array, recipe: Recipe, seed: int) -> None:
        self.data, self.recipe, self.seed = data, recipe, seed
        self.batches = -(-len(data) // recipe.batch)
        self.reset()

    def reset(self) -> None:
        """Nothing learnt, nothing dreamt."""
        self.machine = Boltzmann.fresh(self.data, self.recipe.hidden, self._stream(START, 0))
        machine = self.machine
        self.velocity = [np.zeros_like(one) for one in (machine.w, machine.a, machine.b)]
        self.epoch = self.offset = 0
        self.dreamt = 0
        """Gibbs steps of the chains so far."""
        self.dreaming = False
        self.chains = sampled(np.full((DREAMS, self.data.shape[1]), 0.5), self._stream(CHAINS, 0))
        self.seen = self.chains
        """The chains' visible units as probabilities, which show more than what was drawn of them."""
        self._order = self._orders(0)

    @property
    def parameters(self) -> list[Array]:
        """W, a and b."""
        return [self.machine.w, self.machine.a, self.machine.b]

    @property
    def step(self) -> int:
        """Batches so far."""
        return self.epoch * self.batches + self.offset

    def advance(self, steps: int) -> int:
        """Learn up to `steps` batches, or dream as many steps; how many were."""
        for _ in range(steps):
            if self.dreaming:
                self.dream()
            else:
                self._learn()
        return steps

    def dream(self) -> None:
        """One Gibbs step of every chain; the weights rest."""
        rng = self._stream(CHAINS, self.dreamt + 1)
        machine = self.machine
        self.seen = machine.visible(sampled(machine.hidden(self.chains), rng))
        self.chains = sampled(self.seen, rng)
        self.dreamt += 1

    def wake(self) -> None:
        """Chains begin again from noise."""
        self.dreamt = 0
        self.seen = self.chains = sampled(np.full(self.chains.shape, 0.5), self._stream(CHAINS, 0))

    def continue_at(self, epoch: int, offset: int) -> None:
        """Parameters and velocity are those of this moment."""
        self.epoch, self.offset, self._order = epoch, offset, self._orders(epoch)

    def _learn(self) -> None:
        recipe, machine = self.recipe, self.machine
        some = self._order[self.offset * recipe.batch : (self.offset + 1) * recipe.batch]
        gradient = machine.divergence(self.data[some], recipe.k, self._stream(DRAWS, self.step))
        decays = (recipe.decay, 0.0, 0.0)
        for value, speed, slope, decay in zip(self.parameters, self.velocity, gradient, decays, strict=True):
            speed *= recipe.momentum
            speed += recipe.rate * (slope - decay * value)
            value += speed
        self.offset += 1
        if self.offset == self.batches:
            self.continue_at(self.epoch + 1, 0)

    def _orders(self, epoch: int) -> Array:
        return self._stream(ORDER, epoch).permutation(len(self.data))

    def _stream(self, purpose: int, moment: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, purpose, moment])
