"""Every neuron type as a textbook would write it: `@`, `+` and `mean`, one point a row, a new array for every result.

Only what the benchmarks compare with, at the default knobs. The gradient of a batch is the mean over its points.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Arrays = dict[str, Array]


class Layer:
    """One layer: parameters `p`, gradients `g`."""

    biased = True
    letters = "W"

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        limit = np.sqrt(6 / (n + m))
        self.p: Arrays = {x: rng.uniform(-limit, limit, (n, m)).astype(np.float32) for x in self.letters}
        if self.biased:
            self.p["b"] = np.zeros(m, np.float32)
        self.g: Arrays = {}

    def forward(self, x: Array) -> Array:
        raise AssertionError("a layer has a forward pass")

    def backward(self, dz: Array) -> Array:
        raise AssertionError("a layer has a backward pass")

    def update(self, learning_rate: float) -> None:
        for name, gradient in self.g.items():
            self.p[name] = self.p[name] - learning_rate * gradient

    def keep(self, dz: Array, **gradients: Array) -> None:
        """Gradients of weights come as sums over the batch; that of b is the mean of dz."""
        self.g = {name: gradient / len(dz) for name, gradient in gradients.items()}
        if self.biased:
            self.g["b"] = dz.mean(axis=0)


class Linear(Layer):
    def forward(self, x: Array) -> Array:
        self.x = x
        return x @ self.p["W"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        self.keep(dz, W=self.x.T @ dz)
        return dz @ self.p["W"].T


class Square(Layer):
    def forward(self, x: Array) -> Array:
        self.x = x
        return x**2 @ self.p["W"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        self.keep(dz, W=(self.x**2).T @ dz)
        return 2 * self.x * (dz @ self.p["W"].T)


class SquaredSum(Layer):
    def forward(self, x: Array) -> Array:
        self.x, self.total = x, x @ self.p["W"]
        return self.total**2 + self.p["b"]

    def backward(self, dz: Array) -> Array:
        d_total = 2 * self.total * dz
        self.keep(dz, W=self.x.T @ d_total)
        return d_total @ self.p["W"].T


class Product(Layer):
    letters, biased = "AB", False

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p |= {"a": np.zeros(m, np.float32), "b": np.zeros(m, np.float32)}

    def forward(self, x: Array) -> Array:
        self.x, self.left, self.right = x, x @ self.p["A"] + self.p["a"], self.gate(x @ self.p["B"] + self.p["b"])
        return self.left * self.right

    def backward(self, dz: Array) -> Array:
        d_left, d_right = dz * self.right, dz * self.left * self.gate_slope()
        self.keep(dz, A=self.x.T @ d_left, B=self.x.T @ d_right)
        self.g |= {"a": d_left.mean(axis=0), "b": d_right.mean(axis=0)}
        return d_left @ self.p["A"].T + d_right @ self.p["B"].T

    def gate(self, z: Array) -> Array:
        return z

    def gate_slope(self) -> Array | float:
        return 1.0


class Glu(Product):
    def gate(self, z: Array) -> Array:
        return 1 / (1 + np.exp(-z))

    def gate_slope(self) -> Array:
        return self.right * (1 - self.right)


class Quadratic(Layer):
    letters = "ABC"

    def forward(self, x: Array) -> Array:
        self.x, self.left, self.right = x, x @ self.p["A"], x @ self.p["B"]
        return self.left * self.right + x @ self.p["C"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        d_left, d_right = dz * self.right, dz * self.left
        self.keep(dz, A=self.x.T @ d_left, B=self.x.T @ d_right, C=self.x.T @ dz)
        return d_left @ self.p["A"].T + d_right @ self.p["B"].T + dz @ self.p["C"].T


class Fan(Product):
    letters = "ABC"

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p["c"] = np.zeros(m, np.float32)

    def forward(self, x: Array) -> Array:
        return super().forward(x) + x**2 @ self.p["C"] + self.p["c"]

    def backward(self, dz: Array) -> Array:
        dx = super().backward(dz)
        self.g |= {"C": (self.x**2).T @ dz / len(dz), "c": dz.mean(axis=0)}
        return dx + 2 * self.x * (dz @ self.p["C"].T)


class LowRank(Layer):
    letters = "ABDEC"

    def forward(self, x: Array) -> Array:
        self.x = x
        self.sums = [(x @ self.p[a], x @ self.p[b]) for a, b in ("AB", "DE")]
        return sum(left * right for left, right in self.sums) + x @ self.p["C"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        gradients, dx = {"C": self.x.T @ dz}, dz @ self.p["C"].T
        for (a, b), (left, right) in zip((("A", "B"), ("D", "E")), self.sums, strict=True):
            gradients |= {a: self.x.T @ (dz * right), b: self.x.T @ (dz * left)}
            dx = dx + (dz * right) @ self.p[a].T + (dz * left) @ self.p[b].T
        self.keep(dz, **gradients)
        return dx


class BilinearForm(Layer):
    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p["A"] = rng.uniform(-0.3, 0.3, (m, n, n)).astype(np.float32)

    def forward(self, x: Array) -> Array:
        self.x = x
        return np.einsum("bi,jik,bk->bj", x, self.p["A"], x) + self.rest(x) @ self.p["W"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        self.keep(dz, W=self.rest(self.x).T @ dz, A=np.einsum("bj,bi,bk->jik", dz, self.x, self.x))
        both = self.p["A"] + self.p["A"].transpose(0, 2, 1)
        return np.einsum("bj,jik,bk->bi", dz, both, self.x) + self.rest_slope() * (dz @ self.p["W"].T)

    def rest(self, x: Array) -> Array:
        return x

    def rest_slope(self) -> Array | float:
        return 1.0


class FormSquare(BilinearForm):
    def rest(self, x: Array) -> Array:
        return x**2

    def rest_slope(self) -> Array:
        return 2 * self.x


class Polynomial(Layer):
    letters = "UVW"

    def forward(self, x: Array) -> Array:
        self.x = x
        return x @ self.p["U"] + x**2 @ self.p["V"] + x**3 @ self.p["W"] + self.p["b"]

    def backward(self, dz: Array) -> Array:
        x = self.x
        self.keep(dz, U=x.T @ dz, V=(x**2).T @ dz, W=(x**3).T @ dz)
        return dz @ self.p["U"].T + 2 * x * (dz @ self.p["V"].T) + 3 * x**2 * (dz @ self.p["W"].T)


class PiNet(Layer):
    letters = "UVW"

    def forward(self, x: Array) -> Array:
        self.x, self.first, self.second, self.third = x, x @ self.p["U"], x @ self.p["V"], x @ self.p["W"]
        self.v2 = self.second * self.first + self.first
        return self.third * self.v2 + self.v2 + self.p["b"]

    def backward(self, dz: Array) -> Array:
        d_third, d_v2 = dz * self.v2, dz * (self.third + 1)
        d_second, d_first = d_v2 * self.first, d_v2 * (self.second + 1)
        self.keep(dz, U=self.x.T @ d_first, V=self.x.T @ d_second, W=self.x.T @ d_third)
        return d_first @ self.p["U"].T + d_second @ self.p["V"].T + d_third @ self.p["W"].T


class Attention(Layer):
    letters = "KCW"

    def forward(self, x: Array) -> Array:
        self.x = x[:, :, None]
        scores = self.p["K"] * self.x + self.p["C"]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.shares = shares / shares.sum(axis=1, keepdims=True)
        self.values = self.p["W"] * self.x
        return (self.shares * self.values).sum(axis=1) + self.p["b"]

    def backward(self, dz: Array) -> Array:
        d_values = self.shares * dz[:, None, :]
        d_shares = self.values * dz[:, None, :]
        d_scores = self.shares * (d_shares - (self.shares * d_shares).sum(axis=1, keepdims=True))
        sums = {"K": (d_scores * self.x).sum(axis=0), "C": d_scores.sum(axis=0), "W": (d_values * self.x).sum(axis=0)}
        self.keep(dz, **sums)
        return (d_scores * self.p["K"] + d_values * self.p["W"]).sum(axis=2)


class Rbf(Layer):
    biased = False

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p["log_gamma"] = np.zeros(m, np.float32)

    def forward(self, x: Array) -> Array:
        self.away = x[:, :, None] - self.p["W"]
        self.distance = (self.away**2).sum(axis=1)
        self.z = np.exp(-np.exp(self.p["log_gamma"]) * self.distance)
        return self.z

    def backward(self, dz: Array) -> Array:
        gamma = np.exp(self.p["log_gamma"])
        d_distance = -gamma * self.z * dz
        d_away = 2 * self.away * d_distance[:, None, :]
        self.keep(dz, W=-d_away.sum(axis=0), log_gamma=(d_distance * self.distance).sum(axis=0))
        return d_away.sum(axis=2)


class Adder(Layer):
    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p["s"] = np.ones(m, np.float32)

    def forward(self, x: Array) -> Array:
        self.away = x[:, :, None] - self.p["W"]
        self.distance = np.abs(self.away).sum(axis=1)
        return self.p["b"] - self.p["s"] * self.distance

    def backward(self, dz: Array) -> Array:
        dy = dz * self.p["s"]
        dW = (self.away * dy[:, None, :]).sum(axis=0)
        self.keep(dz, W=dW, s=-(dz * self.distance).sum(axis=0))
        self.g["W"] = 0.1 * np.sqrt(dW.size) * dW / np.linalg.norm(dW)
        return -(np.clip(self.away, -1, 1) * dy[:, None, :]).sum(axis=2)


class Binary(Layer):
    def forward(self, x: Array) -> Array:
        self.x, self.sign, self.alpha = x, np.sign(self.p["W"]), np.abs(self.p["W"]).mean(axis=0)
        return x @ (self.alpha * self.sign) + self.p["b"]

    def backward(self, dz: Array) -> Array:
        G = self.x.T @ dz
        self.keep(dz, W=self.alpha * (np.abs(self.p["W"]) <= 1) * G + self.sign * (G * self.sign).mean(axis=0))
        return dz @ (self.alpha * self.sign).T

    def update(self, learning_rate: float) -> None:
        super().update(learning_rate)
        self.p["W"] = np.clip(self.p["W"], -1, 1)


class Spiking(Layer):
    steps, beta = 25, 0.95

    def forward(self, x: Array) -> Array:
        self.x, current = x, x @ self.p["W"] + self.p["b"]
        membrane, spikes, self.membranes = np.zeros_like(current), np.zeros_like(current), []
        fired = np.zeros_like(current)
        for _ in range(self.steps):
            membrane = self.beta * membrane + current - spikes
            spikes = np.where(membrane > 1, np.ones_like(membrane), 0)
            fired += spikes
            self.membranes.append(membrane)
        return fired / self.steps

    def backward(self, dz: Array) -> Array:
        slope, gathered = np.zeros_like(dz), 0.0
        for membrane in self.membranes:
            gathered = 1 + self.beta * gathered
            slope += gathered / (1 + (np.pi * (membrane - 1)) ** 2) / self.steps
        dz = dz * slope
        self.keep(dz, W=self.x.T @ dz)
        return dz @ self.p["W"].T


class Maxout(Layer):
    biased = False

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        self.p = {"W": rng.uniform(-0.5, 0.5, (3, n, m)).astype(np.float32), "b": np.zeros((3, m), np.float32)}
        self.g = {}

    def forward(self, x: Array) -> Array:
        self.x = x
        pieces = np.stack([x @ W + b for W, b in zip(self.p["W"], self.p["b"], strict=True)])
        self.winner = pieces.argmax(axis=0)
        return pieces.max(axis=0)

    def backward(self, dz: Array) -> Array:
        parts = [dz * (self.winner == piece) for piece in range(3)]
        self.g = {
            "W": np.stack([self.x.T @ part / len(dz) for part in parts]),
            "b": np.stack([part.mean(axis=0) for part in parts]),
        }
        return sum(part @ W.T for part, W in zip(parts, self.p["W"], strict=True))


class Kan(Layer):
    """Cox and de Boor's recursion, as it stands in the books."""

    grid, order = 5, 3

    def __init__(self, n: int, m: int, rng: np.random.Generator) -> None:
        super().__init__(n, m, rng)
        self.p["c"] = rng.normal(0, 0.1, (n, self.grid + self.order, m)).astype(np.float32)
        step = 2 / self.grid
        self.knots = -1 + step * np.arange(-self.order, self.grid + self.order + 1)

    def forward(self, x: Array) -> Array:
        self.x, self.sigmoid = x, 1 / (1 + np.exp(-x))
        self.bases = self.splines(x, self.order)
        return x * self.sigmoid @ self.p["W"] + np.einsum("bik,ikj->bj", self.bases, self.p["c"]) + self.p["b"]

    def backward(self, dz: Array) -> Array:
        x, sigmoid = self.x, self.sigmoid
        self.keep(dz, W=(x * sigmoid).T @ dz, c=np.einsum("bik,bj->ikj", self.bases, dz))
        lower = self.splines(x, self.order - 1) * self.grid / 2
        slopes = lower[:, :, :-1] - lower[:, :, 1:]
        d_base = sigmoid * (1 + x * (1 - sigmoid))
        return d_base * (dz @ self.p["W"].T) + np.einsum("bj,ikj,bik->bi", dz, self.p["c"], slopes)

    def splines(self, x: Array, order: int) -> Array:
        x, t = x[:, :, None], self.knots
        bases: Array = ((x >= t[:-1]) & (x < t[1:])).astype(np.float32)
        for k in range(1, order + 1):
            left = (x - t[: -k - 1]) / (t[k:-1] - t[: -k - 1]) * bases[:, :, :-1]
            right = (t[k + 1 :] - x) / (t[k + 1 :] - t[1:-k]) * bases[:, :, 1:]
            bases = left + right
        return bases


LAYERS: dict[str, type[Layer]] = {
    "linear": Linear,
    "square": Square,
    "squared_sum": SquaredSum,
    "product": Product,
    "bilinear_form": BilinearForm,
    "form_square": FormSquare,
    "fan": Fan,
    "quadratic": Quadratic,
    "low_rank": LowRank,
    "polynomial": Polynomial,
    "pi_net": PiNet,
    "glu": Glu,
    "attention": Attention,
    "rbf": Rbf,
    "adder": Adder,
    "binary": Binary,
    "spiking": Spiking,
    "kan": Kan,
    "maxout": Maxout,
}
