"""A network as a textbook writes it: a list of layers, tanh between them, one logit, cross-entropy, gradient descent.

The benchmarks measure against it, and it is an independent check of the real one's numbers.
"""

from itertools import pairwise

import numpy as np

from tests.bench.textbook_neurons import LAYERS, Array


class TextbookNetwork:
    """Layers of `sizes` units, the first number being that of the inputs; the last layer is linear."""

    def __init__(self, sizes: list[int], neuron: str, rng: np.random.Generator) -> None:
        hidden, last = LAYERS[neuron], LAYERS["linear"]
        pairs = list(pairwise(sizes))
        self.layers = [hidden(n, m, rng) for n, m in pairs[:-1]] + [last(*pairs[-1], rng)]

    def forward(self, x: Array) -> Array:
        """z of the output layer (batch, 1) for x (batch, n)."""
        self.activations = []
        for layer in self.layers[:-1]:
            x = np.tanh(layer.forward(x))
            self.activations.append(x)
        return self.layers[-1].forward(x)

    def train_epoch(self, x: Array, y: Array, batch: int, learning_rate: float, rng: np.random.Generator) -> float:
        """One epoch in random order; the mean loss of its batches."""
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            z, target = self.forward(x[rows]), y[rows][:, None]
            losses.append(np.mean(np.maximum(z, 0) - z * target + np.log1p(np.exp(-np.abs(z)))))
            dx = self.layers[-1].backward(1 / (1 + np.exp(-z)) - target)
            for layer, activation in zip(reversed(self.layers[:-1]), reversed(self.activations), strict=True):
                dx = layer.backward(dx * (1 - activation**2))
            for layer in self.layers:
                layer.update(learning_rate)
        return float(np.mean(losses))
