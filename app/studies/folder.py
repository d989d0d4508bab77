"""The folder of a study's results: made once, never written over, held by one program at a time, opened again later.

    runs.csv        one line a run, written as it goes        manifest.json   the study itself, and how it stands
    runs.parquet    the same rows, where pyarrow is there     report.html     the answer, to be looked at

Not here: the rows (`journal`), nor how reports are drawn (`app.reports`).
"""

import fcntl
import json
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np

from app import __version__
from app.errors import UsageError
from app.strict_json import read_object
from app.studies.lines import columns_on_disk
from nncore.config import Json
from nncore.errors import InputError
from nncore.study import BadStudy, Study

MANIFEST = "manifest.json"
LOCK = ".lock"
FORMAT = 1


@dataclass
class Folder:
    """An open one: `notes` say what who opens it has to know."""

    path: Path
    study: Study
    manifest: Json
    lock: IO[str]
    notes: tuple[str, ...] = ()

    def mark(self, **facts: Any) -> None:
        """Write into the manifest how the study stands now. Raises UsageError."""
        self.manifest |= facts
        beside = self.path / f"{MANIFEST}.new"
        try:
            beside.write_text(json.dumps(self.manifest, indent=1, allow_nan=False) + "\n", encoding="utf-8")
            beside.replace(self.path / MANIFEST)
        except OSError as error:
            raise _cannot(self.path / MANIFEST, error) from None

    def close(self) -> None:
        """Let others have it."""
        self.lock.close()


def create(path: Path, study: Study) -> Folder:
    """A new folder for `study`. Raises UsageError where something is there already, or it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if (path / MANIFEST).exists():
            raise UsageError(f"{path}: holds a study already: go on with --resume {path}, or choose another folder")
        if any(one.name not in (LOCK, f"{MANIFEST}.new") for one in path.iterdir()):
            raise UsageError(f"{path}: is not empty; choose a folder that is new or empty")
        lock = _locked(path)
    except OSError as error:
        raise _cannot(path, error) from None
    manifest = {
        "format": FORMAT,
        "state": "running",
        "runs": study.runs,
        "begun": now(),
        "ended": None,
        "version": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "columns": list(columns_on_disk(study)),
        "study": study.to_json(),
    }
    folder = Folder(path, study, manifest, lock)
    folder.mark()
    return folder


def resume(path: Path) -> Folder:
    """The folder of a study that was begun. Raises UsageError with one sentence."""
    try:
        text = (path / MANIFEST).read_text(encoding="utf-8")
        manifest = read_object(text)
        study = Study.from_json(manifest.get("study"))
        lock = _locked(path)
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no study here to go on with ({MANIFEST} is missing)") from None
    except OSError as error:
        raise _cannot(path, error) from None
    except (UnicodeDecodeError, InputError, BadStudy) as error:
        raise UsageError(f"{path / MANIFEST}: {error}") from None
    facts = {"version": __version__, "python": platform.python_version(), "numpy": np.__version__}
    notes = tuple(
        f"begun with {name} {manifest.get(name)}, going on with {value}: rows may differ in their last digits"
        for name, value in facts.items()
        if name != "python" and manifest.get(name) != value
    )
    return Folder(path, study, manifest, lock, notes)


def now() -> str:
    """The time as it is written down."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _locked(path: Path) -> IO[str]:
    # The system gives it back when its process ends, however that comes about.
    lock = (path / LOCK).open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise UsageError(f"{path}: another neuron-playground is at work on this study") from None
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _cannot(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: {(error.strerror or 'cannot be used').lower()}")
