"""A study from the command line: its rows are those of the runs alone, whoever does them and however often it dies."""

import csv
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.cli import study as command
from app.cli.study import Asked, Ended, dry_run
from app.cli.study import study as carry_out
from app.engines.serial import Serial
from app.errors import UsageError
from app.links import link
from app.studies.study_file import read_study
from nncore.study import tasks
from nncore.study.tasks import Done, Task
from tests.browser.server import COMMAND, ROOT

SMALL = """
base = "data=circles&count=40&layers=3"
seeds = 4
epochs = 3
[vary]
"layers.neuron" = ["linear", "square", "rbf"]
"layers.units" = [1, 2, 3, 4]
"""
RUNS = 48

LARGE = """
base = "data=circles&count=40&layers=3"
seeds = 40
epochs = 2
[vary]
"layers.neuron" = ["linear", "square"]
"layers.units" = {from = 2, to = 26, step = 1}
"""
LARGE_RUNS = 2000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def asked(file: Path | None, out: Path | None, **options: Any) -> Asked:
    given = {"resume": None, "engine": "serial", "workers": None, "address": None, "as_json": False, "dry_run": False}
    return Asked(file, out, **{**given, "server": "http://127.0.0.1:8000", **options})


def rows(folder: Path) -> list[dict[str, str]]:
    """All that is written, but for what is measured."""
    with (folder / "runs.csv").open(newline="") as lines:
        return [{**row, "seconds": ""} for row in csv.DictReader(lines)]


@pytest.fixture
def whole(file: Path, tmp_path: Path) -> list[dict[str, str]]:
    assert carry_out(asked(file, tmp_path / "whole")).code == 0
    return rows(tmp_path / "whole")


@pytest.mark.slow
def test_every_row_is_what_train_gives_for_its_link(whole: list[dict[str, str]], tmp_path: Path) -> None:
    """Of one row of each kind of neuron."""
    assert len(whole) == len({row["hash"] for row in whole}) == len({row["link"] for row in whole}) == RUNS
    rows = whole[:: RUNS // 3]
    assert len({row["layers.neuron"] for row in rows}) == 3
    for row in rows:
        opened = link.read(row["link"])
        (tmp_path / "config.json").write_text(json.dumps(opened.config.to_json()))
        line = [*COMMAND, "train", str(tmp_path / "config.json"), "--epochs", str(opened.epochs), "--json"]
        told = json.loads(subprocess.run(line, cwd=ROOT, capture_output=True, check=True).stdout)
        assert told["loss"] == {"train": float(row["train_loss"]), "test": float(row["test_loss"])}
        assert told["accuracy"] == {"train": float(row["train_accuracy"]), "test": float(row["test_accuracy"])}
        assert (told["parameters"], told["cost"]["multiply_adds"]) == (
            int(row["parameters"]),
            int(row["multiply_adds"]),
        )


def test_a_folder_holds_the_rows_the_study_and_a_report(file: Path, tmp_path: Path) -> None:
    ended = carry_out(asked(file, tmp_path / "out"))
    assert ended.text.startswith("48 runs; of the 48 trained just now ")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"runs.csv", "manifest.json", "report.html"} <= names <= {*names, "runs.parquet", ".lock"}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["state"], manifest["runs"], manifest["engine"]) == ("complete", RUNS, "serial")
    before = rows(tmp_path / "out")
    assert carry_out(asked(None, None, resume=tmp_path / "out")).text.startswith("All 48 runs were there already.")
    assert rows(tmp_path / "out") == before


class Interrupted:
    """Ctrl-C comes after the second task."""

    workers = 1

    def map(self, tasks: Iterator[Task]) -> Iterator[Done]:
        results = Serial().map(tasks)
        yield next(results)
        yield next(results)
        raise KeyboardInterrupt


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(
    file: Path, tmp_path: Path, whole: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(command, "engine_named", lambda *_: Interrupted())
        ended = carry_out(asked(file, tmp_path / "out"))
    assert ended.code == 130
    assert f"study --resume {tmp_path / 'out'} goes on" in ended.text
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["state"] == "stopped"
    assert "Not complete" in (tmp_path / "out" / "report.html").read_text()
    assert 0 < len(rows(tmp_path / "out")) < RUNS
    assert carry_out(asked(None, None, resume=tmp_path / "out")).code == 0
    assert rows(tmp_path / "out") == whole


@pytest.mark.slow
@pytest.mark.parametrize("moments", [(0, 1), (3, 5)], ids=["early", "late"])
def test_killed_at_any_moment_it_ends_with_the_same_rows(
    file: Path, tmp_path: Path, whole: list[dict[str, str]], moments: tuple[int, ...]
) -> None:
    out = tmp_path / "killed"
    line = [*COMMAND, "study", str(file), "--out", str(out), "--workers", "2", "--json"]
    for moment in moments:
        driver = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        workers = _kill_after(driver, moment)
        assert psutil.wait_procs(workers, timeout=60)[1] == [], "workers outlive their study"
        line = [*COMMAND, "study", "--resume", str(out), "--workers", "2", "--json"]
    told = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    events = [json.loads(event) for event in told.stdout.splitlines()]
    assert events[-1]["event"] == "ended"
    assert events[-1]["kept"] == RUNS
    assert rows(out) == whole


@pytest.mark.slow
def test_two_thousand_runs_outlive_kills_of_driver_and_workers_at_random_moments(file: Path, tmp_path: Path) -> None:
    """Whoever is killed, and when: the same rows, none twice and none missing."""
    file.write_text(LARGE)
    assert carry_out(asked(file, tmp_path / "whole")).code == 0
    out, rng = tmp_path / "killed", random.Random(15)
    line = [*COMMAND, "study", str(file), "--out", str(out), "--workers", "2", "--json"]
    kept = [0]
    for _ in range(4):
        driver = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert driver.stdout is not None
        kept.append(json.loads(driver.stdout.readline())["kept"])
        for _ in range(rng.randrange(1, 3)):
            _kill_a_worker(driver, rng)
        moment = rng.randrange(3, 9)
        time.sleep(rng.uniform(0, 0.1))
        workers = _kill_after(driver, moment)
        assert psutil.wait_procs(workers, timeout=60)[1] == [], "workers outlive their study"
        line = [*COMMAND, "study", "--resume", str(out), "--workers", "2", "--json"]
    assert kept == sorted(kept)
    assert kept[-1] < LARGE_RUNS, "it was over before the last kill"
    told = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout.splitlines()[-1])["kept"] == LARGE_RUNS
    found = rows(out)
    assert len({row["hash"] for row in found}) == len(found) == LARGE_RUNS
    assert found == rows(tmp_path / "whole")


def _kill_a_worker(driver: "subprocess.Popen[str]", rng: random.Random) -> None:
    """One of those that train, once a result has come: the driver goes on without it."""
    assert driver.stdout is not None
    assert json.loads(driver.stdout.readline())["event"] == "rows"
    time.sleep(rng.uniform(0, 0.1))
    training = [
        child for child in psutil.Process(driver.pid).children(recursive=True) if "tracker" not in _line_of(child)
    ]
    if training:
        with suppress(psutil.NoSuchProcess):
            rng.choice(training).kill()


def _line_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return "tracker, gone"


def _kill_after(driver: "subprocess.Popen[str]", moment: int) -> list[psutil.Process]:
    """Kill it with so many results told; gives back the processes that it had started."""
    assert driver.stdout is not None
    for count, event in enumerate(driver.stdout):
        if count == moment or json.loads(event)["event"] == "ended":
            break
    workers: list[psutil.Process] = psutil.Process(driver.pid).children(recursive=True)
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    driver.stdout.close()
    return workers


@pytest.mark.slow
def test_sigterm_ends_it_as_ctrl_c_does(file: Path, tmp_path: Path) -> None:
    file.write_text(SMALL.replace("epochs = 3", "epochs = 3000"))
    line = [*COMMAND, "study", str(file), "--out", str(tmp_path / "out"), "--workers", "1", "--json"]
    driver = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert driver.stdout is not None
    assert json.loads(driver.stdout.readline())["event"] == "begun"
    driver.send_signal(signal.SIGTERM)
    told, complaint = driver.communicate(timeout=120)
    assert driver.returncode == 130
    assert json.loads(told.splitlines()[-1])["event"] == "stopped"
    assert complaint == ""


def test_of_one_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('base = "data=circles&count=40&layers=1"\nseeds = 1\nepochs = 1\n')
    lines = carry_out(asked(tmp_path / "one.toml", None, dry_run=True, workers=1)).text.splitlines()
    assert lines[0] == "1 run: 1 combination, 1 seed each, in 1 task."
    assert lines[1].endswith(" on 1 worker of this machine.")


def test_a_dry_run_tells_how_many_and_makes_nothing(file: Path, tmp_path: Path) -> None:
    ended = carry_out(asked(file, None, dry_run=True, workers=2))
    lines = ended.text.splitlines()
    assert lines[0] == "48 runs: 12 combinations, 4 seeds each, in 12 tasks."
    assert lines[1].endswith(" on 2 workers of this machine.")
    assert lines[3].startswith("layers.neuron linear, layers.units 1, parameters 5, multiply_adds 3")
    assert lines[-1] == "… and 7 more combinations"
    told = json.loads(dry_run(read_study(file), 1, as_json=True))
    assert (told["runs"], told["combinations"], told["seeds"]) == (48, 12, 4)
    assert told["first"][0]["link"] == "data=circles&count=40&layers=1"
    assert [path.name for path in tmp_path.iterdir()] == ["small.toml"]


def test_a_failed_run_is_a_row_and_the_code_says_so(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_piece: Any, _task: Any) -> Any:
        raise MemoryError("no room")

    monkeypatch.setattr(tasks, "_trained", failing)
    ended: Ended = carry_out(asked(file, tmp_path / "out"))
    assert ended.code == 1
    assert {row["error"] for row in rows(tmp_path / "out")} == {"MemoryError: no room"}
    assert "48 runs failed" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "give a study file, or --resume"),
        ({"file": True}, "give --out and a folder"),
        ({"file": True, "resume": True}, "give no file and no --out"),
        ({"dry_run": True, "resume": True}, "is about a study file"),
        ({"file": True, "out": True, "engine": "rey"}, "did you mean ray"),
        ({"resume": True}, "no study here to go on with"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_makes_nothing(
    file: Path, tmp_path: Path, options: dict[str, Any], told: str
) -> None:
    places = {"file": file, "out": tmp_path / "out", "resume": tmp_path / "none"}
    given = {name: places[name] if value is True and name in places else value for name, value in options.items()}
    with pytest.raises(UsageError, match=told):
        carry_out(asked(given.pop("file", None), given.pop("out", None), **given))
    assert [path.name for path in tmp_path.iterdir()] == ["small.toml"]


def test_the_command_answers_with_one_sentence(tmp_path: Path) -> None:
    line = [*COMMAND, "study", str(tmp_path / "none.toml"), "--out", str(tmp_path / "out")]
    ended = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"neuron-playground: {tmp_path / 'none.toml'}: no such file or directory\n"
