"""Hidden spaces agree with a singular value decomposition, keep their axes' signs, and bend what is straight."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.errors import OutOfRange
from nncore.features import inputs
from nncore.probes.hidden_space import STEPS_PER_GAP, HiddenSpace
from nncore.tape import Array
from nncore.trainer import Trainer

CONFIG = Config.from_json({"data": {"name": "moons", "scale": 2.0}, "layers": [{"units": 5}, {"units": 2}]})


def test_points_and_grid_lie_along_the_principal_axes() -> None:
    trainer = Trainer(CONFIG, dtype=np.float64).run(5)
    found = HiddenSpace(lines=3).compute(trainer)
    a = trainer.forward_all().passes[0].a.T
    train = a[: trainer.split.train_count]
    _, sizes, axes = np.linalg.svd(train - train.mean(axis=0), full_matrices=False)
    for index in range(2):
        axis = axes[index] * np.sign(axes[index][np.abs(axes[index]).argmax()])
        np.testing.assert_allclose(found["axes.0"][index], axis, rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(found["points.0"][:, index], (a - train.mean(axis=0)) @ axis, rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(found["share.0"], sizes[:2] ** 2 / (sizes**2).sum(), rtol=1e-4)
    np.testing.assert_allclose(found["center.0"], train.mean(axis=0), rtol=1e-4, atol=1e-6)


def test_each_line_of_the_grid_is_a_straight_line_of_the_plane() -> None:
    trainer = Trainer(CONFIG)
    found = HiddenSpace(lines=3).compute(trainer)
    grid = found["grid.input"]
    steps = 2 * STEPS_PER_GAP + 1
    assert grid.shape == found["grid.0"].shape == (2, 3, steps, 2)
    along = np.linspace(-2, 2, steps)
    for index, at in enumerate((-2.0, 0.0, 2.0)):
        np.testing.assert_allclose(grid[0, index], np.column_stack([np.full(steps, at), along]), atol=1e-6)
        np.testing.assert_allclose(grid[1, index], np.column_stack([along, np.full(steps, at)]), atol=1e-6)


def test_the_grid_is_what_the_layer_makes_of_these_places() -> None:
    trainer = Trainer(CONFIG).run(5)
    found = HiddenSpace(lines=20).compute(trainer)
    places = found["grid.input"].reshape(-1, 2).astype(np.float64)
    tape = trainer.network.tape(len(places))
    trainer.network.forward(inputs(places, ("x", "y"), 2.0), tape)
    expected = (tape.passes[0].a.T - found["center.0"]) @ found["axes.0"].T
    np.testing.assert_allclose(found["grid.0"].reshape(-1, 2), expected, rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(found["grid.1"].reshape(-1, 2), tape.passes[1].a.T, rtol=1e-3, atol=1e-5)


def test_two_units_are_shown_as_they_are() -> None:
    trainer = Trainer(CONFIG)
    found = HiddenSpace().compute(trainer)
    np.testing.assert_array_equal(found["points.1"], trainer.forward_all().passes[1].a.T)
    np.testing.assert_array_equal(found["points.input"], trainer.split.inputs[:2].T)
    np.testing.assert_array_equal(found["axes.1"], np.eye(2))
    assert found["share.1"].sum() == pytest.approx(1)


def test_a_single_unit_lies_on_a_line() -> None:
    trainer = Trainer(Config.from_json({"layers": [{"units": 1}]}))
    found = HiddenSpace().compute(trainer)
    np.testing.assert_array_equal(found["points.0"][:, 0], trainer.forward_all().passes[0].a[0])
    assert not found["points.0"][:, 1].any()
    np.testing.assert_array_equal(found["share.0"], [1, 0])


def test_chosen_units_are_shown_in_place_of_axes() -> None:
    trainer = Trainer(CONFIG)
    probe = HiddenSpace()
    chosen, plain = probe.compute(trainer, [(0, 4, 1)]), probe.compute(trainer)
    np.testing.assert_array_equal(chosen["points.0"], trainer.forward_all().passes[0].a[[4, 1]].T)
    np.testing.assert_array_equal(chosen["points.1"], plain["points.1"])


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ((2, 0, 0), r"^pairs\[0\]\[0\]: must be a hidden layer, from 0 to 1, not 2$"),
        ((-1, 0, 0), r"^pairs\[0\]\[0\]: must be a hidden layer, from 0 to 1, not -1$"),
        ((1, 0, 2), r"^pairs\[0\]\[2\]: must be a unit, from 0 to 1, not 2$"),
        ((0, 5, 0), r"^pairs\[0\]\[1\]: must be a unit, from 0 to 4, not 5$"),
    ],
)
def test_units_that_are_not_there_cannot_be_chosen(pair: tuple[int, int, int], sentence: str) -> None:
    with pytest.raises(OutOfRange, match=sentence):
        HiddenSpace().compute(Trainer(CONFIG), [pair])


def test_without_hidden_layers_nothing_can_be_chosen() -> None:
    with pytest.raises(OutOfRange, match="there is no hidden layer"):
        HiddenSpace().compute(Trainer(Config.from_json({"layers": []})), [(0, 0, 0)])


def test_equal_units_do_not_turn_the_axes_round() -> None:
    """Two units that are one another's negatives: the axis has two components of equal size."""
    trainer = Trainer(Config.from_json({"layers": [{"units": 3, "activation": "identity"}]}))
    W = trainer.network.layers[0].blocks[0].view(trainer.network.theta)
    for first, second in ((1.0, -1.0), (1.0 - 1e-7, -1.0), (1.0, -1.0 + 1e-7)):
        W[...] = [[first, 0, 0], [second, 0, 0], [0, 0.1, 0]]
        axis = HiddenSpace().compute(trainer)["axes.0"][0]
        np.testing.assert_allclose(axis, [0.5**0.5, -(0.5**0.5), 0], atol=1e-2)


def test_each_layer_has_units_of_its_own_choice() -> None:
    trainer = Trainer(CONFIG)
    found = HiddenSpace().compute(trainer, [(0, 4, 1), (1, 1, 0)])
    for layer, units in ((0, [4, 1]), (1, [1, 0])):
        np.testing.assert_array_equal(found[f"points.{layer}"], trainer.forward_all().passes[layer].a[units].T)


def test_axes_turn_towards_those_of_an_earlier_look() -> None:
    """Seen along axes that are turned and mirrored, the next look shows the same plane from that side."""
    trainer, probe = Trainer(CONFIG, dtype=np.float64), HiddenSpace()
    plain = probe.compute(trainer)
    turn = np.array([[0.6, 0.8], [0.8, -0.6]])
    found = probe.compute(trainer, like={"axes.0": turn @ plain["axes.0"]})
    np.testing.assert_allclose(found["axes.0"], turn @ plain["axes.0"], atol=1e-6)
    np.testing.assert_allclose(found["points.0"], plain["points.0"] @ turn.T, atol=1e-5)
    assert found["share.0"].sum() == pytest.approx(plain["share.0"].sum(), rel=1e-5)


def test_axes_of_a_layer_of_another_width_are_forgotten() -> None:
    trainer, probe = Trainer(CONFIG), HiddenSpace()
    found = probe.compute(trainer, like={"axes.0": np.eye(2, 7)})
    np.testing.assert_array_equal(found["axes.0"], probe.compute(trainer)["axes.0"])


def space_of(W: list[list[float]], b: float = 0.0, like: Array | None = None) -> dict[str, Array]:
    """What three linear units with these weights are seen as."""
    trainer = Trainer(Config.from_json({"layers": [{"units": 3, "activation": "identity"}]}), record=False)
    trainer.network.layers[0].blocks[0].view(trainer.network.theta)[...] = np.hstack([W, np.full((3, 1), b)])
    return HiddenSpace().compute(trainer, like=None if like is None else {"axes.0": like})


@pytest.mark.parametrize("b", [0.0, 1.0, -123.456, 1e6])
@pytest.mark.parametrize("like", [None, np.eye(2, 3), np.zeros((2, 3))])
def test_a_constant_layer_has_no_axes_and_lies_in_one_place(b: float, like: Array | None) -> None:
    """Also where rounding errors make it vary a little, as weights of 1e-9 beside a bias do."""
    for W in (np.zeros((3, 2)), np.full((3, 2), 1e-9 * abs(b))):
        found = space_of(W.tolist(), b, like)
        for name in ("axes.0", "points.0", "grid.0", "share.0"):
            assert not found[name].any(), name


@pytest.mark.parametrize("b", [0.0, 1.0, -30.0])
def test_units_that_say_the_same_lie_on_a_line_along_the_first_axis(b: float) -> None:
    found = space_of([[0.3, -0.7], [0.6, -1.4], [-0.3, 0.7]], b)
    np.testing.assert_allclose(found["axes.0"][0], np.array([1, 2, -1]) / 6**0.5, atol=1e-5)
    assert found["points.0"][:, 0].std() > 0.1
    assert not found["axes.0"][1].any()
    assert not found["points.0"][:, 1].any()
    np.testing.assert_allclose(found["share.0"], [1, 0], atol=1e-6)


def test_a_line_keeps_its_side_from_look_to_look() -> None:
    """Its one axis is turned to where the last look's first axis pointed, whatever the second one was."""
    W = [[0.3, -0.7], [0.6, -1.4], [-0.3, 0.7]]
    axis = space_of(W)["axes.0"][0]
    for second in (np.zeros(3), np.array([1, 0, 1]) / 2**0.5):
        found = space_of(W, like=np.stack([-axis, second]))
        np.testing.assert_allclose(found["axes.0"][0], -axis, atol=1e-5)
        np.testing.assert_allclose(found["axes.0"][1], 0, atol=1e-5)


def test_a_layer_that_begins_to_vary_gets_the_axes_of_a_first_look() -> None:
    W = [[0.3, -0.7], [0.6, 1.4], [-0.3, 0.2]]
    np.testing.assert_array_equal(space_of(W, like=np.zeros((2, 3)))["axes.0"], space_of(W)["axes.0"])
