"""Snapshots continue to the bit, open with the public library, and are refused whole when anything is wrong."""

import itertools
import json
import math
from collections.abc import Callable
from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import snapshot
from nncore.config import Config
from nncore.errors import BadSnapshot, InputError
from nncore.export import EXPORTS
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.trainer import Trainer

SMALL = {"layers": [{"units": 3, "neuron": "quadratic"}], "data": {"name": "xor", "count": 44}}


def trained(data: dict[str, Any], steps: int) -> Trainer:
    trainer = Trainer(Config.from_json(data))
    trainer.advance(steps)
    return trainer


def remade(data: bytes, edit: Callable[[dict[str, Any], dict[str, Any]], None]) -> bytes:
    """The same snapshot with its tensors and body edited."""
    tensors, body = safetensors.numpy.load(data), snapshot.read_body(data, "checkpoint")
    edit(tensors, body)
    return safetensors.numpy.save(tensors, {"kind": "checkpoint", "body": json.dumps(body)})


EVERY_KIND_AND_OPTIMIZER = itertools.product(NEURONS.names(), OPTIMIZERS.names())
STEPS = (0, 1, 3, 7)
"""Before the first, inside an epoch, at its end, inside a later one: each kind and each optimiser meets every one."""


@pytest.mark.parametrize(
    ("neuron", "optimizer", "steps"),
    [(*pair, steps) for pair, steps in zip(EVERY_KIND_AND_OPTIMIZER, itertools.cycle(STEPS), strict=False)],
)
def test_resuming_continues_to_the_bit(neuron: str, optimizer: str, steps: int) -> None:
    data = {**SMALL, "layers": [{"units": 3, "neuron": neuron}], "optimizer": optimizer}
    original = trained(data, steps)
    resumed = snapshot.load(snapshot.save(original))
    for trainer in (original, resumed):
        trainer.advance(20)
    np.testing.assert_array_equal(original.network.theta, resumed.network.theta)
    np.testing.assert_array_equal(original.history.since(0), resumed.history.since(0))
    assert (original.epoch, original.step, original.epoch_step) == (resumed.epoch, resumed.step, resumed.epoch_step)


def test_resuming_continues_the_stream_that_dropout_draws_from() -> None:
    data = {**SMALL, "layers": [{"units": 6, "dropout": 0.4, "norm": "layer_norm"}]}
    original = trained(data, 4)
    resumed = snapshot.load(snapshot.save(original))
    for trainer in (original, resumed):
        trainer.advance(20)
    np.testing.assert_array_equal(original.network.theta, resumed.network.theta)


def test_a_snapshot_of_before_layers_could_lack_biases_goes_on_to_the_bit() -> None:
    original = trained(SMALL, 5)

    def age(tensors: dict[str, Any], body: dict[str, Any]) -> None:
        for layer in (*body["config"]["layers"], body["config"]["output"]):
            del layer["bias"]

    resumed = snapshot.load(remade(snapshot.save(original), age))
    for trainer in (original, resumed):
        trainer.advance(20)
    np.testing.assert_array_equal(original.network.theta, resumed.network.theta)


def test_a_snapshot_opens_with_the_public_library() -> None:
    trainer = trained(SMALL, 5)
    tensors = safetensors.numpy.load(snapshot.save(trainer))
    for name, array in trainer.network.parameters():
        np.testing.assert_array_equal(tensors[name], array)


def test_a_diverged_run_stays_diverged_and_keeps_its_weights() -> None:
    exploding = {
        "layers": [{"units": 4, "neuron": "square", "activation": "identity"}] * 3,
        "optimizer": {"name": "sgd", "learning_rate": 5.0},
    }
    trainer = trained(exploding, 100_000)
    resumed = snapshot.load(snapshot.save(trainer))
    assert resumed.diverged == trainer.diverged
    assert resumed.advance(5) == 0


HOT: dict[str, dict[str, Any]] = {
    "values": {
        "layers": [{"units": 4, "neuron": "square", "activation": "identity"}] * 3,
        "optimizer": {"name": "sgd", "learning_rate": 5.0},
    },
    "gradient": {
        "data": {"name": "hills", "count": 60},
        "layers": [{"units": 8, "activation": "square"}] * 4,
        "optimizer": {"name": "adam", "learning_rate": 0.3},
        "batch": 5,
    },
}
EVERY_CAUSE = pytest.mark.parametrize("cause", HOT)


@EVERY_CAUSE
def test_a_run_saved_just_before_it_diverges_ends_with_the_same_weights(cause: str) -> None:
    end = trained(HOT[cause], 100_000)
    resumed = snapshot.load(snapshot.save(trained(HOT[cause], end.step)))
    resumed.advance(10)
    np.testing.assert_array_equal(resumed.network.theta, end.network.theta)
    assert resumed.diverged == end.diverged


@EVERY_CAUSE
@pytest.mark.parametrize("steps", [1, 40])
def test_a_diverged_run_goes_on_from_its_snapshot_to_the_bit(cause: str, steps: int) -> None:
    original = trained(HOT[cause], 100_000)
    assert original.diverged is not None
    assert original.diverged.cause == cause
    resumed = snapshot.load(snapshot.save(original))
    for trainer in (original, resumed):
        trainer.change("optimizer.learning_rate", 1e-3)
        trainer.clear_divergence()
        assert trainer.advance(steps) == steps
    np.testing.assert_array_equal(resumed.network.theta, original.network.theta)


def test_a_run_that_diverges_in_an_epoch_s_first_step_takes_the_same_order_again() -> None:
    """Its random stream has given that order already; a resumed one has not."""
    original = trained(SMALL, 5)
    original.network.theta[:] = 1e38
    original.advance(1)
    assert original.diverged is not None
    assert original.offset == 0
    resumed = snapshot.load(snapshot.save(original))
    for trainer in (original, resumed):
        trainer.clear_divergence()
        trainer.advance(7)
    np.testing.assert_array_equal(resumed.network.theta, original.network.theta)


def as_saved_before(tensors: dict[str, Any], body: dict[str, Any]) -> None:
    tensors["previous"] = tensors.pop("fallback")
    if body["diverged"]:
        body["diverged"] = {name: body["diverged"][name] for name in ("layer", "message")}


@pytest.mark.parametrize("config", [SMALL, HOT["values"]])
def test_a_snapshot_of_the_version_before_opens(config: dict[str, Any]) -> None:
    trainer = trained(config, 1000)
    opened = snapshot.load(remade(snapshot.save(trainer), as_saved_before))
    np.testing.assert_array_equal(opened.guard.fallback, trainer.guard.fallback)
    assert opened.diverged == trainer.diverged


def test_settings_that_may_change_come_from_the_config_beside_it() -> None:
    data = snapshot.save(trained(SMALL, 5))
    config = Config.from_json(SMALL).changed("optimizer.learning_rate", 0.5).changed("batch", 3)
    config = config.changed("schedule", "cosine").changed("clip", 2.0)
    resumed = snapshot.load(data, config)
    assert resumed.config == config
    assert resumed.memory["mean"].any()
    other = snapshot.load(data, config.changed("optimizer", "sgd"))
    assert other.config.optimizer.name == "sgd"


def test_a_config_that_differs_in_more_is_refused() -> None:
    data = snapshot.save(trained(SMALL, 5))
    with pytest.raises(BadSnapshot, match="differs from the snapshot") as caught:
        snapshot.load(data, Config())
    assert caught.value.path == "config"


def set_body(name: str, value: object) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def edit(tensors: dict[str, Any], body: dict[str, Any]) -> None:
        body[name] = value

    return edit


def set_tensor(name: str, value: object) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def edit(tensors: dict[str, Any], body: dict[str, Any]) -> None:
        tensors[name] = value

    return edit


def set_epochs(epochs: list[float]) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """Two records at these epochs; the run itself is in its epoch 1."""
    return set_tensor("history", np.array([[epoch, 0.5, 0.5, 1.0, 1.0] for epoch in epochs]))


@pytest.mark.parametrize(
    ("edit", "path"),
    [
        (set_body("version", 2), "version"),
        (set_body("config", {"layers": 3}), "config"),
        (set_body("config", None), "config"),
        (set_body("epoch", -1), "epoch"),
        (set_body("epoch", True), "epoch"),
        (set_body("step", "x"), "step"),
        (set_body("offset", 22), "offset"),
        (set_body("order", {}), "order"),
        (set_body("order", {"state": -1, "inc": 1, "has_uint32": 0, "uinteger": 0}), "order.state"),
        (set_body("order", {"state": 1, "inc": 2**128, "has_uint32": 0, "uinteger": 0}), "order.inc"),
        (set_body("diverged", 3), "diverged"),
        (set_body("diverged", {"layer": 9, "message": ""}), "diverged.layer"),
        (set_tensor("output.W", np.zeros((1, 5), np.float32)), "output.W"),
        (set_tensor("output.W", np.zeros((1, 4), np.float64)), "output.W"),
        (set_tensor("output.W", np.full((1, 4), np.nan, np.float32)), "output.W"),
        (set_tensor("stranger", np.zeros(1, np.float32)), "stranger"),
        (set_tensor("history", np.zeros((2, 4))), "history"),
        (set_epochs([0.0, np.nan]), "history"),
        (set_epochs([0.0, np.inf]), "history"),
        (set_epochs([0.0, 0.5]), "history"),
        (set_epochs([1.0, 0.0]), "history"),
        (set_epochs([-1.0, 1.0]), "history"),
        (set_epochs([0.0, 2.0]), "history"),
        (set_tensor("optimizer.square", np.full(16, np.inf, np.float32)), "optimizer.square"),
        (set_tensor("fallback", np.full(16, np.nan, np.float32)), "fallback"),
        (lambda tensors, body: tensors.pop("fallback"), "fallback"),
        (set_tensor("previous", np.zeros(16, np.float32)), "fallback"),
        (set_body("diverged", {"layer": 0, "message": "", "epoch": 2}), "diverged.epoch"),
        (set_body("diverged", {"layer": 0, "message": "", "step": 6}), "diverged.step"),
        (set_body("diverged", {"layer": 0, "message": "", "cause": "gremlins"}), "diverged.cause"),
        (set_body("diverged", {"layer": 0, "message": "", "cause": []}), "diverged.cause"),
        (lambda tensors, body: tensors.pop("optimizer.mean"), "optimizer.mean"),
    ],
)
def test_what_does_not_fit_is_named(edit: Callable[[dict[str, Any], dict[str, Any]], None], path: str) -> None:
    with pytest.raises(BadSnapshot) as caught:
        snapshot.load(remade(snapshot.save(trained(SMALL, 5)), edit))
    assert caught.value.path == path


def test_a_history_longer_than_any_run_makes_is_refused() -> None:
    """It would be kept, and looked through, for as long as the run is open."""

    def stuff(tensors: dict[str, Any], body: dict[str, Any]) -> None:
        body["epoch"] = 10_000
        tensors["history"] = np.zeros((6_018, 5))
        tensors["history"][:, 0] = np.arange(6_018)

    with pytest.raises(BadSnapshot, match="at most 6017 records"):
        snapshot.load(remade(snapshot.save(trained(SMALL, 3)), stuff))


@pytest.mark.parametrize("data", [b"", b"\x00", b"nonsense" * 20, b"\xff" * 64])
def test_bytes_that_are_no_snapshot_are_refused(data: bytes) -> None:
    with pytest.raises(BadSnapshot):
        snapshot.load(data)


def test_another_safetensors_file_is_refused() -> None:
    with pytest.raises(BadSnapshot, match="not a snapshot of this program"):
        snapshot.load(safetensors.numpy.save({"x": np.zeros(3)}))


SAVED = snapshot.save(trained(SMALL, 5))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SAVED) - 1))
def test_a_snapshot_cut_short_anywhere_is_refused(length: int) -> None:
    with pytest.raises(BadSnapshot):
        snapshot.load(SAVED[:length])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SAVED) - 1), st.integers(0, 255))
def test_a_snapshot_with_one_wrong_byte_is_refused_or_loads_finite_weights(place: int, byte: int) -> None:
    data = bytearray(SAVED)
    data[place] = byte
    try:
        trainer = snapshot.load(bytes(data))
    except InputError:
        return
    assert np.isfinite(trainer.network.theta).all()


ODD_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2**53, 2**64, 10**400, 0.5, -0.0, 1e300, math.nan, math.inf, -math.inf),
    *("", "x", "adam", [], [[]], [None], {}, {"name": "xor"}, {"": 0}),
)
ODD_ARRAYS = tuple(
    np.full(shape, value, kind)
    for kind in (np.float32, np.float64, np.float16, np.int64, np.uint8, np.bool_)
    for shape, value in (((), 0), ((0,), 0), ((16,), 1), ((1, 4), 1), ((3, 5), 1), ((2, 0), 1), ((1, 1, 1), 1))
)


def places_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, by the keys on the way."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in ((*path, key), *places_of(each, (*path, key)))]


def spoilt(data: bytes, draw: st.DataObject) -> bytes:
    """The same snapshot with one or two of its values, arrays or numbers replaced or gone."""
    tensors = {name: array.copy() for name, array in safetensors.numpy.load(data).items()}
    body = snapshot.read_body(data, "checkpoint")
    for _ in range(draw.draw(st.integers(1, 2))):
        what = draw.draw(st.sampled_from(["value", "value", "array", "number"]))
        if what == "value":
            *way, key = draw.draw(st.sampled_from(places_of(body)))
            holder = reduce(getitem, way, body)
            if draw.draw(st.integers(0, 4)):
                holder[key] = deepcopy(draw.draw(st.sampled_from(ODD_VALUES)))
            else:
                del holder[key]
            continue
        name = draw.draw(st.just("history") | st.sampled_from(sorted(tensors)))
        if what == "array":
            tensors[name] = draw.draw(st.sampled_from(ODD_ARRAYS))
        elif tensors[name].size:
            odd = draw.draw(st.sampled_from([math.nan, math.inf, -math.inf, 0.5, -1.0, 1e38]))
            place = draw.draw(st.just(0) | st.integers(0, tensors[name].size - 1))
            with np.errstate(all="ignore"):
                tensors[name].reshape(-1)[place] = np.array(odd).astype(tensors[name].dtype)
    return safetensors.numpy.save(tensors, {"kind": "checkpoint", "body": json.dumps(body)})


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.sampled_from([SAVED, snapshot.save(trained(HOT["gradient"], 1000))]), st.data())
def test_whatever_is_changed_in_a_snapshot_it_is_refused_or_a_run_like_any_other(saved: bytes, draw: Any) -> None:
    try:
        trainer = snapshot.load(spoilt(saved, draw))
    except InputError:
        return
    trainer.clear_divergence()
    trainer.advance(3)
    assert EXPORTS["history"](trainer)
    assert EXPORTS["numpy"](trainer)
    assert snapshot.load(snapshot.save(trainer)).step == trainer.step


DRAWN: dict[str, Any] = {
    "layers": [{"units": 3}],
    "batch": 2,
    "data": {"name": "own", "points": [[0, 0, 0], [0.1, 0.9, 1], [0.9, 0.1, 1], [1, 1, 0], [0.5, 0.4, 0], [0.3, 1, 1]]},
}
DRAWN_ON = [*DRAWN["data"]["points"], [-0.5, 0.2, 0], [-0.4, 0.1, 1], [-1, 1, 1]]


@pytest.mark.parametrize("steps", [4, 5])
def test_a_run_whose_points_were_drawn_on_continues_to_the_bit(steps: int) -> None:
    original = trained(DRAWN, steps)
    original.change("data.points", DRAWN_ON)
    resumed = snapshot.load(snapshot.save(original))
    original.advance(7)
    later = snapshot.load(snapshot.save(original))
    resumed.advance(7)
    for trainer in (original, resumed, later):
        trainer.advance(9)
    np.testing.assert_array_equal(original.network.theta, resumed.network.theta)
    np.testing.assert_array_equal(original.network.theta, later.network.theta)


def test_points_drawn_since_the_snapshot_are_taken_from_the_config() -> None:
    saved = snapshot.save(trained(DRAWN, 5))
    wanted = Config.from_json({**DRAWN, "data": {"name": "own", "points": DRAWN_ON, "names": ["in", "out"]}})
    resumed = snapshot.load(saved, wanted)
    assert resumed.config == wanted
    other = trained(DRAWN, 5)
    other.change("data.points", DRAWN_ON)
    for trainer in (other, resumed):
        trainer.advance(9)
    np.testing.assert_array_equal(other.network.theta, resumed.network.theta)
    with pytest.raises(BadSnapshot, match="more than a run may change"):
        snapshot.load(saved, Config.from_json({**DRAWN, "data": {**DRAWN["data"], "names": ["a", "b", "c"]}}))
