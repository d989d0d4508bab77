"""A run from an `open` command, and what `opened` tells of it: layout and points.

Pure. The server's limits are checked here, on top of the ranges that nncore checks itself. Not here: the session
around the run (`session`).
"""

import base64
import binascii
from typing import Any

import numpy as np

from app import foreign_links
from app.links import Link
from app.protocol import Open
from app.settings import Settings
from nncore import snapshot
from nncore.config import Config
from nncore.errors import BadSnapshot, InputError, MissingField, OutOfRange, join
from nncore.heads import Task
from nncore.sentence import Sentence
from nncore.tape import Array
from nncore.trainer import Trainer

_NOTHING_TO_OPEN = Sentence("refused.nothing_to_open", "open needs a config, a link or a checkpoint")
_LINK_AND_CONFIG = Sentence("refused.link_and_config", "open needs a link or a config, not both")
_TOO_MANY_LAYERS = Sentence("refused.server_layers", "must be at most {high} layers on this server, not {value}")
_TOO_MANY = Sentence("refused.server_limit", "must be at most {high} on this server, not {value}")
_TOO_MANY_CLASSES = Sentence("refused.server_classes", "must be of at most {high} classes on this server, not {value}")
_NO_BASE64 = Sentence("refused.no_base64", "must be the base64 text of a checkpoint; this is not base64")


def wish(command: Open, settings: Settings) -> Link | None:
    """What `command` asks for by a config or by a link, checked; None where it brings a checkpoint alone.

    Raises InputError with a full path; for a link, the path is the key in it.
    """
    _check_target(command.epochs, settings)
    if command.link is not None:
        if command.config is not None:
            raise OutOfRange("link", _LINK_AND_CONFIG)
        return linked(command.link, settings)
    if command.config is not None:
        return Link(_config(command.config, settings))
    if command.checkpoint is None:
        known = ("config", "link", "checkpoint")
        raise MissingField("config", _NOTHING_TO_OPEN, known)
    return None


def build(command: Open, asked: Link | None, settings: Settings) -> Trainer:
    """What was `asked` for, afresh or from the checkpoint of `command`; raises InputError with a full path."""
    config = asked.config if asked else None
    if command.checkpoint is None:
        assert config is not None, "no checkpoint, hence a wish"
        return Trainer(config)
    try:
        return restored(_bytes(command.checkpoint), config, settings)
    except InputError as error:
        raise error.under("checkpoint") from None


def kept(command: Open, asked: Link | None, running: Trainer | None) -> Trainer | None:
    """The `running` run under the settings `asked` for, where `command` keeps it and its weights fit; else None."""
    if not command.keep or running is None or asked is None or asked.epochs:
        return None
    if running.diverged is not None:  # what it learnt is spoilt
        return None
    if running.config.with_changes_of(asked.config) != asked.config:
        return None
    return snapshot.load(snapshot.save(running), asked.config)


def restored(data: bytes, config: Config | None, settings: Settings) -> Trainer:
    """The run that a checkpoint holds, with the changeable settings of `config`; raises InputError."""
    # Read and weighed before anything is built: what is inside may ask for more memory than there is.
    saved = Config.from_json(snapshot.read_body(data, snapshot.KIND).get("config"))
    check_limits(saved, settings, "config")
    return snapshot.load(data, config)


def check_limits(config: Config, settings: Settings, path: str) -> None:
    """Raise OutOfRange where `config` is larger than this server trains."""
    depth, count = len(config.layers), config.data.count
    if depth > settings.layers:
        raise OutOfRange(join(path, "layers"), _TOO_MANY_LAYERS, high=settings.layers, value=depth)
    for index, layer in enumerate(config.layers):
        if layer.units > settings.units:
            raise OutOfRange(join(path, f"layers[{index}].units"), _TOO_MANY, high=settings.units, value=layer.units)
    classes = config.dataset.classes
    if classes > settings.classes:
        raise OutOfRange(join(path, "data"), _TOO_MANY_CLASSES, high=settings.classes, value=classes)
    if count > settings.points:
        raise OutOfRange(join(path, "data.count"), _TOO_MANY, high=settings.points, value=count)


def layout(trainer: Trainer) -> dict[str, Any]:
    """The network's shape, as the protocol's `layout`."""
    *hidden, output = (
        {
            "units": layer.units,
            "neuron": layer.neuron.spec.name,
            "activation": layer.activation.spec.name,
            "parameters": layer.parameter_count,
        }
        for layer in trainer.network.layers
    )
    return {
        "features": list(trainer.config.features),
        "layers": hidden,
        "output": {**output, "activation": trainer.network.head.activation},
        "task": trainer.split.task,
        "classes": trainer.split.classes,
        "class_names": list(trainer.config.dataset.class_names),
        "extent": trainer.config.data.scale,
    }


def points(trainer: Trainer) -> dict[str, list[list[float]]]:
    """Both halves of the data as rows of x, y and target, as exact as a picture needs."""
    split = trainer.split
    return {
        "train": _rows(split.train_x, split.train_y, split.task),
        "test": _rows(split.test_x, split.test_y, split.task),
    }


def _rows(x: Array, target: Array, task: Task) -> list[list[float]]:
    places, targets = np.round(x, 4).tolist(), np.round(target, 4).tolist()
    if task == "classification":
        targets = [int(number) for number in targets]
    return [[*place, value] for place, value in zip(places, targets, strict=True)]


def _config(given: dict[str, Any], settings: Settings) -> Config:
    try:
        config = Config.from_json(given)
    except InputError as error:
        raise error.under("config") from None
    check_limits(config, settings, "config")
    return config


def linked(text: str, settings: Settings) -> Link:
    """What the link `text` asks of this server; raises InputError whose path is the key in it."""
    link = foreign_links.read(text)
    try:
        check_limits(link.config, settings, "")
    except InputError as error:
        raise link.seen(error) from None
    _check_target(link.epochs, settings)
    return link


def _check_target(epochs: int, settings: Settings) -> None:
    if epochs > settings.replay_epochs:
        raise OutOfRange("epochs", _TOO_MANY, high=settings.replay_epochs, value=epochs)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadSnapshot("", _NO_BASE64) from None
