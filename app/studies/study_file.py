"""A study from a file: TOML, or JSON, whose base may be a link.

    base = "data=spirals&layers=8,8"
    seeds = 20
    [vary]
    "layers.neuron" = ["linear", "quadratic"]

Not here: what a study may be (`nncore.study.study`).
"""

import tomllib
from pathlib import Path
from typing import Any

from app.errors import UsageError
from app.links import tensorflow_playground
from app.strict_json import read_object
from nncore.config import Json
from nncore.errors import InputError
from nncore.study import BadStudy, Study

MOST_BYTES = 20_000_000
"""Of a study file: far more than any that is written by hand."""


def read_study(path: Path) -> Study:
    """The study in the file `path`. Raises UsageError with one sentence that names the file."""
    try:
        return study_of(_object(path))
    except (InputError, BadStudy) as error:
        raise UsageError(f"{path}: {error}") from None


def study_of(data: Json) -> Study:
    """The study that `data` says; its base may be a link. Raises InputError or BadStudy."""
    base = data.get("base")
    if isinstance(base, str):
        _, mark, query = base.partition("?")
        try:
            data = {**data, "base": tensorflow_playground.read(f"?{query}" if mark else base).config.to_json()}
        except InputError as error:
            raise BadStudy("base", str(error)) from None
    return Study.from_json(data)


def _object(path: Path) -> Json:
    if path.suffix.lower() not in (".toml", ".json"):
        raise UsageError(f"{path}: a study is a .toml or a .json file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path}: a study file has at most {MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: the file is not UTF-8 text") from None
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    if path.suffix.lower() == ".json":
        return read_object(text)
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: this is not TOML: {error}") from None
    return data
