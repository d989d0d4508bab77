"""What kinds and activations declare is what counting their published formulas gives, operation by operation."""

import math
from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS, Activation
from nncore.config import Config
from nncore.cost import Cost
from nncore.layer_norm import LayerNorm
from nncore.network import Network
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.tape import Tape
from nncore.unbiased import without_bias
from tests.nncore import plain_activations, plain_neurons
from tests.nncore.counting import NOTHING, Counted, CountedMath, compared, cost_of, given, weight, where
from tests.nncore.variants import every_variant

SIZES = ((1, 1), (2, 1), (2, 5), (3, 4))
DECLARED = [neuron for neuron in every_variant(NEURONS) if neuron.spec.name in plain_neurons.FORMULAS]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain formulas with numbers that count."""
    for module in (plain_neurons, plain_activations):
        monkeypatch.setattr(module, "math", CountedMath())
        monkeypatch.setattr(module, "max", compared(max), raising=False)
        monkeypatch.setattr(module, "min", compared(min), raising=False)
    monkeypatch.setattr(plain_activations, "where", where)
    monkeypatch.setitem(plain_neurons.FORMULAS, "kan", kan_by_moved_curves)
    monkeypatch.setitem(plain_neurons.FORMULAS, "spiking", spiking_by_spikes_that_count)


def kan_by_moved_curves(neuron: Any, params: Any, x: list[Any], unit: int, units: int) -> plain_neurons.Plain:
    """`kan` by the formula in its docstring: every spline is one curve, moved."""
    n, W, grid, order = len(x), params["W"][unit], neuron.grid, neuron.order
    z = W[-1]
    for i in range(n):
        values = [plain_neurons.GATES["silu"][0](x[i])]
        for k in range(grid + order):
            v = abs(x[i] * (grid / 2) - (k - (grid + order - 1) / 2))
            values.append(curve(v, order))
        z += sum(W[k * n + i] * values[k] for k in range(len(values)))
    return plain_neurons.Plain(z, [])


def spiking_by_spikes_that_count(neuron: Any, params: Any, x: list[Any], unit: int, units: int) -> plain_neurons.Plain:
    """`spiking` with spikes that are numbers: each is a comparison of the membrane with 1, and emptying it is none."""
    current = plain_neurons.weighted(params, "W", unit, x) + params["W"][unit][len(x)]
    beta, U = weight(neuron.beta), current
    fired: list[Any] = []
    for step in range(neuron.steps):
        if step:
            S = fired[-1]
            kept = Counted.of(0.0 if S.value else U.value, "emptied", U, S) if neuron.reset == "zero" else U
            U = beta * kept + current
            if neuron.reset == "subtract":
                U = U - S
        fired.append(Counted.of(float(U.value > 1), "compare", U))
    return plain_neurons.Plain(sum(fired) / neuron.steps if neuron.output == "rate" else U, [])


def curve(v: Any, order: int) -> Any:
    """B(v), each power with one factor, (-1)^m C(k + 1, m) / k!."""
    total: Any = 0
    for m in range(math.ceil((order + 1) / 2)):
        factor = (-1) ** m * math.comb(order + 1, m) / math.factorial(order)
        total += getattr(plain_neurons, "max", max)(0.0, (order + 1) / 2 - m - v) ** order * factor
    return total


def counted_cost(neuron: NeuronType, fan_in: int, units: int, *, biased: bool, seed: int = 0) -> Cost:
    """By the plain loops, over all units of a layer at one point."""
    rng = np.random.default_rng(seed)
    params: dict[str, Any] = {}
    for name, parameter in neuron.parameters(fan_in, units).items():
        rows = [[weight(float(value)) for value in row] for row in rng.normal(0, 0.7, parameter.shape)]
        if not biased and parameter.bias == "all":
            rows = [[NOTHING] * len(row) for row in rows]
        elif not biased and parameter.bias == "last_column":
            rows = [[*row[:-1], NOTHING] for row in rows]
        params[name] = rows
    x: Any = [given(float(value)) for value in rng.normal(size=fan_in)]
    z: list[Any] = [plain_neurons.plain(neuron, params, x, unit, units).z for unit in range(units)]
    if neuron.spec.name == "binary":
        # Units with the same signs have the same sum: that is chance, not the kind's.
        return sum((cost_of([one]) for one in z), Cost())
    return cost_of(z)


@pytest.mark.parametrize("neuron", DECLARED, ids=str)
@pytest.mark.parametrize(("fan_in", "units"), SIZES)
@pytest.mark.usefixtures("counted")
def test_a_kind_costs_what_its_formula_counts(neuron: NeuronType, fan_in: int, units: int) -> None:
    for biased in (True, False):
        assert counted_cost(neuron, fan_in, units, biased=biased) == neuron.cost(fan_in, units), biased
    assert without_bias(neuron, fan_in, units).cost(fan_in, units) == neuron.cost(fan_in, units)


@pytest.mark.parametrize(("grid", "order"), [(1, 1), (5, 3), (20, 5), (5, 2), (3, 4)])
def test_the_moved_curves_that_are_counted_are_the_splines_of_the_recursion(grid: int, order: int) -> None:
    kan, rng = NEURONS.build("kan", {"grid": grid, "order": order}), np.random.default_rng(1)
    params = {name: rng.normal(size=p.shape).tolist() for name, p in kan.parameters(2, 3).items()}
    for x in rng.uniform(-1, 1, (20, 2)).tolist():
        for unit in range(3):
            expected = plain_neurons.kan(kan, params, x, unit, 3).z
            assert kan_by_moved_curves(kan, params, x, unit, 3).z == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("activation", every_variant(ACTIVATIONS), ids=str)
def test_the_plain_activations_are_those_of_the_registry(activation: Activation) -> None:
    z, name = np.array([[-2.5, -0.6, 0.3, 1.7]]), activation.spec.name
    params: dict[str, Any] = {key: np.full(p.shape, 0.2) for key, p in activation.parameters(1).items()}
    a = np.empty_like(z)
    activation.forward(params, z, a, Tape(4, 1, 1, dtype=np.float64))
    expected = [plain_activations.FORMULAS[name](value, vars(activation), 0.2) for value in z[0].tolist()]
    np.testing.assert_allclose(a[0], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("activation", every_variant(ACTIVATIONS), ids=str)
@pytest.mark.usefixtures("counted")
def test_an_activation_costs_what_its_formula_counts_in_the_dearest_piece(activation: Activation) -> None:
    knobs = {name: weight(value) for name, value in vars(activation).items()}
    formula = plain_activations.FORMULAS[activation.spec.name]
    pieces = [cost_of([formula(z, knobs, weight(0.2))]) for z in map(given, (-0.6, 0.7))]
    dearest = Cost(*(max(numbers) for numbers in zip(*(piece.to_json().values() for piece in pieces), strict=True)))
    assert activation.cost() == dearest


@pytest.mark.parametrize("units", [2, 5])
@pytest.mark.usefixtures("counted")
def test_layer_normalisation_costs_what_its_formula_counts(units: int) -> None:
    rng = np.random.default_rng(2)
    z = [given(value) for value in rng.normal(size=units).tolist()]
    gain = [weight(value) for value in rng.normal(size=units).tolist()]
    for shift in ([weight(value) for value in rng.normal(size=units).tolist()], [NOTHING] * units):
        assert cost_of(plain_activations.layer_norm(z, gain, shift)) == LayerNorm().cost(units)


def test_counting_itself_follows_the_rule() -> None:
    """By hand, on sums that are written down here."""
    x, y, w, v, b = given(1.5), given(-0.5), weight(2.0), weight(3.0), weight(4.0)
    assert cost_of([w * x + v * y + b]) == Cost(2)
    assert cost_of([b + x + y]) == Cost(additions=2)
    assert cost_of([w * x + b + y]) == Cost(1, 1)
    assert cost_of([x**2 * w, x**2 * v]) == Cost(3)
    assert cost_of([CountedMath().exp(w * v) * x]) == Cost(1)
    assert cost_of([CountedMath().exp(-x) + 1]) == Cost(additions=1, transcendentals=1)
    assert cost_of([abs(x) - y]) == Cost(additions=1)
    shared = w * x + v * y
    assert cost_of([shared + b, shared + x]) == Cost(2, 2)
    assert cost_of([compared(max)(x, y, w * x)]) == Cost(1, 2)


def test_a_network_costs_what_its_layers_do_by_hand() -> None:
    """2-8-8-1, tanh: 2·8 + 8·8 + 8 products and 16 calls; with layer_norm and residual, these on top."""
    plain = Config.from_json({"layers": [{"units": 8}] * 2})
    assert Network(plain).cost == Cost(16 + 64 + 8, 0, 16)
    layers = [{"units": 8, "bias": False}, {"units": 8, "norm": "layer_norm", "residual": True, "dropout": 0.5}]
    assert Network(Config.from_json({"layers": layers})).cost == Cost(88 + 26, 15 + 8, 17)
