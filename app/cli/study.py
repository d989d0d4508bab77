"""A study from the command line: a file in, a folder of results out, stopped and gone on with as one likes.

Progress goes to stderr; with --json, lines for programs go to stdout. Not here: what a study is (`nncore.study`), how
its rows are kept (`app.studies`), nor who does the work (`app.engines`).
"""

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.engines import Engine, engine_named
from app.errors import UsageError
from app.links import link
from app.studies.folder import Folder, create, now, resume
from app.studies.journal import Journal
from app.studies.results import write_results
from app.studies.running import Standing, run
from app.studies.study_file import read_study
from nncore.study.repeats import Repeats
from nncore.study.rows import sizes_of
from nncore.study.study import Study
from nncore.study.tasks import Piece, work_of

SAMPLES = 3
"""Combinations that a dry run trains for a moment, to tell how long all will take."""

SAMPLE_SEEDS, SAMPLE_EPOCHS = 8, 3

FIRST_ROWS = 5


@dataclass(frozen=True)
class Asked:
    """What stands on the command line."""

    file: Path | None
    out: Path | None
    resume: Path | None
    engine: str
    workers: int | None
    address: str | None
    server: str
    as_json: bool
    dry_run: bool


@dataclass(frozen=True)
class Ended:
    """How it ended: 0 where all is well, 1 where runs failed, 130 where it was stopped; and what there is to say."""

    code: int
    text: str


def study(asked: Asked) -> Ended:
    """Do it. Raises UsageError with one sentence."""
    if asked.resume is not None and (asked.file is not None or asked.out is not None):
        raise UsageError("--resume goes on with the study in its folder: give no file and no --out beside it")
    if asked.resume is None and asked.file is None:
        raise UsageError("give a study file, or --resume and the folder of a study that was begun")
    if asked.file is not None and asked.dry_run:
        return Ended(0, dry_run(read_study(asked.file), engine_named("local", asked.workers).workers, asked.as_json))
    if asked.dry_run:
        raise UsageError("--dry-run is about a study file")
    if asked.file is not None and asked.out is None:
        raise UsageError("give --out and a folder for the results, or --dry-run")
    wanted = None if asked.file is None else read_study(asked.file)
    engine = engine_named(asked.engine, asked.workers, asked.address)
    folder = resume(_given(asked.resume)) if wanted is None else create(_given(asked.out), wanted)
    try:
        return _carried_out(folder, engine, asked)
    finally:
        folder.close()


def dry_run(study: Study, workers: int, as_json: bool) -> str:
    """How many runs there are, about how long they take, and the first rows as far as they are known before."""
    seconds = _seconds(study) / workers
    tasks = sum(1 for _ in study.tasks())
    first = [
        {
            **dict(piece.values),
            **sizes_of(piece.config),
            "data_seed": seeds.data,
            "run_seed": seeds.run,
            "link": link.write(replace(piece.config, seeds=seeds)),
        }
        for piece in study.pieces[:FIRST_ROWS]
        for seeds in piece.seeds[:1]
    ]
    told = {
        "runs": study.runs,
        "combinations": study.cells,
        "seeds": len(study.seeds),
        "tasks": tasks,
        "workers": workers,
        "seconds": round(seconds, 1),
        "first": first,
    }
    if as_json:
        return json.dumps(told, allow_nan=False)
    lines = [
        f"{_counted(study.runs, 'run')}: {_counted(study.cells, 'combination')}, "
        f"{_counted(len(study.seeds), 'seed')} each, in {_counted(tasks, 'task')}.",
        f"About {_duration(seconds)} on {_counted(workers, 'worker')} of this machine.",
        "",
        *(", ".join(f"{name} {value}" for name, value in row.items() if name != "link") for row in first),
    ]
    if study.cells > FIRST_ROWS:
        lines.append(f"… and {_counted(study.cells - FIRST_ROWS, 'more combination')}")
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _carried_out(folder: Folder, engine: Engine, asked: Asked) -> Ended:
    journal = Journal(folder.path, folder.study)
    standing = Standing(journal.rows, folder.study.runs)
    teller = _lines(standing, folder) if asked.as_json else _bar(standing)
    for note in folder.notes:
        Console(stderr=True).print(note, highlight=False)
    stopped = False
    folder.mark(state="running", ended=None, engine=asked.engine, workers=engine.workers)
    try:
        # First of all, so that whoever is told that it has begun can end it.
        with _ended_politely(), teller as tell:
            for _ in run(journal, engine, standing):
                tell()
    except KeyboardInterrupt:
        stopped = True
    if not stopped:
        journal.close()
    files = write_results(folder.path, folder.study, asked.server)
    folder.mark(state="stopped" if stopped else "complete", ended=now(), files=["runs.csv", *files])
    return _said(folder, standing, stopped, asked)


def _said(folder: Folder, standing: Standing, stopped: bool, asked: Asked) -> Ended:
    code = 130 if stopped else 1 if standing.failed else 0
    state = "stopped" if stopped else "ended"
    if asked.as_json:
        return Ended(code, json.dumps({"event": state, **asdict(standing), "folder": str(folder.path)}))
    counts = f"{standing.solved:,} solved, {standing.diverged:,} diverged, {standing.failed:,} failed"
    if stopped:
        text = (
            f"Stopped at {standing.kept:,} of {standing.total:,} runs; "
            f"neuron-playground study --resume {folder.path} goes on from there."
        )
    elif standing.trained == 0:
        text = f"All {standing.total:,} runs were there already."
    else:
        text = f"{standing.total:,} runs; of the {standing.trained:,} trained just now {counts}."
    return Ended(code, f"{text}\nRows: {folder.path / 'runs.csv'}   Report: {folder.path / 'report.html'}")


@contextmanager
def _bar(standing: Standing) -> Iterator[Any]:
    columns = (
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[solved]:,} solved"),
        TimeRemainingColumn(),
    )
    start = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=standing.total, completed=standing.kept, rate="", solved=0)

        def tell() -> None:
            rate = standing.trained / max(1e-9, time.monotonic() - start)
            progress.update(bar, completed=standing.kept, rate=f"{rate:.3g} runs/s", solved=standing.solved)

        yield tell


@contextmanager
def _lines(standing: Standing, folder: Folder) -> Iterator[Any]:
    start = time.monotonic()
    print(json.dumps({"event": "begun", **asdict(standing), "folder": str(folder.path)}), flush=True)  # noqa: T201

    def tell() -> None:
        facts = {"event": "rows", **asdict(standing), "seconds": round(time.monotonic() - start, 3)}
        print(json.dumps(facts), flush=True)  # noqa: T201

    yield tell


@contextmanager
def _ended_politely() -> Iterator[None]:
    """A scheduler's SIGTERM ends a study as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _seconds(study: Study) -> float:
    """About how long one core takes, from a few epochs of a few combinations spread over the study."""
    pieces = study.pieces
    places = sorted({round(index * (len(pieces) - 1) / max(1, SAMPLES - 1)) for index in range(SAMPLES)})
    work = spent = 0.0
    for place in places:
        seeds = pieces[place].seeds[:SAMPLE_SEEDS]
        epochs = min(SAMPLE_EPOCHS, study.epochs)
        start = time.perf_counter()
        repeats = Repeats(pieces[place].config, seeds, epochs)
        while repeats.advance(1000):
            pass
        spent += time.perf_counter() - start
        work += len(seeds) * epochs * _weight(pieces[place])
    return spent / work * sum(_weight(piece) * len(piece.seeds) for piece in pieces) * study.epochs


def _weight(piece: Piece) -> float:
    """Of an epoch: its multiply-adds, and what each step costs besides, which for small networks is most."""
    steps: float = piece.config.data.train_count / piece.config.batch
    return work_of(piece.config, 1) + 2000 * steps * (len(piece.config.layers) + 1)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def _given(path: Path | None) -> Path:
    assert path is not None
    return path
