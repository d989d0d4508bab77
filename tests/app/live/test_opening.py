"""A run is made within the server's limits, and told as documented."""

import base64
from typing import Any

import pytest

from app.live import opening
from app.live.commands import Open
from app.live.opening import layout, points
from app.live.upload import Upload
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer

SETTINGS = Settings(layers=2, units=4, points=100, classes=3)
SMALL: dict[str, Any] = {"layers": [{"units": 3}], "data": {"name": "xor", "count": 50}}


def build(command: Open, settings: Settings, *parts: bytes) -> Trainer:
    upload = Upload(settings)
    for part in parts:
        upload.add(part, 0.0)
    asked = opening.requested_run(command, settings)
    built = opening.build(asked, opening.checkpoint_of(command, upload), settings)
    assert isinstance(built, Trainer)
    return built


def saved(config: dict[str, Any], epochs: int = 1) -> str:
    return base64.b64encode(snapshot.save(Trainer(Config.from_json(config)).run(epochs))).decode()


def refusal(command: Open) -> InputError:
    with pytest.raises(InputError) as caught:
        build(command, SETTINGS)
    return caught.value


@pytest.mark.parametrize(
    ("config", "code", "path"),
    [
        ({"layers": [{"units": 3}] * 3}, "range", "config.layers"),
        ({"layers": [{"units": 3}, {"units": 5}]}, "range", "config.layers[1].units"),
        ({"data": {"name": "xor", "count": 101}}, "range", "config.data.count"),
        ({"data": {"name": "gaussians", "blobs": 4, "count": 50}}, "range", "config.data"),
        ({"layers": [{"units": False}]}, "type", "config.layers[0].units"),
        ({"layers": [{"neuron": "quadratc"}]}, "unknown", "config.layers[0].neuron"),
        ({"learning_rate": 0.1}, "extra", "config.learning_rate"),
    ],
)
def test_a_config_that_cannot_run_here_is_refused_with_its_path(config: dict[str, Any], code: str, path: str) -> None:
    error = refusal(Open(config=SMALL | config))
    assert (error.code, error.path) == (code, path)


def test_an_open_with_nothing_to_open_is_refused() -> None:
    error = refusal(Open())
    assert (error.code, error.path, error.known) == ("missing", "config", ("config", "link", "checkpoint", "uploaded"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: "ä" + text, "not base64"),
        (lambda text: text[:-1], "not base64"),
        (lambda text: "", "not a snapshot"),
        (lambda text: text[: len(text) // 4 * 4 - 40], "cut short"),
        (lambda text: base64.b64encode(b"\x00" * 400).decode(), "not a snapshot"),
        (lambda text: base64.b64encode(b"\xff" * 400).decode(), "not a snapshot"),
    ],
)
def test_a_spoilt_checkpoint_is_refused(spoil: Any, words: str) -> None:
    error = refusal(Open(checkpoint=spoil(saved(SMALL))))
    assert error.code == "checkpoint"
    assert error.path.startswith("checkpoint")
    assert words in str(error)


def test_a_checkpoint_that_does_not_fit_its_config_is_refused() -> None:
    error = refusal(Open(config=SMALL | {"layers": [{"units": 2}]}, checkpoint=saved(SMALL)))
    assert error.code == "checkpoint"


def test_a_checkpoint_goes_on_to_the_bit_and_takes_changes_from_its_config() -> None:
    trainer = build(Open(checkpoint=saved(SMALL, epochs=5), config=SMALL | {"batch": 7}), SETTINGS)
    assert trainer.epoch == 5
    assert trainer.config.batch == 7
    trainer = build(Open(checkpoint=saved(SMALL, epochs=5)), SETTINGS)
    exact = Trainer(Config.from_json(SMALL)).run(8)
    assert trainer.run(3).network.theta.tobytes() == exact.network.theta.tobytes()
    assert trainer.history.since(0).tobytes() == exact.history.since(0).tobytes()


def test_a_checkpoint_that_came_up_before_is_as_good_as_one_in_the_message() -> None:
    before = Trainer(Config.from_json(SMALL)).run(5)
    data = snapshot.save(before)
    trainer = build(Open(uploaded=len(data)), SETTINGS, data[:1000], data[1000:])
    assert (trainer.epoch, trainer.network.theta.tobytes()) == (5, before.network.theta.tobytes())
    with pytest.raises(InputError, match="open takes only one"):
        build(Open(uploaded=len(data), checkpoint=saved(SMALL)), SETTINGS, data)


def test_the_layout_tells_the_network_s_shape() -> None:
    trainer = Trainer(Config.from_json(SMALL))
    told = layout(trainer)
    assert told == {
        "features": ["x", "y"],
        "layers": [{"units": 3, "neuron": "linear", "activation": "tanh", "parameters": 9}],
        "output": {"units": 1, "neuron": "linear", "activation": "sigmoid", "parameters": 4},
        "task": "classification",
        "classes": 2,
        "class_names": [],
        "extent": 1.0,
        "reach": 1.08,
    }


def test_the_points_are_those_of_the_split() -> None:
    trainer = Trainer(Config.from_json(SMALL))
    told = points(trainer)
    assert (len(told["train"]), len(told["test"])) == (25, 25)
    x, y, target = told["train"][0]
    assert [x, y] == pytest.approx(trainer.split.train_x[0].tolist(), abs=1e-4)
    assert type(target) is int
    assert target == trainer.split.train_y[0]


def test_values_of_a_regression_stay_numbers() -> None:
    told = points(Trainer(Config.from_json({"data": {"name": "plane", "count": 50}})))
    assert type(told["test"][0][2]) is float


def test_a_link_is_as_good_as_its_config_and_both_at_once_are_refused() -> None:
    trainer = build(Open(link="?data=xor&count=40&layers=2"), SETTINGS)
    assert trainer.config == Config.from_json({"data": {"name": "xor", "count": 40}, "layers": [{"units": 2}]})
    with pytest.raises(InputError, match="a link or a config, not both"):
        build(Open(link="", config=SMALL), SETTINGS)


@pytest.mark.parametrize(
    ("link", "path", "part"),
    [
        ("?layers=" + ",".join(["1"] * 99), "layers", "must be"),
        ("?layers=200", "layers", "on this server"),
        ("?layers=2&count=20000", "count", "on this server"),
        ("?layers=2&count=60&epochs=1000000", "epochs", "on this server"),
        ("?nois=0.1", "nois", "did you mean noise"),
        ("#networkShape=20", "networkShape", "on this server"),
    ],
)
def test_a_link_that_cannot_be_opened_here_is_refused_with_its_key(link: str, path: str, part: str) -> None:
    with pytest.raises(InputError, match=part) as refused:
        build(Open(link=link), SETTINGS)
    assert refused.value.path == path
