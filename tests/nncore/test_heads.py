"""Heads: losses, gradients, predictions and right answers, for every loss and every task that it can measure."""

import math

import numpy as np
import pytest

from nncore.export.dialect import Dialect
from nncore.gradcheck import central_differences, relative_error
from nncore.heads import Head, Task
from nncore.losses import LOSSES
from nncore.tape import Array, Tape
from tests.nncore.taken_home import EVERY_LIBRARY, run

CASES = [
    (name, task, classes)
    for name in LOSSES
    for task, classes in [("classification", 2), ("classification", 3), ("classification", 5), ("regression", 0)]
    if task in LOSSES[name].tasks
]
EVERY_CASE = pytest.mark.parametrize(("name", "task", "classes"), CASES)


def make_head(name: str, task: Task, classes: int) -> Head:
    return LOSSES.build(name).head(task, classes)


def draw_targets(task: Task, classes: int, count: int, rng: np.random.Generator) -> Array:
    return rng.integers(0, classes, count) if task == "classification" else rng.normal(size=count)


def mean_loss(head: Head, z: Array, target: Array) -> Array:
    tape = Tape(z.shape[-1], 0, head.units, lead=z.shape[:-2], dtype=z.dtype)
    return head.measure(z, target, np.empty_like(z), tape)


@EVERY_CASE
@pytest.mark.parametrize("lead", [(), (3,)])
def test_gradients_agree_with_central_differences(name: str, task: Task, classes: int, lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    head = make_head(name, task, classes)
    z = rng.normal(0, 2, (*lead, head.units, 7))
    target = head.encode(draw_targets(task, classes, 7, rng))
    dz = np.empty_like(z)
    head.measure(z, target, dz, Tape(7, 0, head.units, lead=lead, dtype=np.float64))
    numeric = central_differences(lambda: float(np.sum(mean_loss(head, z, target))), z)
    assert relative_error(dz, numeric) < 1e-6


@EVERY_CASE
def test_replicas_have_a_loss_each(name: str, task: Task, classes: int) -> None:
    rng = np.random.default_rng(1)
    head = make_head(name, task, classes)
    z = rng.normal(size=(4, head.units, 6))
    target = head.encode(draw_targets(task, classes, 6, rng))
    together = mean_loss(head, z, target)
    assert together.shape == (4,)
    np.testing.assert_allclose(together, [mean_loss(head, replica.copy(), target) for replica in z], rtol=1e-12)


@EVERY_CASE
def test_any_finite_z_has_a_finite_loss_and_gradient(name: str, task: Task, classes: int) -> None:
    head = make_head(name, task, classes)
    z = np.full((head.units, 4), 3e4, np.float32) * np.array([[1, -1, 0.5, 1e-6]], np.float32)
    z[-1] *= -1
    target = head.encode(np.array([0, 1, 0, 1])).astype(np.float32)
    dz = np.empty_like(z)
    assert np.isfinite(head.measure(z, target, dz, Tape(4, 0, head.units)))
    assert np.isfinite(dz).all()


@EVERY_CASE
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_losses_are_finite_where_each_of_them_is(name: str, task: Task, classes: int, dtype: type) -> None:
    head, large = make_head(name, task, classes), float(np.finfo(dtype).max)
    sizes: list[float] = [0.0, 1.0, 90.0, 1e20, large / 2, large, np.inf, np.nan]
    z: Array = np.zeros((2 * len(sizes), head.units, 6), dtype)
    z[:, 0, 3] = [sign * size for size in sizes for sign in (1.0, -1.0)]
    target: Array = head.encode(draw_targets(task, classes, 6, np.random.default_rng(1))).astype(dtype)
    tape = Tape(6, 0, head.units, lead=(len(z),), dtype=dtype)
    with np.errstate(all="ignore"):
        each = [np.isfinite(mean_loss(head, one, target)) for one in z]
        np.testing.assert_array_equal(head.finite(z, target, tape), each)


@EVERY_CASE
def test_predictions_are_probabilities_or_values(name: str, task: Task, classes: int) -> None:
    head = make_head(name, task, classes)
    z = np.random.default_rng(2).normal(0, 3, (head.units, 50))
    predicted = head.predict(z.copy())
    if task == "regression":
        np.testing.assert_array_equal(predicted, z)
    else:
        assert ((predicted >= 0) & (predicted <= 1)).all()
    if classes > 2:
        np.testing.assert_allclose(predicted.sum(axis=0), 1)
        np.testing.assert_array_equal(predicted.argmax(axis=0), z.argmax(axis=0))


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-30, 1.0, 30.0, 1e4, 1e38])
def test_shares_add_up_to_one_and_classes_are_the_largest_z_at_any_size(name: str, dtype: type, size: float) -> None:
    """Also where every output is at its lower end, and where several are at their upper one."""
    head = make_head(name, "classification", 4)
    z: Array = (np.random.default_rng(3).uniform(-3, 3, (4, 300)) * size).astype(dtype)
    z[:, :100], z[:, 100:200] = -np.abs(z[:, :100]), np.abs(z[:, 100:200])
    largest = [column.index(max(column)) for column in z.T.tolist()]
    np.testing.assert_array_equal(head.classes(z), largest)
    np.testing.assert_array_equal(head.correct(z, head.encode(np.array(largest))), np.ones((1, 300), bool))
    with np.errstate(over="ignore"):
        shares = head.predict(z.copy())
    np.testing.assert_allclose(shares.sum(axis=0), 1, rtol=1e-6)
    assert (shares.max(axis=0) - shares[largest, np.arange(300)] <= 1e-6).all()


def test_shares_of_tanh_outputs_are_what_they_are_by_definition() -> None:
    """(1 + tanh z) / 2 of each, over their sum; with all the digits where 1 + tanh z has lost them."""
    head = make_head("mse", "classification", 3)
    z = np.array([[0.3, 2.0, -30.0], [-1.0, 2.0, -31.0], [0.5, -2.0, -40.0]])
    chances = (1 + np.tanh(z[:, :2])) / 2
    shares = head.predict(z.copy())
    np.testing.assert_allclose(shares[:, :2], chances / chances.sum(axis=0), rtol=1e-13)
    tails = np.array([1.0, math.exp(-2.0), math.exp(-20.0)])
    np.testing.assert_allclose(shares[:, 2], tails / tails.sum(), rtol=1e-12)


def test_cross_entropy_of_two_classes_is_minus_log_of_the_right_probability() -> None:
    head = make_head("cross_entropy", "classification", 2)
    z, classes = np.array([[0.3, -1.2, 4.0]]), np.array([1, 0, 0])
    probability = 1 / (1 + np.exp(-z[0]))
    expected = -np.mean(np.log(np.where(classes == 1, probability, 1 - probability)))
    assert mean_loss(head, z, head.encode(classes)) == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(head.predict(z.copy())[0], probability)
    np.testing.assert_array_equal(head.correct(z, head.encode(classes)), [[True, True, False]])


def test_cross_entropy_of_more_classes_is_minus_log_of_the_right_share() -> None:
    head = make_head("cross_entropy", "classification", 3)
    z, classes = np.array([[1.0, 0.0], [2.0, -1.0], [0.5, 3.0]]), np.array([1, 0])
    shares = np.exp(z) / np.exp(z).sum(axis=0)
    expected = -np.mean(np.log([shares[1, 0], shares[0, 1]]))
    assert mean_loss(head, z, head.encode(classes)) == pytest.approx(expected, rel=1e-12)
    np.testing.assert_array_equal(head.correct(z, head.encode(classes)), [[True, False]])


def test_squared_error_has_targets_of_one_and_minus_one_on_tanh() -> None:
    head = make_head("mse", "classification", 2)
    z, classes = np.array([[0.3, -1.2]]), np.array([1, 0])
    expected = np.mean((np.tanh(z[0]) - [1, -1]) ** 2) / 2
    assert mean_loss(head, z, head.encode(classes)) == pytest.approx(expected, rel=1e-12)
    assert head.activation == "tanh"


def test_squared_error_of_a_plain_number_is_half_the_square() -> None:
    head = make_head("mse", "regression", 0)
    assert mean_loss(head, np.array([[3.0, 1.0]]), head.encode(np.array([1.0, 1.0]))) == pytest.approx(1.0)
    assert head.correct(np.zeros((1, 2)), np.zeros((1, 2))) is None


def test_hinge_costs_what_is_missing_to_the_margin() -> None:
    head = make_head("hinge", "classification", 2)
    z, target = np.array([[2.0, 0.25, -1.0]]), head.encode(np.array([1, 1, 1]))
    assert mean_loss(head, z, target) == pytest.approx((0 + 0.75 + 2) / 3)
    np.testing.assert_allclose(head.predict(z.copy()), [[1.0, 0.625, 0.0]])
    np.testing.assert_array_equal(head.correct(z, target), [[True, True, False]])


def test_hinge_of_more_classes_asks_each_against_the_rest() -> None:
    head = make_head("hinge", "classification", 3)
    z = np.array([[2.0], [0.5], [-3.0]])
    assert mean_loss(head, z, head.encode(np.array([0]))) == pytest.approx(0 + 1.5 + 0)


def test_huber_is_squared_inside_and_straight_outside() -> None:
    head = LOSSES.build("huber", {"delta": 0.5}).head("regression", 0)
    for error, expected in ((0.25, 0.25**2 / 2), (-0.25, 0.25**2 / 2), (2.0, 0.5 * 1.75), (-2.0, 0.5 * 1.75)):
        assert mean_loss(head, np.array([[error]]), np.zeros((1, 1))) == pytest.approx(expected)


@EVERY_CASE
@EVERY_LIBRARY
def test_the_code_to_take_home_gives_the_same_predictions(
    name: str, task: Task, classes: int, library: Dialect
) -> None:
    head = make_head(name, task, classes)
    z = np.random.default_rng(8).normal(0, 4, (head.units, 9))
    found = run(library, head.code(), "p", z=z.T.copy())
    np.testing.assert_allclose(found, head.predict(z).T, rtol=1e-9)
