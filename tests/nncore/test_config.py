"""A Config survives JSON, fills in defaults, and refuses what is wrong with a path and one sentence."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.activations import ACTIVATIONS
from nncore.config import CHANGEABLE, Config
from nncore.datasets import DATASETS
from nncore.errors import InputError
from nncore.features import FEATURES
from nncore.fields import FIELDS, NUMBERS
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.registry import Registry
from nncore.schedules import SCHEDULES
from nncore.spec import Knob


def values(knob: Knob) -> st.SearchStrategy[Any]:
    """Anything that a knob allows."""
    if knob.kind == "bool":
        return st.booleans()
    if knob.kind == "choice":
        return st.sampled_from(knob.choices)
    if knob.kind == "texts":
        return st.lists(st.text(max_size=5).filter(str.isprintable), max_size=2).map(tuple)
    if knob.kind == "points":
        point = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([0.0, 1.0]))
        return st.lists(point.map(list), min_size=4, max_size=6)
    if knob.kind == "numbers":
        axis = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(0, 17))
        return st.sampled_from([0, 2, 3]).flatmap(
            lambda axes: st.lists(axis, min_size=axes, max_size=axes).map(
                lambda parts: [n for part in parts for n in part]
            )
        )
    if knob.kind == "int":
        return st.integers(int(knob.low or 0), int(knob.high or 0))
    return st.floats(knob.low, knob.high, allow_nan=False)


def choices(registry: Registry[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any entry of a registry with any knobs."""
    return st.sampled_from(registry.names()).flatmap(
        lambda name: st.fixed_dictionaries(
            {"name": st.just(name)}, optional={knob.name: values(knob) for knob in registry[name].spec.knobs}
        )
    )


def configs() -> st.SearchStrategy[dict[str, Any]]:
    """Any Config, with any of its fields left out."""
    layer = {"neuron": choices(NEURONS), "activation": choices(ACTIVATIONS)}
    layer |= {name: values(FIELDS[f"layers.{name}"]) for name in ("units", "norm", "dropout", "bias")}
    data = {
        name.removeprefix("data."): values(FIELDS[name]) for name in ("data.noise", "data.label_noise", "data.scale")
    }
    return st.fixed_dictionaries(
        {},
        optional={
            "data": choices(DATASETS).flatmap(lambda d: st.fixed_dictionaries(data).map(lambda numbers: d | numbers)),
            "features": st.lists(st.sampled_from(FEATURES.names()), min_size=1, max_size=4, unique=True),
            "layers": st.lists(st.fixed_dictionaries({}, optional=layer), max_size=4),
            "output": st.fixed_dictionaries({}, optional={"neuron": choices(NEURONS), "bias": st.booleans()}),
            "optimizer": choices(OPTIMIZERS),
            "schedule": choices(SCHEDULES),
            **{name: values(FIELDS[name]) for name in NUMBERS},
            "seeds": st.fixed_dictionaries({}, optional={"data": values(FIELDS["seeds.data"])}),
        },
    )


@settings(max_examples=200, deadline=None)
@given(configs())
def test_every_config_survives_json(data: dict[str, Any]) -> None:
    config = Config.from_json(data)
    assert Config.from_json(json.loads(json.dumps(config.to_json()))) == config


def test_an_empty_object_is_the_default() -> None:
    assert Config.from_json({}) == Config()


def test_a_bare_name_is_an_entry_with_its_defaults() -> None:
    short = Config.from_json({"layers": [{"neuron": "polynomial"}], "optimizer": "sgd"})
    long = Config.from_json({"layers": [{"neuron": {"name": "polynomial", "degree": 3}}], "optimizer": {"name": "sgd"}})
    assert short == long


def test_a_config_of_before_layers_could_lack_biases_has_them_all() -> None:
    written = {"layers": [{"units": 3, "norm": "none", "dropout": 0.0, "residual": False}], "output": {"neuron": "fan"}}
    config = Config.from_json(written)
    assert (config.layers[0].bias, config.output.bias) == (True, True)
    assert config.to_json()["output"] == {"neuron": {"name": "fan"}, "bias": True}


def test_a_loss_left_out_is_one_that_can_measure_the_data() -> None:
    assert Config.from_json({"data": {"name": "plane"}}).loss.name == "mse"
    assert Config.from_json({"data": {"name": "xor"}}).loss.name == "cross_entropy"


def test_own_points_count_themselves() -> None:
    points = [[0.5, 0.5, 1], [-0.5, 0.5, 0], [0.5, -0.5, 0], [-0.5, -0.5, 1], [0.1, 0.1, 1]]
    config = Config.from_json({"data": {"name": "own", "points": points, "count": 500}})
    assert config.data.count == 5
    assert Config.from_json(json.loads(json.dumps(config.to_json()))) == config


BAD: list[tuple[Any, str, str]] = [
    ([], "", "type"),
    (None, "", "type"),
    ({"layer": []}, "layer", "extra"),
    ({"layers": {}}, "layers", "type"),
    ({"layers": [3]}, "layers[0]", "type"),
    ({"layers": [{}] * 33}, "layers", "range"),
    ({"layers": [{}, {"units": False}]}, "layers[1].units", "type"),
    ({"layers": [{}, {"units": 0}]}, "layers[1].units", "range"),
    ({"layers": [{"units": 257}]}, "layers[0].units", "range"),
    ({"layers": [{"nueron": "linear"}]}, "layers[0].nueron", "extra"),
    ({"layers": [{"neuron": "liner"}]}, "layers[0].neuron", "unknown"),
    ({"layers": [{"neuron": {"name": "liner"}}]}, "layers[0].neuron.name", "unknown"),
    ({"layers": [{"neuron": {}}]}, "layers[0].neuron.name", "missing"),
    ({"layers": [{"neuron": 3}]}, "layers[0].neuron", "type"),
    ({"layers": [{"neuron": {"name": "polynomial", "degree": 6}}]}, "layers[0].neuron.degree", "range"),
    ({"layers": [{"neuron": {"name": "linear", "degree": 2}}]}, "layers[0].neuron.degree", "extra"),
    ({"layers": [{"activation": "tahn"}]}, "layers[0].activation", "unknown"),
    ({"layers": [{"norm": "batch_norm"}]}, "layers[0].norm", "unknown"),
    ({"layers": [{"dropout": 1.0}]}, "layers[0].dropout", "range"),
    ({"layers": [{"residual": 1}]}, "layers[0].residual", "type"),
    ({"layers": [{"units": 3}, {"units": 4, "residual": True}]}, "layers[1].residual", "range"),
    ({"init": "xavier"}, "init", "unknown"),
    ({"clip": -1}, "clip", "range"),
    ({"data": {"name": "own", "points": [[0, 0, 8]] * 4}}, "data.points[0]", "range"),
    ({"data": {"name": "own", "points": [[0, 0]] * 4}}, "data.points[0]", "type"),
    ({"data": {"name": "xor", "label_noise": 0.6}}, "data.label_noise", "range"),
    ({"layers": [{"bias": "off"}]}, "layers[0].bias", "type"),
    ({"output": {"activation": "tanh"}}, "output.activation", "extra"),
    ({"output": {"bias": 0}}, "output.bias", "type"),
    ({"output": []}, "output", "type"),
    ({"features": []}, "features", "range"),
    ({"features": "x"}, "features", "type"),
    ({"features": ["x", "z"]}, "features[1]", "unknown"),
    ({"features": ["x", "x"]}, "features[1]", "range"),
    ({"data": {"name": "spiral"}}, "data.name", "unknown"),
    ({"data": {"count": 100}}, "data.name", "missing"),
    ({"data": {"name": "spirals", "arms": 6}}, "data.arms", "range"),
    ({"data": {"name": "xor", "arms": 3}}, "data.arms", "extra"),
    ({"data": {"name": "xor", "count": 3}}, "data.count", "range"),
    ({"data": {"name": "xor", "count": 4, "train_share": 0.05}}, "data.train_share", "range"),
    ({"data": {"name": "xor", "noise": math.nan}}, "data.noise", "range"),
    ({"data": {"name": "plane"}, "loss": "cross_entropy"}, "loss", "unknown"),
    ({"optimizer": {"name": "sgd", "learning_rate": math.inf}}, "optimizer.learning_rate", "range"),
    ({"optimizer": {"name": "sgd", "momentum": 0.5}}, "optimizer.momentum", "extra"),
    ({"optimizer": None}, "optimizer", "type"),
    ({"schedule": "cosin"}, "schedule", "unknown"),
    ({"schedule": {"name": "step", "gamma": 2}}, "schedule.gamma", "range"),
    ({"batch": 0}, "batch", "range"),
    ({"batch": "10"}, "batch", "type"),
    ({"batch": 2.5}, "batch", "type"),
    ({"l1": -1}, "l1", "range"),
    ({"l2": None}, "l2", "type"),
    ({"seeds": {"data": -1}}, "seeds.data", "range"),
    ({"seeds": {"init": 1}}, "seeds.init", "extra"),
    ({"seeds": 3}, "seeds", "type"),
]


@pytest.mark.parametrize(("data", "path", "code"), BAD)
def test_what_is_wrong_is_named_with_its_path(data: Any, path: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Config.from_json(data)
    assert (caught.value.path, caught.value.code) == (path, code)
    assert str(caught.value).startswith(path)
    assert "\n" not in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(list(Config().to_json())), json_values, max_size=4))
def test_nonsense_is_refused_or_understood_never_a_crash(data: dict[str, Any]) -> None:
    try:
        config = Config.from_json(data)
    except InputError:
        return
    assert Config.from_json(config.to_json()) == config


def test_a_running_run_can_change_what_keeps_its_weights() -> None:
    config = Config()
    assert config.changed("batch", 5).batch == 5
    assert config.changed("l2", 0.1).l2 == 0.1
    assert config.changed("optimizer.learning_rate", 0.3).optimizer.knobs["learning_rate"] == 0.3
    assert config.changed("optimizer", "sgd").optimizer.name == "sgd"
    assert config.changed("schedule", "cosine").changed("schedule.floor", 0.5).schedule.knobs["floor"] == 0.5
    assert config.changed("clip", 1).clip == 1.0
    assert config.changed("optimizer.beta1", 0.5).optimizer.knobs["learning_rate"] == 0.01


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("layers", [], "extra"),
        ("layers[0].units", 3, "extra"),
        ("", 1, "extra"),
        ("batch.size", 1, "extra"),
        ("optimizer.momentum", 0.5, "extra"),
        ("optimizer.learning_rate", 1e9, "range"),
        ("optimizer.learning_rate", False, "type"),
        ("schedule.floor", 0.5, "extra"),
        ("schedule", "sine", "unknown"),
        ("optimizer", "sdg", "unknown"),
        ("batch", math.nan, "type"),
        ("l1", math.inf, "range"),
    ],
)
def test_a_change_that_cannot_be_made_is_named(path: str, value: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Config().changed(path, value)
    assert caught.value.code == code


def test_changes_are_taken_over_from_another_config() -> None:
    changed = Config().changed("batch", 3).changed("optimizer", "sgd")
    assert Config().with_changes_of(changed) == changed
    other = Config.from_json({"layers": []})
    assert other.with_changes_of(changed).layers == ()


def test_every_changeable_setting_is_a_field() -> None:
    assert set(CHANGEABLE) <= set(Config().to_json())


OWN = {"data": {"name": "own", "points": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]}}
MORE = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [0.5, 0.5, 1]]


def test_own_points_and_names_can_change_in_a_running_run() -> None:
    config = Config.from_json(OWN)
    changed = config.changed("data.points", MORE).changed("data.names", ["in", "out"])
    assert changed == Config.from_json({"data": {"name": "own", "points": MORE, "names": ["in", "out"]}})
    assert changed.data.count == 5
    assert config.with_changes_of(changed) == changed


@pytest.mark.parametrize(
    ("config", "path", "value", "sentence"),
    [
        (OWN, "data.points", [*MORE[:4], [0, 0, 2]], "data.points: would change 2 classes to 3;"),
        (OWN, "data.names", ["a", "b", "c"], "data.names: would change 2 classes to 3; that is a different network"),
        (OWN, "data.points", MORE[:3], "data.points: must hold from 4 to 5000 points, not 3"),
        (OWN, "data.points", [*MORE, [2, 0, 0]], "data.points[5]: must lie in the square, x and y from -1 to 1, not"),
        (OWN, "data.names", ["a" * 41], "data.names[0]: must have at most 40 characters, not 41"),
        (OWN, "data.names", ["a\n"], "data.names[0]: must contain only printable characters and spaces, not 'a\\n'"),
        (OWN, "data.noise", 0.1, "data.noise: cannot be changed during a run; you can change batch"),
        ({}, "data.points", MORE, "data.points: cannot be changed during a run; you can change batch"),
        ({}, "optimizer.", "sgd", "optimizer.: cannot be changed during a run; you can change batch"),
        ({}, "l1.", 0.1, "l1.: cannot be changed during a run; you can change batch"),
        ({}, "l1.x", 0.1, "l1.x: cannot be changed during a run; you can change batch"),
    ],
)
def test_points_that_do_not_fit_the_network_are_refused(
    config: dict[str, Any], path: str, value: object, sentence: str
) -> None:
    with pytest.raises(InputError) as caught:
        Config.from_json(config).changed(path, value)
    assert str(caught.value).startswith(sentence)


def test_of_the_data_nothing_but_own_points_is_taken_over() -> None:
    config = Config.from_json(OWN)
    noisy = Config.from_json({"data": {**OWN["data"], "noise": 0.1}})
    assert config.with_changes_of(noisy) == config
    three = Config.from_json({"data": {**OWN["data"], "names": ["a", "b", "c"]}})
    assert config.with_changes_of(three) == config
    assert Config().with_changes_of(config) == Config()
