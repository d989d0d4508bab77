"""What the lens says of every layer is what the probes found, within half a level of a byte."""

from typing import Any

import numpy as np
import pytest

from app.live.lens import Lens, LensView
from nncore.config import Config
from nncore.plane import Plane
from nncore.probes.hidden_space import HiddenSpace
from nncore.probes.layer_decision import LayerDecision
from nncore.trainer import Trainer
from tests.app.live.test_quantise import meant

VIEW = LensView(pixels=8, lines=3)


def trainer_of(**config: Any) -> Trainer:
    layers = [{"units": 5, "neuron": "quadratic", "activation": "relu"}, {"units": 2}]
    return Trainer(Config.from_json({"layers": layers, "data": {"name": "xor", "count": 60}} | config)).run(3)


def unplaced(levels: Any, window: Any) -> Any:
    low, high = (window[:, end].reshape(2, *[1] * (levels.ndim - 1)) for end in (0, 1))
    return low + levels / 255.0 * (high - low)


def test_every_layer_has_its_arrays() -> None:
    arrays, facts = Lens(VIEW, Plane()).compute(trainer_of())
    assert facts["layers"] == ["input", "0", "1"]
    assert {name: (array.dtype.name, array.shape) for name, array in arrays.items() if name.endswith(".0")} == {
        "decision.0": ("uint8", (8, 8)),
        "decision_range.0": ("float32", (2,)),
        "points.0": ("uint8", (2, 60)),
        "grid.0": ("uint8", (2, 2, 3, 9)),
        "space_range.0": ("float32", (2, 2)),
    }
    assert len(arrays) == 3 * 5


def test_decisions_and_scores_are_the_probe_s() -> None:
    trainer = trainer_of()
    arrays, facts = Lens(VIEW, Plane()).compute(trainer)
    exact = LayerDecision(pixels=8).compute(trainer)
    for layer in facts["layers"]:
        scores = meant(arrays[f"decision.{layer}"], arrays[f"decision_range.{layer}"])
        np.testing.assert_array_equal(scores > 0, exact[f"decision_z.{layer}"][0] > 0)
        shown = np.clip((1 + scores) / 2, 0, 1)
        np.testing.assert_allclose(shown, exact[f"decision.{layer}"][0], atol=1.01 / 255)
    assert facts["measure"] == "accuracy"
    np.testing.assert_allclose(np.column_stack([facts["train"], facts["test"]]), exact["accuracy"], atol=1e-4)


def turn_towards_the_input(exact: Any) -> Any:
    """The turn (2, 2), a mirror among them, after which layer 0's points lie nearest to the input's."""
    target, points = (exact[f"points.{layer}"] - exact[f"points.{layer}"].mean(axis=0) for layer in ("input", "0"))
    angles = np.linspace(0, 2 * np.pi, 200_000, endpoint=False)
    turns = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    mirrored = turns * np.array([1, -1])[None, :, None]
    # |R p - t|² is least where the sum of t · R p is largest.
    found = [(each, np.einsum("ni,ijk,nj->k", target, each, points)) for each in (turns, mirrored)]
    best, fits = max(found, key=lambda one: one[1].max())
    return best[:, :, fits.argmax()]


@pytest.mark.parametrize("pairs", [(), ((0, 3, 1), (1, 1, 0))])
def test_points_and_lines_are_where_the_probe_saw_them(pairs: tuple[tuple[int, int, int], ...]) -> None:
    trainer = trainer_of()
    arrays, facts = Lens(LensView(8, 3, pairs), Plane()).compute(trainer)
    exact = HiddenSpace(lines=3).compute(trainer, pairs)
    if not pairs:
        exact |= {f"{what}.0": exact[f"{what}.0"] @ turn_towards_the_input(exact).T for what in ("points", "grid")}
    for index, layer in enumerate(facts["layers"]):
        window = arrays[f"space_range.{layer}"]
        level = np.ptp(window, axis=1).max() / 255
        assert np.ptp(np.ptp(window, axis=1)) < level, "as wide as it is high"
        points, grid = (exact[f"{what}.{layer}"] for what in ("points", "grid"))
        assert np.abs(unplaced(arrays[f"points.{layer}"], window).T - points).max() <= level * 0.51
        inside = np.moveaxis(grid, -1, 0)
        inside = np.clip(inside, window[:, :1].reshape(2, 1, 1, 1), window[:, 1:].reshape(2, 1, 1, 1))
        assert np.abs(unplaced(arrays[f"grid.{layer}"], window) - inside).max() <= level * 0.51
        assert facts["shown"][index] == pytest.approx(exact[f"share.{layer}"].sum(), abs=1e-4)


def test_no_point_lies_on_the_edge_of_its_window() -> None:
    arrays, facts = Lens(VIEW, Plane()).compute(trainer_of())
    for layer in facts["layers"]:
        points = arrays[f"points.{layer}"]
        assert points.min() > 0
        assert points.max() < 255


def test_values_are_scored_by_how_much_of_their_variance_is_met() -> None:
    trainer = trainer_of(data={"name": "plane", "count": 60})
    arrays, facts = Lens(VIEW, Plane()).compute(trainer)
    exact = LayerDecision(pixels=8).compute(trainer)
    assert facts["measure"] == "r_squared"
    assert facts["train"] == pytest.approx(exact["r_squared"][:, 0], abs=1e-4)
    surface = exact["decision.input"]
    assert arrays["decision_range.input"].tolist() == [surface.min(), surface.max()]


def test_three_classes_show_the_winner() -> None:
    trainer = trainer_of(data={"name": "gaussians", "blobs": 3, "count": 60})
    arrays, _ = Lens(VIEW, Plane()).compute(trainer)
    exact = LayerDecision(pixels=8).compute(trainer)
    decided = arrays["decision_scores.1"].argmax(axis=0)
    np.testing.assert_array_equal(decided, exact["decision_z.1"].argmax(axis=0))
    np.testing.assert_array_equal(decided, exact["decision.1"].argmax(axis=0))


def test_without_hidden_layers_there_is_the_input() -> None:
    arrays, facts = Lens(VIEW, Plane()).compute(trainer_of(layers=[]))
    assert facts["layers"] == ["input"]
    assert "decision.input" in arrays


def test_a_constant_layer_still_has_a_window() -> None:
    trainer = trainer_of()
    trainer.network.theta[...] = 0
    arrays, _ = Lens(VIEW, Plane()).compute(trainer)
    assert np.ptp(arrays["space_range.0"], axis=1).min() > 0
    assert (arrays["points.0"] == 128).all()


def test_a_small_change_of_the_weights_does_not_turn_the_picture_round() -> None:
    """Axes that change places or signs from one look to the next would make every point jump."""
    trainer, lens = trainer_of(layers=[{"units": 6}], data={"name": "spirals", "count": 100}), Lens(VIEW, Plane())
    steps = []
    before = lens.compute(trainer)[0]["points.0"].astype(float)
    for _ in range(60):
        trainer.run(1)
        now = lens.compute(trainer)[0]["points.0"].astype(float)
        steps.append(np.abs(now - before).mean())
        before = now
    assert max(steps) < 25


def test_another_run_is_seen_as_if_nothing_had_been_seen_before() -> None:
    lens = Lens(VIEW, Plane())
    lens.compute(trainer_of())
    trainer = trainer_of(seeds={"data": 5, "run": 5})
    again, alone = (seen.compute(trainer)[0]["points.0"] for seen in (lens, Lens(VIEW, Plane())))
    np.testing.assert_array_equal(again, alone)
