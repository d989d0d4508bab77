"""Every neuron type a second time: one unit at one point, in plain loops, from the published formulas alone.

Slow and without arrays in the arithmetic, so that it shares no mistake with nncore/neurons. Each function gives z, its
slope with respect to every input, and with respect to every parameter that the unit owns, derived by hand (for `adder`,
`binary` and `spiking`: defined by their papers). The tests add these up over points and compare.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nncore.neuron import NeuronType

Place = tuple[str, int, int]
"""A parameter's name, row and column."""
Params = dict[str, Any]


@dataclass
class Plain:
    """z of one unit at one point, and its slopes."""

    z: float
    dx: list[float]
    d: dict[Place, float] = field(default_factory=dict)


def plain(neuron: NeuronType, params: Params, x: list[float], unit: int, units: int) -> Plain:
    """What `neuron` is at the point `x`, for the row `unit` of a layer of `units`."""
    return FORMULAS[neuron.spec.name](neuron, params, x, unit, units)


def weighted(params: Params, name: str, row: int, x: list[float], first: int = 0) -> float:
    """Σ params[name][row, first + i] x_i."""
    total: float = sum(params[name][row][first + i] * x[i] for i in range(len(x)))
    return total


def linear(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, W = len(x), params["W"][unit]
    d = {("W", unit, i): x[i] for i in range(n)} | {("W", unit, n): 1.0}
    return Plain(weighted(params, "W", unit, x) + W[n], [W[i] for i in range(n)], d)


def square(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, W = len(x), params["W"][unit]
    d = {("W", unit, i): x[i] ** 2 for i in range(n)} | {("W", unit, n): 1.0}
    return Plain(sum(W[i] * x[i] ** 2 for i in range(n)) + W[n], [2 * W[i] * x[i] for i in range(n)], d)


def squared_sum(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    s = weighted(params, "W", unit, x)
    d = {("W", unit, i): 2 * s * x[i] for i in range(len(x))} | {("b", unit, 0): 1.0}
    return Plain(s**2 + params["b"][unit][0], [2 * s * params["W"][unit][i] for i in range(len(x))], d)


def product(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, one = len(x), [*x, 1.0]
    A, B = params["AB"][unit], params["AB"][units + unit]
    left, right = weighted(params, "AB", unit, one), weighted(params, "AB", units + unit, one)
    d = {("AB", unit, i): right * one[i] for i in range(n + 1)}
    d |= {("AB", units + unit, i): left * one[i] for i in range(n + 1)}
    return Plain(left * right, [A[i] * right + left * B[i] for i in range(n)], d)


def bilinear_form(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, A, W = len(x), params["A"][unit], params["W"][unit]
    z, dx, d = W[-1], [0.0] * n, {("W", unit, len(W) - 1): 1.0}
    for i in range(n):
        for k in range(n):
            z += A[i * n + k] * (x[i] * x[k])
            dx[i] += A[i * n + k] * x[k]
            dx[k] += A[i * n + k] * x[i]
            d["A", unit, i * n + k] = x[i] * x[k]
        if neuron.linear:
            z += W[i] * x[i]
            dx[i] += W[i]
            d["W", unit, i] = x[i]
    return Plain(z, dx, d)


def form_square(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, A, W = len(x), params["A"][unit], params["W"][unit]
    z, dx, d = W[n], [0.0] * n, {("W", unit, n): 1.0}
    for i in range(n):
        for k in range(n):
            z += A[i * n + k] * (x[i] * x[k])
            dx[i] += (A[i * n + k] + A[k * n + i]) * x[k]
            d["A", unit, i * n + k] = x[i] * x[k]
        z += W[i] * x[i] ** 2
        dx[i] += 2 * W[i] * x[i]
        d["W", unit, i] = x[i] ** 2
    return Plain(z, dx, d)


def fan(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, C = len(x), params["C"][unit]
    found = product(neuron, params, x, unit, units)
    found.z += sum(C[i] * x[i] ** 2 for i in range(n)) + C[n]
    found.dx = [found.dx[i] + 2 * C[i] * x[i] for i in range(n)]
    found.d |= {("C", unit, i): x[i] ** 2 for i in range(n)} | {("C", unit, n): 1.0}
    return found


def quadratic(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    return products_and_line(1, params, x, unit, units)


def low_rank(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    return products_and_line(neuron.rank, params, x, unit, units)


def products_and_line(rank: int, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, AB, C = len(x), params["AB"], params["C"][unit]
    z, dx = weighted(params, "C", unit, x) + C[n], [C[i] for i in range(n)]
    d = {("C", unit, i): x[i] for i in range(n)} | {("C", unit, n): 1.0}
    for r in range(rank):
        a, b = r * units + unit, (rank + r) * units + unit
        left, right = weighted(params, "AB", a, x), weighted(params, "AB", b, x)
        z += left * right
        for i in range(n):
            dx[i] += AB[a][i] * right + left * AB[b][i]
            d["AB", a, i], d["AB", b, i] = right * x[i], left * x[i]
    return Plain(z, dx, d)


def polynomial(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, W = len(x), params["W"][unit]
    z, dx, d = W[-1], [0.0] * n, {("W", unit, len(W) - 1): 1.0}
    for place, power in enumerate(range(1 if neuron.lower else neuron.degree, neuron.degree + 1)):
        for i in range(n):
            z += W[place * n + i] * x[i] ** power
            dx[i] += W[place * n + i] * power * x[i] ** (power - 1)
            d["W", unit, place * n + i] = x[i] ** power
    return Plain(z, dx, d)


def pi_net(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, U = len(x), params["U"]
    v, dv_dx = weighted(params, "U", unit, x), [U[unit][i] for i in range(n)]
    d = {("U", unit, i): x[i] for i in range(n)}
    for k in range(1, neuron.degree):
        row = k * units + unit
        s = weighted(params, "U", row, x)
        # v becomes s v + v = v (1 + s): every slope so far grows alike, and s brings its own.
        d = {place: slope * (s + 1) for place, slope in d.items()} | {("U", row, i): x[i] * v for i in range(n)}
        dv_dx = [dv_dx[i] * (s + 1) + U[row][i] * v for i in range(n)]
        v = v * (1 + s)
    return Plain(v + params["b"][unit][0], dv_dx, d | {("b", unit, 0): 1.0})


def sigmoid(u: float) -> float:
    return 1 / (1 + math.exp(-u))


def normal_cdf(u: float) -> float:
    return (1 + math.erf(u / math.sqrt(2))) / 2


def normal_density(u: float) -> float:
    return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)


GATES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "sigmoid": (sigmoid, lambda u: sigmoid(u) * sigmoid(-u)),
    "identity": (lambda u: u, lambda u: 1.0),
    "relu": (lambda u: max(u, 0.0), lambda u: float(u > 0)),
    "gelu": (lambda u: u * normal_cdf(u), lambda u: normal_cdf(u) + u * normal_density(u)),
    "silu": (lambda u: u / (1 + math.exp(-u)), lambda u: sigmoid(u) * (1 + u * sigmoid(-u))),
}
"""g and its derivative."""


def glu(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, one = len(x), [*x, 1.0]
    A, B = params["AB"][unit], params["AB"][units + unit]
    left, right = weighted(params, "AB", unit, one), weighted(params, "AB", units + unit, one)
    g, slope = (function(right) for function in GATES[neuron.gate])
    d = {("AB", unit, i): g * one[i] for i in range(n + 1)}
    d |= {("AB", units + unit, i): left * slope * one[i] for i in range(n + 1)}
    return Plain(left * g, [A[i] * g + left * slope * B[i] for i in range(n)], d)


def attention(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n = len(x)
    K, c, W = params["K"][unit], params["c"][unit], params["W"][unit]
    exponents = [math.exp(K[i] * x[i] + c[i]) for i in range(n)]
    p = [exponent / sum(exponents) for exponent in exponents]
    z, dx, d = params["b"][unit][0], [0.0] * n, {("b", unit, 0): 1.0}
    for i in range(n):
        z += p[i] * W[i] * x[i]
        dx[i] += p[i] * W[i]
        d["W", unit, i] = p[i] * x[i]
        # dp_k / dscore_i = p_k ([k = i] - p_i), by the quotient rule.
        by_score = sum(W[k] * x[k] * p[k] * ((1.0 if k == i else 0.0) - p[i]) for k in range(n))
        dx[i] += by_score * K[i]
        d["K", unit, i], d["c", unit, i] = by_score * x[i], by_score
    return Plain(z, dx, d)


def rbf(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, c, gamma = len(x), params["c"][unit], math.exp(params["log_gamma"][unit][0])
    distance = sum((x[i] - c[i]) ** 2 for i in range(n))
    z = math.exp(-gamma * distance)
    dx = [-2 * gamma * (x[i] - c[i]) * z for i in range(n)]
    d = {("c", unit, i): -dx[i] for i in range(n)} | {("log_gamma", unit, 0): -gamma * distance * z}
    return Plain(z, dx, d)


def adder(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    """Slopes as AdderNet defines them: equation 5 for W, 6 and 7 for x."""
    n, W, s, b = len(x), params["W"][unit], params["s"][unit][0], params["b"][unit][0]
    y = -sum(abs(x[i] - W[i]) for i in range(n))
    d = {("W", unit, i): s * (x[i] - W[i]) for i in range(n)} | {("s", unit, 0): y, ("b", unit, 0): 1.0}
    return Plain(s * y + b, [s * max(-1.0, min(1.0, W[i] - x[i])) for i in range(n)], d)


def binary(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    """Straight-through: the derivative of sign(w) is 1 where |w| ≤ 1, else 0; that of α, the mean of |w|, is plain.

    A weight of minus zero has been pruned: it has no sign and no part in the mean.
    """
    n, W = len(x), params["W"][unit]
    left = [i for i in range(n) if str(float(W[i])) != "-0.0"]
    signs = [0.0 if i not in left else 1.0 if W[i] >= 0 else -1.0 for i in range(n)]
    alpha = sum(abs(W[i]) for i in left) / max(1, len(left))
    d = {("b", unit, 0): 1.0}
    for i in range(n):
        by_sign = alpha * x[i] if abs(W[i]) <= 1 else 0.0
        by_alpha = signs[i] / max(1, len(left)) * sum(signs[k] * x[k] for k in range(n))
        d["W", unit, i] = by_sign + by_alpha
    z = alpha * sum(signs[i] * x[i] for i in range(n)) + params["b"][unit][0]
    return Plain(z, [alpha * signs[i] for i in range(n)], d)


def spiking(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    """A step at a time; each slope by the surrogate of its paper, with what a spike takes as a constant."""
    n, W = len(x), params["W"][unit]
    current = weighted(params, "W", unit, x) + W[n]
    U, S, by_current, count, slope = 0.0, 0, 0.0, 0, 0.0
    for _ in range(neuron.steps):
        left = 0.0 if neuron.reset == "zero" and S else 1.0
        U, by_current = neuron.beta * left * U + current, neuron.beta * left * by_current + 1.0
        if neuron.reset == "subtract":
            U -= S
        S = 1 if U > 1 else 0
        count += S
        v = U - 1
        by_membrane = 1 / (1 + (math.pi * v) ** 2) if neuron.surrogate == "arctan" else 1 / (25 * abs(v) + 1) ** 2
        slope += by_membrane * by_current / neuron.steps
    z, slope = (U, by_current) if neuron.output == "membrane" else (count / neuron.steps, slope)
    d = {("W", unit, i): slope * x[i] for i in range(n)} | {("W", unit, n): slope}
    return Plain(z, [slope * W[i] for i in range(n)], d)


def spline(index: int, order: int, knots: list[float], x: float) -> float:
    """The B-spline that starts at knot `index`, by Cox and de Boor's recursion."""
    if order == 0:
        return 1.0 if knots[index] <= x < knots[index + 1] else 0.0
    rising = (x - knots[index]) / (knots[index + order] - knots[index])
    falling = (knots[index + order + 1] - x) / (knots[index + order + 1] - knots[index + 1])
    return rising * spline(index, order - 1, knots, x) + falling * spline(index + 1, order - 1, knots, x)


def spline_slope(index: int, order: int, knots: list[float], x: float) -> float:
    """Its derivative, the difference of two of one order less."""
    rising = order / (knots[index + order] - knots[index]) * spline(index, order - 1, knots, x)
    falling = order / (knots[index + order + 1] - knots[index + 1]) * spline(index + 1, order - 1, knots, x)
    return rising - falling


def kan(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, W, grid, order = len(x), params["W"][unit], neuron.grid, neuron.order
    knots = [-1 + 2 * (t - order) / grid for t in range(grid + 2 * order + 1)]
    z, dx, d = W[-1], [0.0] * n, {("W", unit, len(W) - 1): 1.0}
    silu, silu_slope = GATES["silu"]
    for i in range(n):
        values = [silu(x[i]), *(spline(k, order, knots, x[i]) for k in range(grid + order))]
        slopes = [silu_slope(x[i]), *(spline_slope(k, order, knots, x[i]) for k in range(grid + order))]
        for k in range(grid + order + 1):
            z += W[k * n + i] * values[k]
            dx[i] += W[k * n + i] * slopes[k]
            d["W", unit, k * n + i] = values[k]
    return Plain(z, dx, d)


def maxout(neuron: Any, params: Params, x: list[float], unit: int, units: int) -> Plain:
    n, one = len(x), [*x, 1.0]
    rows = [piece * units + unit for piece in range(neuron.pieces)]
    heights = [weighted(params, "W", row, one) for row in rows]
    best = rows[heights.index(max(heights))]
    d = {("W", best, i): one[i] for i in range(n + 1)}
    return Plain(max(heights), [params["W"][best][i] for i in range(n)], d)


FORMULAS: dict[str, Callable[[Any, Params, list[float], int, int], Plain]] = {
    function.__name__: function
    for function in (
        linear,
        square,
        squared_sum,
        product,
        bilinear_form,
        form_square,
        fan,
        quadratic,
        low_rank,
        polynomial,
        pi_net,
        glu,
        attention,
        rbf,
        adder,
        binary,
        spiking,
        kan,
        maxout,
    )
}
