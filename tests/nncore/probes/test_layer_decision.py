"""Layer decisions agree with least squares solved another way, and say what is known to be separable."""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.features import inputs
from nncore.plane import plane_points
from nncore.probes import PROBES
from nncore.tape import Array
from nncore.trainer import Trainer

DATA: list[dict[str, Any]] = [{"name": "moons"}, {"name": "spirals", "arms": 3}, {"name": "hills"}]


def lstsq_probe(a: np.ndarray, targets: np.ndarray, ridge: float, seen: np.ndarray) -> np.ndarray:
    """Ridge regression of `targets` (n, K) on `a` (n, units), read at `seen` (m, units).

    The penalty as further rows to be met: √(nλ) v = 0 for each standardised weight, not for the intercept.
    """
    mean, spread = a.mean(axis=0), a.std(axis=0)
    n, units = a.shape
    rows = np.block(
        [[(a - mean) / spread, np.ones((n, 1))], [np.sqrt(n * ridge) * np.eye(units), np.zeros((units, 1))]]
    )
    wanted = np.vstack([targets, np.zeros((units, targets.shape[1]))])
    solution = np.linalg.lstsq(rows, wanted, rcond=None)[0]
    fitted: Array = np.hstack([(seen - mean) / spread, np.ones((len(seen), 1))]) @ solution
    return fitted


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("ridge", [1e-6, 0.001, 10.0])
def test_surfaces_and_scores_are_those_of_a_ridge_regression(data: dict[str, Any], ridge: float) -> None:
    config = Config.from_json({"data": data | {"count": 80, "scale": 2.0}, "layers": [{"units": 4}, {"units": 3}]})
    trainer = Trainer(config, dtype=np.float64).run(3)
    found = PROBES.build("layer_decision", {"pixels": 6, "ridge": ridge}).compute(trainer)
    split, network = trainer.split, trainer.network
    y = np.concatenate([split.train_y, split.test_y])
    if split.task == "regression":
        targets = y[:, None]
    elif split.classes == 2:
        targets = np.where(y == 1, 1.0, -1.0)[:, None]
    else:
        targets = 2.0 * np.eye(split.classes)[y] - 1.0
    points, places = network.tape(80), network.tape(36)
    network.forward(split.inputs, points)
    plane = inputs(plane_points(6, 2.0), config.features, 2.0, np.float64)
    network.forward(plane, places)
    views = [(split.inputs[:-1], plane[:-1])] + [
        (points.passes[k].a, places.passes[k].a) for k in range(len(config.layers))
    ]
    for row, (name, (a, seen)) in enumerate(zip(["input", "0", "1"], views, strict=True)):
        train = slice(split.train_count)
        predicted = lstsq_probe(a.T[train], targets[train], ridge, np.vstack([a.T, seen.T]))
        at_points, surface = predicted[:80], predicted[80:]
        if split.task == "regression":
            expected = surface
            for part, score in zip((train, slice(40, None)), found["r_squared"][row], strict=True):
                correlation = 1 - ((at_points - targets)[part] ** 2).mean() / targets[part].var()
                assert score == pytest.approx(correlation, rel=1e-4, abs=1e-6)
        else:
            shares = np.maximum((surface + 1) / 2, 0)
            expected = np.minimum(shares, 1) if split.classes == 2 else shares / shares.sum(axis=1, keepdims=True)
            answer = at_points[:, 0] > 0 if split.classes == 2 else at_points.argmax(axis=1)
            right = (answer == y).astype(float)
            np.testing.assert_allclose(found["accuracy"][row], [right[train].mean(), right[40:].mean()], rtol=1e-6)
        drawn = found[f"decision.{name}"].reshape(len(expected.T), -1).T
        np.testing.assert_allclose(drawn, expected, rtol=1e-4, atol=1e-5)
    assert len(found["r_squared" if split.task == "regression" else "accuracy"]) == 3


@pytest.mark.parametrize(("data", "measure"), [("circles", "accuracy"), ("hills", "r_squared")])
def test_a_run_without_test_points_has_no_score_on_them(data: str, measure: str) -> None:
    config = Config.from_json({"data": {"name": data, "count": 40, "train_share": 1.0}})
    scores = PROBES.build("layer_decision").compute(Trainer(config))[measure]
    assert np.isfinite(scores[:, 0]).all()
    assert np.isnan(scores[:, 1]).all()


def test_scores_of_one_class_against_the_rest_are_shares_that_add_up() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "gaussians", "blobs": 4}}))
    surface = PROBES.build("layer_decision", {"pixels": 10}).compute(trainer)["decision.1"]
    assert surface.shape == (4, 10, 10)
    assert surface.min() >= 0
    np.testing.assert_allclose(surface.sum(axis=0), 1, rtol=1e-5)


def test_clouds_are_separable_at_once_and_circles_only_with_their_radius() -> None:
    def accuracy(data: str, features: list[str]) -> Array:
        config = Config.from_json({"data": data and {"name": data}, "features": features, "layers": []})
        shares: Array = PROBES.build("layer_decision").compute(Trainer(config))["accuracy"][0]
        return shares

    assert accuracy("gaussians", ["x", "y"]).min() > 0.97
    assert accuracy("circles", ["x", "y"]).max() < 0.7
    np.testing.assert_array_equal(accuracy("circles", ["r"]), [1, 1])


def test_training_makes_the_last_layer_separable() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "circles"}, "layers": [{"units": 8}]}))
    probe = PROBES.build("layer_decision")
    trainer.run(60)
    accuracy = probe.compute(trainer)["accuracy"]
    assert accuracy[1].min() > 0.97 > 0.75 > accuracy[0].max()


def test_a_plane_is_explained_wholly_by_its_coordinates() -> None:
    trainer = Trainer(Config.from_json({"data": {"name": "plane"}, "layers": []}))
    found = PROBES.build("layer_decision", {"pixels": 8, "ridge": 1e-6}).compute(trainer)
    np.testing.assert_allclose(found["r_squared"], [[1, 1]], atol=1e-6)
    np.testing.assert_allclose(found["decision.input"][0].ravel(), plane_points(8, 1.0).mean(axis=1), atol=1e-4)


def test_constant_units_and_values_leave_the_probe_standing() -> None:
    values = [[x, y, 0.5] for x in (-1, 0, 1) for y in (-1, 0, 1)]
    config = Config.from_json(
        {"data": {"name": "own", "points": values, "task": "regression"}, "layers": [{"units": 3}], "init": "zeros"}
    )
    found = PROBES.build("layer_decision", {"pixels": 4}).compute(Trainer(config))
    np.testing.assert_array_equal(found["decision.0"], np.full((1, 4, 4), 0.5))
    np.testing.assert_array_equal(found["r_squared"], np.ones((2, 2)))
