"""Snapshots continue to the bit, open with the public library, and are refused whole when anything is wrong."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import snapshot
from nncore.config import Config
from nncore.errors import BadSnapshot, InputError
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


@pytest.mark.parametrize("neuron", NEURONS.names())
@pytest.mark.parametrize("optimizer", OPTIMIZERS.names())
@pytest.mark.parametrize("steps", [0, 1, 3, 7])
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


def test_a_run_saved_just_before_it_diverges_keeps_the_same_weights() -> None:
    exploding = {
        "layers": [{"units": 4, "neuron": "square", "activation": "identity"}] * 3,
        "optimizer": {"name": "sgd", "learning_rate": 5.0},
    }
    end = trained(exploding, 100_000)
    resumed = snapshot.load(snapshot.save(trained(exploding, end.step)))
    resumed.advance(10)
    np.testing.assert_array_equal(resumed.network.theta, end.network.theta)


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
    with pytest.raises(BadSnapshot, match="differs from the snapshot's") as caught:
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
        (lambda tensors, body: tensors.pop("optimizer.mean"), "optimizer.mean"),
    ],
)
def test_what_does_not_fit_is_named(edit: Callable[[dict[str, Any], dict[str, Any]], None], path: str) -> None:
    with pytest.raises(BadSnapshot) as caught:
        snapshot.load(remade(snapshot.save(trained(SMALL, 5)), edit))
    assert caught.value.path == path


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
    with pytest.raises(BadSnapshot, match="more than what a running run may change"):
        snapshot.load(saved, Config.from_json({**DRAWN, "data": {**DRAWN["data"], "names": ["a", "b", "c"]}}))
