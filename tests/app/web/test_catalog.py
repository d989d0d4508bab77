"""The catalog holds every entry, range and name that the page needs, within this server's limits."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from app import __version__
from app.settings import Settings
from app.web.catalog import PORTRAIT_PIXELS, PREVIEW_POINTS, catalog
from nncore.activations import ACTIVATIONS
from nncore.config import CHANGEABLE, OWN_CHANGEABLE, Config
from nncore.datasets import DATASETS
from nncore.features import FEATURES
from nncore.forest.settings import KNOBS
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.portrait import portrait

REGISTRIES: dict[str, Any] = {
    "neurons": NEURONS,
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "datasets": DATASETS,
    "features": FEATURES,
}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(catalog(Settings()), allow_nan=False))
    return result


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_registered_entry_is_there(told: dict[str, Any], name: str) -> None:
    names = [entry["name"] for entry in told[name]]
    # Datasets have an order of their own, by difficulty.
    assert (sorted(names) if name == "datasets" else names) == list(REGISTRIES[name].names())


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_formula_is_there_as_mathml(told: dict[str, Any], name: str) -> None:
    for entry in told[name]:
        assert entry["formula_mathml"].startswith("<math") == bool(entry["formula"]), entry["name"]


def test_every_neuron_has_a_portrait_with_both_of_its_sides(told: dict[str, Any]) -> None:
    for neuron in told["neurons"]:
        field = np.frombuffer(b64decode(neuron["portrait"]["field"]), np.uint8)
        assert field.size == neuron["portrait"]["side"] ** 2 == PORTRAIT_PIXELS**2
        over = portrait(NEURONS.build(neuron["name"]), PORTRAIT_PIXELS) >= 0
        np.testing.assert_array_equal(field.reshape(over.shape) >= 128, over)
        assert 0.05 < over.mean() < 0.95, neuron["name"]


def test_every_dataset_has_the_same_preview_each_time(told: dict[str, Any]) -> None:
    for dataset in told["datasets"]:
        assert len(dataset["preview"]) == PREVIEW_POINTS
        if dataset["task"] == "classification":
            assert {point[2] for point in dataset["preview"]} == set(range(dataset["classes"]))
    assert told["datasets"] == json.loads(json.dumps(catalog(Settings())["datasets"]))


def test_the_default_is_a_config_that_runs_here(told: dict[str, Any]) -> None:
    assert Config.from_json(told["default"]) == Config()
    assert len(told["default"]["layers"]) <= told["fields"]["depth"]["high"]


def test_what_a_running_run_can_change_is_named(told: dict[str, Any]) -> None:
    assert told["changeable"] == [*CHANGEABLE, *OWN_CHANGEABLE]
    assert {path.split(".")[0] for path in told["changeable"]} <= set(told["default"])


def test_the_ranges_are_no_wider_than_the_server_s_limits() -> None:
    told = catalog(Settings(layers=3, units=5, points=100))
    assert told["fields"]["depth"]["high"] == 3
    assert (told["fields"]["layers.units"]["high"], told["fields"]["layers.units"]["default"]) == (5, 5)
    assert told["fields"]["data.count"]["high"] == 100
    assert told["fields"]["forest.levels"]["high"] == 3
    assert set(told["fields"]) == set(Config.FIELDS) | {f"forest.{name}" for name in KNOBS}


def test_commands_events_and_limits_are_named(told: dict[str, Any]) -> None:
    assert told["version"] == __version__
    assert {"open", "play", "ack"} <= set(told["commands"])
    assert {"opened", "refused", "frame", "checkpoint"} <= set(told["events"])
    assert told["limits"]["message_bytes"] == 512_000
    assert told["speeds"][0] is None
    assert set(told["view"]) == {"unit_pixels", "output_pixels", "frames_per_second", "lens.pixels", "lens.lines"}


def test_every_feature_has_a_picture_of_its_values(told: dict[str, Any]) -> None:
    pictures = {feature["name"]: feature["picture"] for feature in told["features"]}
    for picture in pictures.values():
        assert len(b64decode(picture["field"])) == picture["side"] ** 2
    x, y, r = (np.frombuffer(b64decode(pictures[n]["field"]), np.uint8).reshape(24, 24) for n in ("x", "y", "r"))
    assert (x[:, 0].tolist(), x[0, -1], y[0, 0], y[-1, 0]) == ([0] * 24, 255, 255, 0)
    assert r[0, 0] == 255
    assert r[12, 12] == 0
    assert (pictures["x_squared"]["low"], pictures["x_squared"]["high"]) == (
        pytest.approx(0, abs=0.01),
        pytest.approx(1.08**2),  # as far as the plane is drawn
    )


def test_datasets_are_told_classes_first_and_the_easiest_of_each_first() -> None:
    told = catalog(Settings())["datasets"]
    tasks = [each["task"] for each in told]
    assert tasks == sorted(tasks)
    names = [each["name"] for each in told]
    classes, values = names[: tasks.index("regression")], names[tasks.index("regression") :]
    assert (classes[0], values[0]) == ("gaussians", "plane")
    assert classes.index("circles") < classes.index("xor") < classes.index("checkerboard") < classes.index("spirals")
    # What is a matter of its own comes last: other rules for the same points, and the reader's.
    assert (classes[-2:], values[-1]) == (["classic", "own"], "classic_values")
