"""A run from an `open` command, and what `opened` tells of it.

Pure. The server's limits are checked here, on top of the ranges that nncore checks itself. Not here: the session
around the run (`session`).
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.links.limits import check_limits, check_target, load_checkpoint, read_link, saved_config
from app.links.link import Link, write
from app.live.commands import Open
from app.live.events import Opened
from app.live.playback import Playback
from app.live.upload import Upload
from app.live.viewer import ViewSettings
from app.settings import Settings
from nncore import learner
from nncore.config import Config
from nncore.errors import BadSnapshot, InputError, MissingField, OutOfRange
from nncore.forest.grower import Grower
from nncore.heads import Task
from nncore.learner import AnyLearner, Learner
from nncore.network import head_of
from nncore.plane import reach
from nncore.sentence import Sentence
from nncore.tape import Array

_NOTHING_TO_OPEN = Sentence("refused.nothing_to_open", "open needs a config, a link or a checkpoint")
_LINK_AND_CONFIG = Sentence("refused.link_and_config", "open takes a link or a config, not both")
_TWO_CHECKPOINTS = Sentence(
    "refused.two_checkpoints", "a checkpoint is either given as text or uploaded beforehand; open takes only one"
)
_NO_BASE64 = Sentence("refused.no_base64", "must be a checkpoint as base64 text; this is not base64")


def requested_run(command: Open, settings: Settings) -> Link | None:
    """What `command` asks for by a config or by a link, checked; None where it brings a checkpoint alone.

    Raises InputError with a full path; for a link, the path is the key in it.
    """
    check_target(command.epochs, settings)
    if command.link is not None:
        if command.config is not None:
            raise OutOfRange("link", _LINK_AND_CONFIG)
        return read_link(command.link, settings)
    if command.config is not None:
        return Link(_config(command.config, settings))
    if command.checkpoint is None and command.uploaded is None:
        known = ("config", "link", "checkpoint", "uploaded")
        raise MissingField("config", _NOTHING_TO_OPEN, known)
    return None


def checkpoint_of(command: Open, upload: Upload) -> bytes | None:
    """The checkpoint that `command` brings, as text or by an `upload` before it. Raises InputError."""
    if command.uploaded is None:
        upload.forget()
        return None if command.checkpoint is None else _bytes(command.checkpoint)
    if command.checkpoint is not None:
        raise OutOfRange("uploaded", _TWO_CHECKPOINTS)
    return upload.take(command.uploaded)


def config_of(asked: Link | None, checkpoint: bytes | None, settings: Settings) -> Config:
    """The Config of the run to come; raises InputError with a full path."""
    if asked is not None:
        return asked.config
    assert checkpoint is not None, "no wish, hence a checkpoint"
    try:
        return saved_config(checkpoint, settings)
    except InputError as error:
        raise error.under("checkpoint") from None


def build(asked: Link | None, checkpoint: bytes | None, settings: Settings) -> AnyLearner:
    """What was `asked` for, afresh or from a `checkpoint`; raises InputError with a full path."""
    config = asked.config if asked else None
    if checkpoint is None:
        assert config is not None, "no checkpoint, hence a wish"
        return learner.begin(config)
    try:
        return load_checkpoint(checkpoint, config, settings)
    except InputError as error:
        raise error.under("checkpoint") from None


def reusable_run(command: Open, asked: Link | None, running: AnyLearner | None) -> AnyLearner | None:
    """The `running` run under the settings `asked` for, where `command` keeps it and its weights fit; else None."""
    if not command.keep or running is None or asked is None or asked.epochs:
        return None
    if running.diverged is not None:  # what it learnt is spoilt
        return None
    if running.config.with_changes_of(asked.config) != asked.config:
        return None
    return learner.load(learner.save(running), asked.config)


def opened(
    session: str, trainer: AnyLearner, link: Link, playback: Playback[Any], view: ViewSettings, *, resumed: bool
) -> Opened:
    """The answer to an `open`: the run as it is now, and what the `link` that described it says besides."""
    return Opened(
        session=session,
        config=trainer.config.to_json(),
        link=write(trainer.config),
        page=dict(link.page),
        notices=[notice.to_json() for notice in link.notices],
        layout=layout(trainer),
        parameters=trainer.network.parameter_count,
        points=points(trainer),
        resumed=resumed,
        epoch=trainer.epoch,
        playing=playback.playing,
        target=playback.target,
        speed=playback.speed,
        until=None if playback.until is None else playback.until.moment,
        view=view.to_json(),
    )


def widths(config: Config) -> list[int]:
    """Units of all layers, the output layer last."""
    if config.forest is not None:
        return [config.forest.surfaces(config.dataset.classes)] * config.forest.levels + [head_of(config).units]
    return [*(layer.units for layer in config.layers), head_of(config).units]


def layout(trainer: AnyLearner) -> dict[str, Any]:
    """The network's shape, as the protocol's `layout`; of a forest its levels, in place of layers."""
    if isinstance(trainer, Grower):
        forest, *_, units = trainer.forest, *widths(trainer.config)
        kinds = ["random"] * forest.random + ["completely_random"] * forest.completely_random
        level = {"units": forest.surfaces(trainer.split.classes), "forests": kinds}
        return _shape(trainer, [level] * forest.levels, {"units": units})
    *hidden, output = (
        {
            "units": layer.units,
            "neuron": layer.neuron.spec.name,
            "activation": layer.activation.spec.name,
            "parameters": layer.parameter_count,
        }
        for layer in trainer.network.layers
    )
    return _shape(trainer, hidden, output)


def _shape(trainer: AnyLearner, hidden: Sequence[dict[str, Any]], output: dict[str, Any]) -> dict[str, Any]:
    return {
        "features": list(trainer.config.features),
        "layers": hidden,
        "output": {**output, "activation": trainer.network.head.activation},
        "task": trainer.split.task,
        "classes": trainer.split.classes,
        "class_names": list(trainer.config.dataset.class_names),
        "extent": trainer.config.data.scale,
        "reach": reach(trainer.config.data.scale),
    }


def points(trainer: Learner) -> dict[str, list[list[float]]]:
    """Both halves of the data as rows of x, y and target, as exact as a picture needs."""
    split = trainer.split
    return {
        "train": _rows(split.train_x, split.train_y, split.task),
        "test": _rows(split.test_x, split.test_y, split.task),
    }


def _rows(x: Array, target: Array, task: Task) -> list[list[float]]:
    targets = target.astype(int) if task == "classification" else np.round(target, 4)
    return list(map(list, zip(*np.round(x.T, 4).tolist(), targets.tolist(), strict=True)))


def _config(given: dict[str, Any], settings: Settings) -> Config:
    try:
        config = Config.from_json(given)
    except InputError as error:
        raise error.under("config") from None
    check_limits(config, settings, "config")
    return config


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadSnapshot("checkpoint", _NO_BASE64) from None
