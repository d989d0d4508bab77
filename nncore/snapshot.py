"""Snapshots: a whole run as one .safetensors file, from which it continues to the bit.

The tensors are the parameters by name (``layers.0.W``), the optimiser's memory, the history, and the weights to go back
to if it diverges; the rest is JSON in the header's metadata, under ``body``. A snapshot may come from a stranger:
everything in it is checked before it is used.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from nncore.config import CHANGEABLE, Config
from nncore.divergence import CAUSES, Divergence
from nncore.errors import BadSnapshot, shown
from nncore.history import History
from nncore.sentence import Sentence
from nncore.tape import Array
from nncore.trainer import Trainer

_OTHER_RUN = Sentence("refused.other_run", "differs from the snapshot in more than a run may change")
_NO_SNAPSHOT = Sentence("refused.no_snapshot", "is not a snapshot of this program")
_NOT_OURS = Sentence("refused.not_ours", "is not a {kind} of this program")
_DAMAGED = Sentence("refused.damaged", "is not a whole safetensors file: it is damaged or cut short")
_OTHER_VERSION = Sentence("refused.other_version", "must be {version}, not {value}")
_CANNOT_RUN = Sentence("refused.cannot_run", "is not one that this program can run: {reason}")
ODD_ARRAY = Sentence("refused.odd_array", "is missing or does not belong to this network")
_OTHER_SHAPE = Sentence("refused.other_shape", "must be {allowed}, not {value}")
_NOT_FINITE = Sentence("refused.numbers_not_finite", "holds numbers that are not finite")
_ODD_HISTORY = Sentence("refused.odd_history", "must be float64 with five columns")
_ODD_EPOCHS = Sentence(
    "refused.odd_epochs", "must hold whole, increasing epochs, none later than the run's own, {high}"
)
_LONG_HISTORY = Sentence("refused.long_history", "must hold at most {high} records, as many as the longest run makes")
_ODD_OFFSET = Sentence("refused.odd_offset", "must be less than the number of training points, {count}")
_ODD_STREAM = Sentence("refused.odd_stream", "must hold {known}")
_ODD_DIVERGENCE = Sentence("refused.odd_divergence", "must be null or contain layer and message")
_ODD_CAUSE = Sentence("refused.odd_cause", "must be one of {known}")
_ODD_COUNT = Sentence("refused.odd_count", "must be a whole number from 0 to {high}")

KIND = "checkpoint"
VERSION = 1
COUNTERS = ("epoch", "step", "epoch_step", "offset", "optimizer_steps")
LARGEST_COUNT = 2**53
FALLBACK, FALLBACK_BEFORE = "fallback", "previous"
"""The tensor of the weights to go back to, and what it was called while these were those of the step before."""
STREAM_LIMITS = {"state": 2**128 - 1, "inc": 2**128 - 1, "has_uint32": 1, "uinteger": 2**32 - 1}
"""What NumPy's PCG64 generator holds, and the largest number that each can be."""


def save(trainer: Trainer) -> bytes:
    """The whole state of `trainer` (one network: no replicas), which `load` never refuses."""
    assert not trainer.network.lead, "a snapshot holds one network"
    assert trainer.draws_own_points, "a snapshot holds the rule that draws the points, not points from elsewhere"
    tensors = {name: np.ascontiguousarray(array) for name, array in trainer.network.parameters()}
    tensors |= {f"optimizer.{name}": array for name, array in trainer.memory.items()}
    tensors |= {FALLBACK: trainer.guard.fallback, "history": trainer.history.since(0)}
    body = {
        "version": VERSION,
        "config": trainer.config.to_json(),
        **{name: getattr(trainer, name) for name in COUNTERS},
        "order": _flat(trainer.order_state),
        "noise": _flat(trainer.noise_rng.bit_generator.state),
        "edits": trainer.edits,
        "diverged": _written(trainer.diverged),
    }
    return save_tensors(tensors, {"kind": KIND, "body": json.dumps(body)})


def load(data: bytes, config: Config | None = None) -> Trainer:
    """The run that `save` wrote, ready to continue. With `config`, the settings that may change are taken from there.

    Raises BadSnapshot for bytes that are no snapshot, that are incomplete, or that do not fit `config`.
    """
    tensors, body = read(data)
    saved = fitting(body, config)
    trainer = Trainer(saved)
    _restore_counters(trainer, body)
    _restore_arrays(trainer, tensors)
    trainer.continue_streams(_stream(body, "order"), _stream(body, "noise"))
    _restore_divergence(trainer, body.get("diverged"))
    if config is not None:
        _adopt(trainer, config)
    return trainer


def read_body(data: bytes, kind: str) -> dict[str, Any]:
    """The JSON under ``body`` in the metadata of a safetensors file of our `kind`; raises BadSnapshot."""
    length = int.from_bytes(data[:8], "little")
    try:
        metadata = json.loads(data[8 : 8 + length]).get("__metadata__", {})
        body = json.loads(metadata["body"])
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise BadSnapshot("", _NO_SNAPSHOT) from error
    if metadata.get("kind") != kind or not isinstance(body, dict):
        raise BadSnapshot("", _NOT_OURS, kind=kind)
    return body


def read(data: bytes) -> tuple[dict[str, Array], dict[str, Any]]:
    """The tensors of a snapshot, and what is said beside them; raises BadSnapshot."""
    try:
        tensors = load_tensors(data)
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise BadSnapshot("", _DAMAGED) from error
    body = read_body(data, KIND)
    if body.get("version") != VERSION:
        raise BadSnapshot("version", _OTHER_VERSION, version=VERSION, value=shown(body.get("version")))
    return tensors, body


def fitting(body: Mapping[str, Any], config: Config | None) -> Config:
    """The Config that a snapshot is of; raises BadSnapshot where its run cannot be under `config`."""
    try:
        saved = Config.from_json(body.get("config"))
    except ValueError as error:
        raise BadSnapshot("config", _CANNOT_RUN, reason=str(error)) from error
    if config is not None and saved.with_changes_of(config) != config:
        raise BadSnapshot("config", _OTHER_RUN)
    return saved


def _restore_arrays(trainer: Trainer, tensors: dict[str, Array]) -> None:
    targets = dict(trainer.network.parameters())
    targets |= {f"optimizer.{name}": array for name, array in trainer.memory.items()}
    targets[FALLBACK_BEFORE if FALLBACK_BEFORE in tensors else FALLBACK] = trainer.guard.fallback
    expected = {*targets, "history"}
    if set(tensors) != expected:
        odd = sorted(set(tensors) ^ expected)
        raise BadSnapshot(odd[0], ODD_ARRAY)
    for name, target in targets.items():
        given = tensors[name]
        if given.shape != target.shape or given.dtype != target.dtype:
            raise BadSnapshot(name, _OTHER_SHAPE, allowed=_shape(target), value=_shape(given))
        if not np.isfinite(given).all():
            raise BadSnapshot(name, _NOT_FINITE)
        target[...] = given
    trainer.history = History(_records(tensors["history"], trainer.epoch))


def _records(history: Array, last: int) -> Array:
    """The `history` of a run that is in its epoch `last`. Losses may be anything: a run that diverges has such."""
    if history.dtype != np.float64 or history.ndim != 2 or history.shape[1] != 5:
        raise BadSnapshot("history", _ODD_HISTORY)
    if len(history) > History.most():
        raise BadSnapshot("history", _LONG_HISTORY, high=History.most())
    epochs = history[:, 0]
    # All that must hold, not what must not: what is not a number compares false.
    if not ((epochs >= 0) & (epochs <= last) & (epochs == np.floor(epochs))).all() or not (np.diff(epochs) > 0).all():
        raise BadSnapshot("history", _ODD_EPOCHS, high=last)
    return history


def _shape(array: Array) -> str:
    return f"{array.dtype} of shape {array.shape}"


def _restore_counters(trainer: Trainer, body: Mapping[str, Any]) -> None:
    for name in COUNTERS:
        setattr(trainer, name, _whole(body.get(name), LARGEST_COUNT, name))
    # Runs were not edited by hand before there was a count of it.
    trainer.edits = _whole(body.get("edits", 0), LARGEST_COUNT, "edits")
    if trainer.offset >= trainer.split.train_count:
        raise BadSnapshot("offset", _ODD_OFFSET, count=trainer.split.train_count)


def _flat(state: Mapping[str, Any]) -> dict[str, int]:
    return {**state["state"], "has_uint32": state["has_uint32"], "uinteger": state["uinteger"]}


def _stream(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The state of a random stream, as NumPy's PCG64 takes it."""
    saved = body.get(name)
    if not isinstance(saved, dict) or set(saved) != set(STREAM_LIMITS):
        raise BadSnapshot(name, _ODD_STREAM, tuple(STREAM_LIMITS))
    numbers = {key: _whole(saved[key], largest, f"{name}.{key}") for key, largest in STREAM_LIMITS.items()}
    state = {"state": numbers.pop("state"), "inc": numbers.pop("inc") | 1}
    return {"bit_generator": "PCG64", "state": state, **numbers}


def _written(diverged: Divergence | None) -> dict[str, Any] | None:
    if diverged is None:
        return None
    numbers = {"epoch": diverged.epoch, "step": diverged.step, "layer": diverged.layer}
    return {**numbers, "cause": diverged.cause, "message": diverged.message}


def _restore_divergence(trainer: Trainer, diverged: object) -> None:
    if diverged is None:
        return
    last = len(trainer.network.layers) - 1
    if not isinstance(diverged, dict) or not isinstance(diverged.get("message"), str):
        raise BadSnapshot("diverged", _ODD_DIVERGENCE)
    layer = _whole(diverged.get("layer"), last, "diverged.layer")
    # Before these were saved, they were the run's own, and values were all that was looked at.
    epoch = _whole(diverged.get("epoch", trainer.epoch), trainer.epoch, "diverged.epoch")
    step = _whole(diverged.get("step", trainer.step), trainer.step, "diverged.step")
    cause = diverged.get("cause", "values")
    if cause not in CAUSES:
        raise BadSnapshot("diverged.cause", _ODD_CAUSE, CAUSES)
    trainer.diverged = Divergence(epoch, step, layer, last, cause)


def _whole(value: object, largest: int, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
        raise BadSnapshot(path, _ODD_COUNT, high=largest)
    return value


def _adopt(trainer: Trainer, config: Config) -> None:
    wanted, optimizer = config.to_json(), config.optimizer
    if optimizer.name != trainer.config.optimizer.name:
        trainer.change("optimizer", wanted["optimizer"])
    for name in optimizer.knobs:
        trainer.change(f"optimizer.{name}", wanted["optimizer"][name])
    if config.data != trainer.config.data:
        trainer.take_points(config.data)
    for name in CHANGEABLE:
        if name != "optimizer":
            trainer.change(name, wanted[name])
