"""Takes the rows of the atlas' study, once it is complete, into the project, and makes its table of them.

    python -m docs.make_atlas build/atlas --begin     # how `neuron-playground` is to be called for it
    python -m docs.make_atlas build/atlas             # once it has trained all

and the same with `--forests` for the atlas' forests: that is what `make atlas` does. A new folder begins with the rows
that are shipped, as far as the study still asks for them and this version made them: a kind or a dataset more costs its
own runs alone. With `--small` it is a small one, of seconds: its question and all that is made of it stay in the folder
(`make atlas SMALL=1`), which shows that every step works. Not here: what the tables say (`app.atlas`).
"""

import csv
import io
import json
import lzma
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from app import __version__
from app.atlas.forest_table import forests_of
from app.atlas.store import FORESTS, HERE, MADE, ROWS, STUDY, TABLE, atlas_study
from app.atlas.table import table_of
from app.errors import UsageError
from app.strict_json import read_object
from app.studies.folder import MANIFEST, create
from app.studies.journal import PARTS, RUNS
from app.studies.lines import columns_on_disk, header_of, rows_from
from nncore.config import Json, Seeds
from nncore.study import Study
from nncore.study.rows import Row, run_hash
from nncore.study.tasks import Piece, Task

FACTS = ("runs", "begun", "ended", "version", "python", "numpy", "study")
"""Of a study's manifest: what the atlas' own says, beside the seconds of one core that the runs took."""

BEST = 9 | lzma.PRESET_EXTREME


def small(study: Study) -> Study:
    """The same question of the first two values of everything that is varied, two seeds and few epochs."""
    asked = study.to_json()
    vary = {paths: values[:2] for paths, values in asked["vary"].items()}
    return Study.from_json({**asked, "vary": vary, "seeds": 2, "epochs": min(20, study.epochs)})


def begin(folder: Path, study: Study, file: Path = STUDY, shipped: Path | None = None) -> list[str]:
    """What trains `study`, which is in the `file`, in `folder`, or goes on with it; `shipped` are rows to begin with.

    Raises UsageError before hours of another are trained.
    """
    if not (folder / MANIFEST).exists() and shipped is not None and shipped.exists():
        take_shipped(folder, study, shipped)
    if not (folder / MANIFEST).exists():
        return ["study", os.path.relpath(file), "--out", str(folder)]
    _manifest(folder, study)
    return ["study", "--resume", str(folder)]


def take_shipped(folder: Path, study: Study, shipped: Path) -> None:
    """Make the `folder` of `study` with every task in it all of whose rows are among the `shipped` ones."""
    with lzma.open(shipped, "rt", encoding="utf-8", newline="") as file:
        header = next(file)
        lines = {line.partition(",")[0]: line for line in file}
    if header != header_of(study):
        return
    made = next(csv.reader([header])).index("version")
    opened = create(folder, study)
    parts = folder / PARTS
    parts.mkdir()
    for task in study.tasks():
        own = [lines.get(run_hash(replace(piece.config, seeds=seeds), *task.rule)) for piece, seeds in _runs(task)]
        if all(line is not None and next(csv.reader([line]))[made] == __version__ for line in own):
            (parts / f"{task.first}-{task.runs}.csv").write_text("".join(map(str, own)), encoding="utf-8", newline="")
    opened.close()


def _runs(task: Task) -> Iterator[tuple[Piece, Seeds]]:
    return ((piece, seeds) for piece in task.pieces for seeds in piece.seeds)


def pack(folder: Path, study: Study, here: Path, table: Callable[[Study, list[Row]], str]) -> None:
    """Write rows, manifest and table of `study`, which lies complete in `folder`, to `here`. Raises UsageError."""
    manifest = _manifest(folder, study)
    if manifest["state"] != "complete":
        raise UsageError(f"{folder}: is {manifest['state']}, not complete; --resume {folder} goes on with it")
    text = (folder / RUNS).read_bytes()
    lines = io.StringIO(text.decode(), newline="")
    next(lines)
    rows = list(rows_from(lines, columns_on_disk(study)))
    (here / ROWS.name).write_bytes(lzma.compress(text, preset=BEST))
    (here / TABLE.name).write_text(table(study, rows), encoding="utf-8")
    facts = {name: manifest[name] for name in FACTS} | {"seconds": round(sum(row["seconds"] for row in rows))}
    (here / MADE.name).write_text(json.dumps(facts, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def _manifest(folder: Path, study: Study) -> Json:
    manifest = read_object((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["study"] != json.loads(json.dumps(study.to_json())):
        raise UsageError(f"{folder}: holds another study than {STUDY.name}: move it away, then begin anew")
    return manifest


def table_text(study: Study, rows: Iterable[Row]) -> str:
    """The table as JSON with a line for each combination, so that changes can be read."""
    table = table_of(study, rows)
    cells = ",\n".join(json.dumps(cell, separators=(",", ":"), allow_nan=False) for cell in table.pop("cells"))
    head = json.dumps(table, indent=1, allow_nan=False).removesuffix("\n}")
    return f'{head},\n "cells": [\n{cells}\n ]\n}}\n'


def forests_text(study: Study, rows: Iterable[Row]) -> str:
    """The forests' table as JSON, so that changes can be read."""
    return json.dumps(forests_of(study, rows), indent=1, allow_nan=False) + "\n"


def run(folder: Path, *, is_begun: bool, is_small: bool, of_forests: bool = False) -> None:
    """What the command line asks for."""
    here = FORESTS if of_forests else HERE
    study, file, shipped = atlas_study(here), here / STUDY.name, here / ROWS.name
    if is_small:
        study, file, here = small(study), folder.with_suffix(".json"), folder / "made"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(study.to_json()), encoding="utf-8")
    if is_begun:
        sys.stdout.write(" ".join(begin(folder, study, file, None if is_small else shipped)))
        return
    here.mkdir(exist_ok=True)
    pack(folder, study, here, forests_text if of_forests else table_text)
    sys.stdout.write(f"{study.runs} runs: {here / TABLE.name}\n")


if __name__ == "__main__":
    asked = sys.argv[2:]
    try:
        run(
            Path(sys.argv[1]),
            is_begun="--begin" in asked,
            is_small="--small" in asked,
            of_forests="--forests" in asked,
        )
    except UsageError as error:
        sys.exit(str(error))
