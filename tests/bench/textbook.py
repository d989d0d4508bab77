"""The network as a textbook writes it: one class a layer, `@`, `+` and `mean`, a new array for every result.

The benchmarks measure against it, and it is an independent check of the real one's numbers. tanh layers, one logit,
cross-entropy, plain gradient descent; linear or quadratic neurons.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


class LinearLayer:
    """z = x W + b."""

    def __init__(self, fan_in: int, units: int, rng: np.random.Generator) -> None:
        limit = np.sqrt(6 / (fan_in + units))
        self.W = rng.uniform(-limit, limit, (fan_in, units)).astype(np.float32)
        self.b = np.zeros(units, np.float32)

    def forward(self, x: Array) -> Array:
        self.x = x
        return x @ self.W + self.b

    def backward(self, dz: Array, learning_rate: float) -> Array:
        dx = dz @ self.W.T
        dW = self.x.T @ dz / len(dz)
        db = dz.mean(axis=0)
        self.W -= learning_rate * dW
        self.b -= learning_rate * db
        return dx


class QuadraticLayer:
    """z = (x A) (x B) + x C + b."""

    def __init__(self, fan_in: int, units: int, rng: np.random.Generator) -> None:
        limit = np.sqrt(6 / (fan_in + units))
        self.A, self.B, self.C = (rng.uniform(-limit, limit, (fan_in, units)).astype(np.float32) for _ in range(3))
        self.b = np.zeros(units, np.float32)

    def forward(self, x: Array) -> Array:
        self.x = x
        self.left = x @ self.A
        self.right = x @ self.B
        return self.left * self.right + x @ self.C + self.b

    def backward(self, dz: Array, learning_rate: float) -> Array:
        d_left, d_right = dz * self.right, dz * self.left
        dx = d_left @ self.A.T + d_right @ self.B.T + dz @ self.C.T
        dA, dB, dC = self.x.T @ d_left / len(dz), self.x.T @ d_right / len(dz), self.x.T @ dz / len(dz)
        db = dz.mean(axis=0)
        self.A -= learning_rate * dA
        self.B -= learning_rate * dB
        self.C -= learning_rate * dC
        self.b -= learning_rate * db
        return dx


LAYERS = {"linear": LinearLayer, "quadratic": QuadraticLayer}


class TextbookNetwork:
    """Layers of `sizes` units, the first number being that of the inputs."""

    def __init__(self, sizes: list[int], neuron: str, rng: np.random.Generator) -> None:
        hidden, last = LAYERS[neuron], LAYERS["linear"]
        pairs = list(pairwise(sizes))
        self.layers = [hidden(n, m, rng) for n, m in pairs[:-1]] + [last(*pairs[-1], rng)]

    def forward(self, x: Array) -> Array:
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
            probability = 1 / (1 + np.exp(-z))
            losses.append(np.mean(np.maximum(z, 0) - z * target + np.log1p(np.exp(-np.abs(z)))))
            dz = probability - target
            for layer, activation in zip(reversed(self.layers[1:]), reversed(self.activations), strict=True):
                dz = layer.backward(dz, learning_rate) * (1 - activation**2)
            self.layers[0].backward(dz, learning_rate)
        return float(np.mean(losses))
