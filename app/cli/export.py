"""Saved models made into files without a page: the command `export`, and what `train` writes beside its report.

Not here: what the files hold (`nncore.export`).
"""

from collections.abc import Mapping
from pathlib import Path

from app.errors import UsageError
from nncore import learner
from nncore.errors import InputError
from nncore.export import EXPORTS
from nncore.learner import AnyLearner


def read_model(path: Path) -> AnyLearner:
    """The run that was saved at `path`. Raises UsageError with one sentence."""
    try:
        return learner.load(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    except InputError as error:
        raise UsageError(f"{path}: {error}") from None


def export(trainer: AnyLearner, what: str) -> str:
    """The text of one export of EXPORTS. Raises UsageError that lists them."""
    if what not in EXPORTS:
        raise UsageError(f"there is no export called {what!r}; available: {', '.join(EXPORTS)}")
    try:
        return EXPORTS[what](trainer)
    except InputError as error:
        raise UsageError(str(error)) from None


def write_each(trainer: AnyLearner, paths: Mapping[str, Path | None]) -> None:
    """Write every export that has a path."""
    for what, path in paths.items():
        if path is not None:
            write(export(trainer, what), path)


def write(text: str, path: Path) -> None:
    """Save `text`. Raises UsageError where that cannot be."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None
