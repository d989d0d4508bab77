"""What is known of a spiking neuron: spikes counted by hand, stairs, and a surrogate that is no derivative."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.neuron import NeuronType
from nncore.neurons import NEURONS
from nncore.neurons.spiking import Spiking
from nncore.tape import Array, Tape
from nncore.trainer import Trainer

CURRENTS = np.linspace(-0.5, 2.5, 301) + 1e-4
"""From none to far more than it takes; none is so near a stair's edge that rounding could move it over."""


def z_of(neuron: Spiking, currents: Array, dtype: type = np.float64) -> Array:
    """z of one unit whose only input is its current."""
    x: Array = np.vstack([currents, np.ones_like(currents)]).astype(dtype)
    params: dict[str, Array] = {"W": np.array([[1.0, 0.0]], dtype)}
    z: Array = neuron.forward(params, x, Tape(len(currents), 1, 1, dtype=dtype))[0]
    return z.copy()


def spikes_of(neuron: Spiking, currents: Array) -> Array:
    """How often it fires."""
    spikes: Array = np.rint(z_of(neuron, currents) * neuron.steps)
    return spikes


@pytest.mark.parametrize("reset", ["subtract", "zero", "none"])
@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0])
def test_with_one_step_it_is_the_step_activation(reset: Any, beta: float) -> None:
    step = ACTIVATIONS.build("step")
    z, a = np.array([CURRENTS - 1]), np.empty((1, len(CURRENTS)))
    step.forward({}, z, a, Tape(len(CURRENTS), 1, 1, dtype=np.float64))
    np.testing.assert_array_equal(z_of(Spiking(1, beta, reset=reset), CURRENTS), a[0])


@pytest.mark.parametrize("steps", [8, 64])
def test_one_that_forgets_at_once_and_loses_nothing_is_the_step_activation_however_long(steps: int) -> None:
    np.testing.assert_array_equal(z_of(Spiking(steps, 0.0, reset="none"), CURRENTS), CURRENTS > 1)


@pytest.mark.parametrize("steps", [1, 2, 8, 25, 64])
def test_without_a_leak_it_counts_the_thresholds_that_its_input_fills(steps: int) -> None:
    """By then it has taken in T I. Each threshold passed is a spike, at most one a step: ⌈T I⌉ - 1, from 0 to T."""
    expected = [min(steps, max(0, math.ceil(steps * current) - 1)) for current in CURRENTS]
    np.testing.assert_array_equal(spikes_of(Spiking(steps, 1.0), CURRENTS), expected)


@pytest.mark.parametrize("steps", [8, 25, 64])
@pytest.mark.parametrize("beta", [0.5, 0.8, 0.95])
def test_one_that_spikes_empty_fires_every_k_steps(steps: int, beta: float) -> None:
    """From nothing, k steps fill it to I (1 - β^k) / (1 - β): the first k over 1 is its period, ⌊T / k⌋ its spikes."""
    for current in CURRENTS:
        filled = (current * (1 - beta**k) / (1 - beta) for k in range(1, steps + 1))
        period = next((k for k, height in enumerate(filled, 1) if height > 1), None)
        spikes = steps // period if period else 0
        assert spikes_of(Spiking(steps, beta, reset="zero"), np.array([current]))[0] == spikes


@pytest.mark.parametrize("steps", [8, 25])
@pytest.mark.parametrize("beta", [0.5, 0.95])
def test_one_that_loses_nothing_fires_from_its_first_spike_on(steps: int, beta: float) -> None:
    """Where I > 1 - β it takes k = ⌊log(1 - (1 - β) / I) / log β⌋ + 1 steps, and T - k + 1 spikes are left."""
    expected = []
    for current in CURRENTS:
        first = math.floor(math.log(1 - (1 - beta) / current, beta)) + 1 if current > 1 - beta else steps + 1
        expected.append(max(0, steps - first + 1))
    np.testing.assert_array_equal(spikes_of(Spiking(steps, beta, reset="none"), CURRENTS), expected)


def test_spikes_counted_by_hand() -> None:
    """β = 1/2, I = 3/4: the membrane is 3/4, 9/8 (a spike), 5/16, 29/32, 77/64 (a spike), in exact fractions."""
    neuron, tape = Spiking(5, 0.5), Tape(1, 1, 1, dtype=np.float64)
    z = neuron.forward({"W": np.array([[1.0, 0.0]])}, np.array([[0.75], [1.0]]), tape)
    by_hand = [Fraction(3, 4), Fraction(9, 8), Fraction(5, 16), Fraction(29, 32), Fraction(77, 64)]
    found = neuron.spikes(tape)
    np.testing.assert_array_equal(found.membrane[:, 0, 0], [float(value) for value in by_hand])
    np.testing.assert_array_equal(found.fired[:, 0, 0], [False, True, False, False, True])
    assert z[0, 0] == pytest.approx(2 / 5)


@pytest.mark.parametrize("beta", [0.5, 0.95, 1.0])
def test_more_steps_make_finer_stairs(beta: float) -> None:
    """Never more than T + 1 of them, and over one another: more current never means fewer spikes."""
    heights = []
    for steps in (2, 8, 64):
        z = z_of(Spiking(steps, beta), np.linspace(0, 2, 4001))
        heights.append(len(np.unique(z)))
        assert heights[-1] <= steps + 1
    assert heights == sorted(set(heights))
    assert heights[-1] > 3 * heights[0]


def test_the_membrane_of_one_that_loses_nothing_is_a_sum_that_leaks() -> None:
    gathered = (1 - 0.9**10) / (1 - 0.9)
    z = z_of(Spiking(10, 0.9, output="membrane", reset="none"), CURRENTS)
    np.testing.assert_allclose(z, gathered * CURRENTS, rtol=1e-12)


@pytest.mark.parametrize("surrogate", ["arctan", "fast_sigmoid"])
def test_the_gradient_is_the_derivative_of_a_smooth_spike(surrogate: Any) -> None:
    """With a soft spike whose derivative is the surrogate in place of the hard one, and what spikes take held still,
    the plain derivative of the rate is what learning uses; the staircase's own is 0.
    """
    neuron, currents = Spiking(12, 0.8, surrogate=surrogate), np.array([0.31, 0.62, 1.4])
    tape = Tape(3, 1, 1, dtype=np.float64)
    params, x = {"W": np.array([[1.0, 0.0]])}, np.vstack([currents, np.ones(3)])
    neuron.forward(params, x, tape)
    spikes = neuron.spikes(tape).fired[:, 0].astype(float)
    dx = neuron.backward(params, {"W": np.empty((1, 2))}, tape, np.ones((1, 3)), True)

    def soft(v: Array) -> Array:
        smooth: Array = np.arctan(np.pi * v) / np.pi if surrogate == "arctan" else v / (1 + 25 * np.abs(v))
        return smooth

    def rate(current: Array) -> Array:
        membrane, total = np.zeros(3), np.zeros(3)
        for step in range(12):
            membrane = 0.8 * membrane + current - (spikes[step - 1] if step else 0)
            total += soft(membrane - 1)
        return total / 12

    assert dx is not None
    np.testing.assert_allclose(dx[0], (rate(currents + 1e-6) - rate(currents - 1e-6)) / 2e-6, rtol=1e-5)
    np.testing.assert_array_equal(z_of(neuron, currents + 1e-6), z_of(neuron, currents - 1e-6))


@pytest.mark.parametrize("reset", ["subtract", "zero"])
@pytest.mark.parametrize("output", ["rate", "membrane"])
def test_its_short_way_to_slopes_is_the_general_one(output: Any, reset: Any) -> None:
    rng = np.random.default_rng(0)
    neuron, params = Spiking(9, 0.7, output=output, reset=reset), {"W": rng.normal(size=(4, 4))}
    x = np.vstack([rng.normal(size=(3, 20)), np.ones(20)])
    short, general = neuron.slopes(params, x, 4), NeuronType.slopes(neuron, params, x, 4)
    np.testing.assert_allclose(short.mean, general.mean, rtol=1e-12)
    np.testing.assert_allclose(short.size, general.size, rtol=1e-12)


def test_only_kinds_with_time_fire() -> None:
    tape = Tape(1, 2, 3)
    assert [name for name in NEURONS if NEURONS.build(name).fires] == ["spiking"]
    assert [name for name in NEURONS if NEURONS.build(name).spikes(tape) is not None] == ["spiking"]


@pytest.mark.parametrize("bias", [True, False])
def test_a_layer_without_biases_still_shows_its_spikes(bias: bool) -> None:
    layer = {"units": 2, "neuron": {"name": "spiking", "steps": 7}, "bias": bias}
    network = Trainer(Config.from_json({"layers": [layer]})).network
    tape = network.tape(5)
    network.forward(np.ones((3, 5), np.float32), tape)
    neuron = tape.passes[0].layer.neuron
    found = neuron.spikes(tape.passes[0].tape)
    assert neuron.fires
    assert found is not None
    assert found.membrane.shape == found.fired.shape == (7, 2, 5)
