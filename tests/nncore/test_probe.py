"""The contract of every probe, over the registry, and the little that probes share."""

from typing import Any

import numpy as np
import pytest

from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.probe import LARGEST, copy_of, finite, tame, views_of_points
from nncore.probes import PROBES
from nncore.spec import Knob
from nncore.trainer import Trainer
from tests.nncore.any_config import QUICK

EVERY_PROBE = pytest.mark.parametrize("name", PROBES.names())
TWO_CLASSES, THREE_CLASSES, REGRESSION = {"name": "xor"}, {"name": "rings", "rings": 3}, {"name": "hills"}
OPTIONS = {"norm": "layer_norm", "dropout": 0.2}


def pair(config: dict[str, Any], replicas: int | None) -> tuple[Trainer, Trainer]:
    """Two equal trainers in the middle of an epoch."""
    first, second = (Trainer(Config.from_json(config), replicas=replicas) for _ in range(2))
    for trainer in (first, second):
        trainer.advance(3)
    return first, second


@EVERY_PROBE
@pytest.mark.parametrize("layers", [[], [{"units": 1}], [{"units": 3, **OPTIONS}, {"units": 3, "residual": True}]])
@pytest.mark.parametrize("data", [TWO_CLASSES, THREE_CLASSES, REGRESSION])
@pytest.mark.parametrize("replicas", [None, 2])
def test_looking_gives_finite_arrays_and_changes_nothing(
    name: str, layers: list[dict[str, Any]], data: dict[str, Any], replicas: int | None
) -> None:
    watched, alone = pair({"layers": layers, "data": {**data, "count": 60}}, replicas)
    arrays = PROBES.build(name).compute(watched)
    assert arrays
    assert all(np.isfinite(array).all() for array in arrays.values())
    for mine, other in ((watched.network.theta, alone.network.theta), (watched.network.grad, alone.network.grad)):
        np.testing.assert_array_equal(mine, other)
    for trainer in (watched, alone):
        trainer.advance(30)
    np.testing.assert_array_equal(watched.network.theta, alone.network.theta)
    np.testing.assert_array_equal(watched.history.since(0), alone.history.since(0))


@EVERY_PROBE
@pytest.mark.parametrize("data", [TWO_CLASSES, THREE_CLASSES, REGRESSION])
def test_of_replicas_the_first_is_shown(name: str, data: dict[str, Any]) -> None:
    config = {"layers": [{"units": 4}, {"units": 3}], "data": {**data, "count": 60}}
    many, one = (Trainer(Config.from_json(config), replicas=replicas, dtype=np.float64) for replicas in (3, None))
    np.testing.assert_array_equal(many.network.theta[0], one.network.theta)
    shown, expected = (PROBES.build(name).compute(trainer) for trainer in (many, one))
    assert shown.keys() == expected.keys()
    for key, array in shown.items():
        np.testing.assert_allclose(array, expected[key], rtol=1e-6, atol=1e-9, err_msg=key)


@EVERY_PROBE
def test_the_next_look_leaves_the_last_arrays_alone(name: str) -> None:
    trainer, probe = Trainer(Config()), PROBES.build(name)
    first = probe.compute(trainer)
    kept = {key: array.copy() for key, array in first.items()}
    trainer.run(1)
    second = probe.compute(trainer)
    for key, array in first.items():
        np.testing.assert_array_equal(array, kept[key], err_msg=key)
    assert any((second[key] != kept[key]).any() for key in kept)


@EVERY_PROBE
@pytest.mark.parametrize("neuron", NEURONS)
def test_what_is_shown_is_finite_however_large_the_weights_are(name: str, neuron: str) -> None:
    layers = [{"units": 4, "neuron": neuron, "activation": activation} for activation in ("relu", "square")]
    probe = PROBES.build(name, QUICK.get(name, {}))
    for data in (TWO_CLASSES, THREE_CLASSES, REGRESSION):
        config = {"layers": layers, "output": {"neuron": neuron}, "data": {**data, "count": 40}}
        trainer = Trainer(Config.from_json(config))
        signs = np.sign(trainer.network.theta)
        for size in (1e12, 1e30, 3e38):
            trainer.network.theta[...] = size * signs
            assert all(np.isfinite(array).all() for array in probe.compute(trainer).values())


@EVERY_PROBE
def test_what_is_shown_is_finite_where_the_network_s_numbers_are_not(name: str) -> None:
    trainer = Trainer(Config.from_json({"layers": [{"neuron": "quadratic", "activation": "relu"}] * 3}))
    trainer.network.theta *= 1e12
    with np.errstate(all="ignore"):
        assert not np.isfinite(trainer.forward_all().passes[-1].z).all()
    assert all(np.isfinite(array).all() for array in PROBES.build(name).compute(trainer).values())


@EVERY_PROBE
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_knob_s_end_can_be_looked_at(name: str, end: str) -> None:
    def at_end(knob: Knob) -> object:
        return knob.default if name == "loss_slice" and knob.name == "pixels" else getattr(knob, end)

    probe = PROBES.build(name, {knob.name: at_end(knob) for knob in PROBES[name].spec.knobs})
    arrays = probe.compute(Trainer(Config.from_json({"layers": [{"units": 3}], "data": {"name": "xor", "count": 8}})))
    assert all(np.isfinite(array).all() for array in arrays.values())


def test_a_copy_has_the_first_replica_s_weights_and_its_own_memory() -> None:
    trainer = Trainer(Config(), replicas=2)
    copy = copy_of(trainer)
    np.testing.assert_array_equal(copy.theta, trainer.network.theta[0])
    copy.theta += 1
    assert (copy.theta != trainer.network.theta[0]).all()


def test_views_of_points_are_what_each_layer_gives_on() -> None:
    trainer = Trainer(Config.from_json({"layers": [{"units": 3}, {"units": 2, "norm": "layer_norm"}]}))
    views = dict(views_of_points(trainer))
    assert list(views) == ["input", "0", "1"]
    np.testing.assert_array_equal(views["input"], trainer.split.inputs)
    np.testing.assert_array_equal(views["1"][:2], trainer.forward_all().passes[1].a)
    assert all((view[-1] == 1).all() for view in views.values())


def test_finite_numbers_stay_and_the_others_become_finite() -> None:
    given = np.array([1.5, -2.0], np.float32)
    np.testing.assert_array_equal(finite(given), given)
    assert finite(given) is not given
    np.testing.assert_array_equal(finite(np.array([np.nan, np.inf, -np.inf, 3.0])), [0.0, LARGEST, -LARGEST, 3.0])
    np.testing.assert_array_equal(finite(np.array([1e35, -1e35])), [LARGEST, -LARGEST])
    assert finite(np.empty((0, 2))).shape == (0, 2)


def test_numbers_are_tamed_in_their_own_type_and_only_where_they_must_be() -> None:
    given = np.array([1.5, -2.0], np.float32)
    assert tame(given) is given
    odd = np.array([np.nan, np.inf, -np.inf, 3.0, 1e35], np.float32)
    tamed = tame(odd)
    assert tamed.dtype == np.float32
    np.testing.assert_array_equal(tamed, np.array([0.0, LARGEST, -LARGEST, 3.0, LARGEST], np.float32))
    assert np.isnan(odd[0])
    assert tame(np.empty((0, 2))).shape == (0, 2)
