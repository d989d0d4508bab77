"""Against plain sums and against the principal axes, over 20 seeds each."""

import numpy as np
import pytest

from nncore.errors import UnknownName
from nncore.memory.cloud import cloud, decorrelated
from nncore.memory.hebb import Hebbian, angle, principal_axes, update
from nncore.tape import Array

SEEDS = 20
CLOUDS = np.array([cloud(200, 3.0, 25.0, np.random.default_rng(seed)) for seed in range(SEEDS)])
CLOUDS -= CLOUDS.mean(axis=1, keepdims=True)
AXES = np.linalg.svd(CLOUDS)[2]
"""Of each cloud, its right singular vectors as rows: not our own principal axes."""


def learnt(x: Array, rule: str, units: int = 1, epochs: int = 60, rate: float = 0.005) -> Array:
    """The weights (seeds, units, 2) after points x (seeds, n, 2), all seeds in one pass."""
    rng = np.random.default_rng(5)
    w = rng.standard_normal((len(x), units, 2))
    w *= 0.3 / np.linalg.norm(w, axis=-1, keepdims=True)
    for _ in range(epochs):
        for place in rng.permutation(x.shape[1]):
            w = update(w, x[:, place], rule, rate)
    return w


def angles(w: Array, axes: Array) -> list[float]:
    return [angle(one, axis) for one, axis in zip(w, axes, strict=True)]


def test_rules_are_their_formulas_term_by_term() -> None:
    w, x, rate = np.array([[0.5, -1.0], [0.2, 0.3]]), np.array([0.7, 0.4]), 0.1
    y = [sum(w[k][i] * x[i] for i in range(2)) for k in range(2)]
    for k in range(2):
        for i in range(2):
            assert update(w, x, "hebb", rate)[k, i] == pytest.approx(w[k][i] + rate * y[k] * x[i])
            assert update(w, x, "oja", rate)[k, i] == pytest.approx(w[k][i] + rate * y[k] * (x[i] - y[k] * w[k][i]))
            left = x[i] - sum(y[j] * w[j][i] for j in range(k + 1))
            assert update(w, x, "sanger", rate)[k, i] == pytest.approx(w[k][i] + rate * y[k] * left)


def test_oja_finds_the_first_axis_to_within_a_degree() -> None:
    w = learnt(CLOUDS, "oja")
    assert max(angles(w[:, 0], AXES[:, 0])) < 1.0
    np.testing.assert_allclose(np.linalg.norm(w, axis=-1), 1.0, atol=0.01)


def test_sanger_finds_both_axes() -> None:
    w = learnt(CLOUDS, "sanger", units=2, epochs=150, rate=0.01)
    assert max(angles(w[:, 0], AXES[:, 0])) < 1.0
    assert max(angles(w[:, 1], AXES[:, 1])) < 1.0


def test_two_units_of_oja_find_the_same_axis() -> None:
    w = learnt(CLOUDS, "oja", units=2)
    assert max(angles(w[:, 0], w[:, 1])) < 1.0


def test_hebb_runs_away_along_the_same_axis() -> None:
    w = learnt(CLOUDS, "hebb", epochs=50, rate=0.01)
    assert np.linalg.norm(w, axis=-1).min() > 1000
    assert max(angles(w[:, 0], AXES[:, 0])) < 1.0


def test_decorrelated_there_is_nothing_to_find() -> None:
    """Every direction has the same variance, and where Oja's unit ends is left to chance."""
    ends = angles(learnt(np.array([decorrelated(x) for x in CLOUDS]), "oja", epochs=20)[:, 0], AXES[:, 0])
    assert max(ends) - min(ends) > 45


def test_a_run_of_points_goes_on_until_it_has_run_away() -> None:
    run = Hebbian(CLOUDS[0], "hebb", 0.2, 1, 0)
    done = run.advance(10**6)
    assert run.ran_away
    assert run.epoch * 200 + run.offset == done < 10**6
    run.reset()
    assert (run.epoch, run.offset, run.ran_away) == (0, 0, False)
    w = run.w
    first = np.random.default_rng([0, 0, 0]).permutation(200)[0]
    run.advance(1)
    np.testing.assert_array_equal(run.w, update(w, CLOUDS[0][first], "hebb", 0.2))


def test_principal_axes_are_those_of_the_singular_values() -> None:
    x = CLOUDS[3]
    axes, variances = principal_axes(x)
    _, sizes, rows = np.linalg.svd(x)
    np.testing.assert_allclose(np.abs(axes @ rows.T), np.eye(2), atol=1e-12)
    np.testing.assert_allclose(variances, sizes**2 / len(x))


def test_angles_are_between_directions_either_way() -> None:
    assert angle(np.array([1.0, 0.0]), np.array([-3.0, 0.0])) == 0.0
    assert angle(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == 90.0


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(UnknownName, match="available: hebb, oja, sanger"):
        update(np.ones((1, 2)), np.ones(2), "bcm", 0.1)
