"""A run without a page: a Config from a file, a progress bar on stderr, the outcome as text or JSON.

Not here: the training itself (`nncore.trainer`), nor the command line's own words (`main`).
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.errors import UsageError
from app.strict_json import read_object
from nncore import learner
from nncore.config import OWN, Config
from nncore.divergence import Divergence
from nncore.errors import InputError
from nncore.forest.grower import Grower
from nncore.history import COLUMNS
from nncore.learner import AnyLearner, begin
from nncore.remedies import advice, calming

SHARED = ("noise", "label_noise", "train_share", "scale")
"""What a Config's data says of any points, and goes on to hold of those of a table."""


def read_given(path: Path) -> dict[str, Any]:
    """The JSON object in the file `path`, or in standard input for -. Raises UsageError with one sentence."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: the file is not UTF-8 text") from None
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    try:
        return read_object(text)
    except InputError as error:
        raise UsageError(f"{path}: {error}") from None


def config_from(given: dict[str, Any], path: Path | None, points: dict[str, Any] | None = None) -> Config:
    """The Config that `given` says, from the file `path`, with `points` as its data if there are any: the knobs of the
    dataset own. Raises UsageError with one sentence.
    """
    try:
        if points is None:
            return Config.from_json(given)
        data = given.get("data")
        shared = {name: data[name] for name in SHARED if name in data} if isinstance(data, dict) else {}
        return Config.from_json({**given, "data": {**shared, "name": OWN, **points}})
    except InputError as error:
        raise UsageError(f"{path}: {error}" if path is not None else str(error)) from None


def run(config: Config, epochs: int) -> AnyLearner:
    """A run of `config`, trained for `epochs`, until it diverges or, of a forest, until no level is to come.

    Raises UsageError where a forest cannot be grown here.
    """
    try:
        trainer = begin(config)
    except InputError as error:
        raise UsageError(str(error)) from None
    columns = (
        TextColumn("epoch"),
        MofNCompleteColumn(),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[loss]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=epochs, loss="")
        while trainer.epoch < epochs and trainer.diverged is None and not trainer.finished:
            trainer.run(1)
            progress.update(task, completed=trainer.epoch, loss=f"train loss {trainer.history.since(-1)[0, 1]:.4f}")
    return trainer


def save(trainer: AnyLearner, path: Path) -> None:
    """Write a checkpoint, from which the page or a program can go on."""
    try:
        path.write_bytes(learner.save(trainer))
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None


def divergence(trainer: AnyLearner) -> Divergence | None:
    """How the run has diverged, also where it ends on the very step that broke it and no later one could tell.

    Looking changes nothing: a run that is looked at here goes on as one that is not.
    """
    if isinstance(trainer, Grower):
        return None
    metrics = trainer.evaluate()
    tested = len(trainer.split.test_x) > 0
    finite = np.isfinite(metrics.train_loss) and (not tested or np.isfinite(metrics.test_loss))
    if trainer.diverged is not None or finite:
        return trainer.diverged
    network = trainer.network
    layer = network.first_overflow(trainer.forward_all())
    return Divergence(max(trainer.epoch - 1, 0), max(trainer.step - 1, 0), layer, len(network.layers) - 1)


def report(trainer: AnyLearner, *, as_json: bool) -> str:
    """How the run went."""
    return json.dumps(_outcome(trainer), allow_nan=False) if as_json else _sentences(trainer)


def _outcome(trainer: AnyLearner) -> dict[str, Any]:
    metrics = trainer.evaluate()
    diverged = divergence(trainer)
    return {
        "config": trainer.config.to_json(),
        "parameters": trainer.network.parameter_count,
        "cost": None if isinstance(trainer, Grower) else trainer.network.cost.to_json(),
        "epoch": trainer.epoch,
        "step": trainer.step,
        "loss": {"train": _number(metrics.train_loss), "test": _number(metrics.test_loss)},
        "accuracy": {"train": _number(metrics.train_accuracy), "test": _number(metrics.test_accuracy)},
        "history": {
            "columns": list(COLUMNS),
            "rows": [[_number(value) for value in row] for row in trainer.history.since(0).tolist()],
        },
        "diverged": None
        if diverged is None
        else {"epoch": diverged.epoch, "step": diverged.step, "layer": diverged.layer, "message": diverged.message},
    }


def _sentences(trainer: AnyLearner) -> str:
    metrics = trainer.evaluate()
    lines = [
        _extent(trainer),
        f"loss      train {metrics.train_loss:.6f}" + _tested(trainer, f"   test {metrics.test_loss:.6f}"),
    ]
    if metrics.train_accuracy is not None:
        tested = _tested(trainer, f"     test {metrics.test_accuracy:.4f}") if metrics.test_accuracy is not None else ""
        lines.append(f"accuracy  train {metrics.train_accuracy:.4f}{tested}")
    diverged = divergence(trainer)
    if diverged is not None:
        lines.append(f"{diverged.message} {advice(calming(trainer.config))}")
    return "\n".join(lines)


def _extent(trainer: AnyLearner) -> str:
    """How far it has come, and how large it is."""
    if isinstance(trainer, Grower):
        levels, best = f"{trainer.epoch} {'level' if trainer.epoch == 1 else 'levels'}", trainer.network.best
        answers = f"level {best} answers" if best else "the share of each class is the answer"
        return f"{levels}, {trainer.network.parameter_count} nodes; {answers}"
    network = trainer.network
    size = f"{network.parameter_count} parameters, {network.cost.multiply_adds} multiply-adds a point"
    return f"{trainer.epoch} epochs, {trainer.step} steps, {size}"


def _tested(trainer: AnyLearner, text: str) -> str:
    """`text`, where there are points to test on."""
    return text if len(trainer.split.test_x) else ""


def _number(value: Any) -> float | None:
    """`value` as JSON knows numbers: null for none and for what is not finite."""
    return None if value is None or not math.isfinite(value) else float(value)
