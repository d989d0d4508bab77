"""Against sums written out, and against exact enumeration of a machine that is small enough for it."""

import itertools
import math

import numpy as np
import pytest

from nncore.memory.boltzmann import Boltzmann, sampled, sigmoid


def a_machine(visible: int, hidden: int, seed: int = 0, size: float = 1.0) -> Boltzmann:
    rng = np.random.default_rng(seed)
    return Boltzmann(*(size * rng.standard_normal(shape) for shape in ((visible, hidden), visible, hidden)))


def energy(machine: Boltzmann, v: tuple[int, ...], h: tuple[int, ...]) -> float:
    """As it is defined, term by term."""
    pairs = sum(v[i] * machine.w[i, j] * h[j] for i in range(len(v)) for j in range(len(h)))
    visible = sum(a * x for a, x in zip(machine.a, v, strict=True))
    hidden = sum(b * x for b, x in zip(machine.b, h, strict=True))
    return -float(visible + hidden + pairs)


def states(count: int) -> list[tuple[int, ...]]:
    return list(itertools.product((0, 1), repeat=count))


def weight(machine: Boltzmann, v: tuple[int, ...]) -> float:
    """Σ over h of exp(-E): what P(v) is proportional to."""
    return sum(math.exp(-energy(machine, v, h)) for h in states(len(machine.b)))


def test_free_energy_sums_over_all_hidden_states() -> None:
    machine = a_machine(4, 3)
    for v in states(4):
        assert float(machine.free_energy(np.array(v, float))) == pytest.approx(-math.log(weight(machine, v)))


def test_conditional_chances_are_those_of_the_joint_distribution() -> None:
    machine, v = a_machine(4, 3), (1, 0, 1, 1)
    for unit in range(3):
        on = sum(math.exp(-energy(machine, v, h)) for h in states(3) if h[unit])
        assert float(machine.hidden(np.array(v, float))[unit]) == pytest.approx(on / weight(machine, v))


def test_long_dreaming_visits_states_as_often_as_their_exact_chance() -> None:
    """Three visible and two hidden units; 4000 chains of 60 steps, whose shares stray by less than 0.008 each."""
    machine = a_machine(3, 2, seed=1, size=1.5)
    rng = np.random.default_rng(2)
    v = sampled(np.full((4000, 3), 0.5), rng)
    for _ in range(60):
        v = machine.gibbs(v, rng)
    total = sum(weight(machine, one) for one in states(3))
    for one in states(3):
        found = float((v == one).all(axis=1).mean())
        exact = weight(machine, one) / total
        assert abs(found - exact) < 4 * math.sqrt(exact * (1 - exact) / 4000)


@pytest.mark.parametrize("k", [1, 3])
def test_the_gradient_is_that_of_plain_loops(k: int) -> None:
    """The same draws, one number at a time."""
    machine = a_machine(5, 3)
    batch = np.random.default_rng(3).integers(0, 2, (4, 5)).astype(float)
    found = machine.divergence(batch, k, np.random.default_rng(4))
    rng = np.random.default_rng(4)

    def squash(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    def up(v: list[float]) -> list[float]:
        return [squash(machine.b[j] + sum(v[i] * machine.w[i, j] for i in range(5))) for j in range(3)]

    def down(h: list[float]) -> list[float]:
        return [squash(machine.a[i] + sum(h[j] * machine.w[i, j] for j in range(3))) for i in range(5)]

    def draw(rows: list[list[float]]) -> list[list[float]]:
        drawn = rng.random((len(rows), len(rows[0])))
        return [[float(u < p) for u, p in zip(us, ps, strict=True)] for us, ps in zip(drawn, rows, strict=True)]

    first = [up(list(v)) for v in batch]
    h = draw(first)
    for _ in range(k - 1):
        h = draw([up(v) for v in draw([down(one) for one in h])])
    last_v = [down(one) for one in h]
    last_h = [up(v) for v in last_v]
    for i in range(5):
        assert found.a[i] == pytest.approx(sum(batch[n][i] - last_v[n][i] for n in range(4)) / 4)
        for j in range(3):
            expected = sum(batch[n][i] * first[n][j] - last_v[n][i] * last_h[n][j] for n in range(4)) / 4
            assert found.w[i, j] == pytest.approx(expected)
    for j in range(3):
        assert found.b[j] == pytest.approx(sum(first[n][j] - last_h[n][j] for n in range(4)) / 4)


def test_a_fresh_machine_is_on_as_often_as_its_data() -> None:
    data = np.array([[1.0, 0.0, 1.0, 0.0]] * 3 + [[1.0, 1.0, 0.0, 0.0]])
    machine = Boltzmann.fresh(data, 2, np.random.default_rng(0))
    np.testing.assert_allclose(sigmoid(machine.a), [0.99, 0.25, 0.75, 0.01])
    assert np.abs(machine.w).max() < 0.05
