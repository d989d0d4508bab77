"""runs.csv while a study runs: rows in their order, a task at a time, and nothing lost but the tasks under way.

What comes before its turn waits in `parts/`, a file each, and moves over when it is its turn. A file is whole or not
there; runs.csv may end in half a chunk where everything was killed: whoever opens it again cuts that off.
Not here: what a line is (`lines`), nor what else lies in the folder (`folder`).
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import UsageError
from app.studies.lines import completed, header_of, text_of
from nncore.study.study import Study
from nncore.study.tasks import Done, Task

RUNS = "runs.csv"
PARTS = "parts"


class Journal:
    """The rows of `study` in `folder`. Opening it puts right what a sudden end has left. Raises UsageError."""

    def __init__(self, folder: Path, study: Study) -> None:
        self.path, self._parts = folder / RUNS, folder / PARTS
        self._tasks = tuple(study.tasks())
        try:
            self._parts.mkdir(exist_ok=True)
            if not self.path.exists():
                _write_whole(self.path, header_of(study))
            self._next = self._cut(header_of(study))
            self._waiting = self._waiting_parts()
            self._move_over()
        except OSError as error:
            raise self._failed(error) from None

    @property
    def rows(self) -> int:
        """How many are kept, those in parts included."""
        return self._first(self._next) + sum(self._tasks[index].runs for index in self._waiting)

    def left(self) -> Iterator[Task]:
        """The tasks that are still to be done."""
        return (task for task in self._tasks[self._next :] if task.index not in self._waiting)

    def add(self, done: Done) -> None:
        """Keep what came of a task. Raises UsageError where it cannot be written; what was kept before stays."""
        task = self._tasks[done.index]
        text = text_of(completed(task, done.rows))
        try:
            if task.index == self._next:
                self._append(text)
                self._move_over()
            else:
                _write_whole(self._part(task), text)
                self._waiting.add(task.index)
        except OSError as error:
            raise self._failed(error) from None

    def close(self) -> None:
        """Take the folder of parts away, if all have moved over."""
        if not self._waiting and self._parts.is_dir():
            self._parts.rmdir()

    def _append(self, text: str) -> None:
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self._next += 1

    def _move_over(self) -> None:
        while self._next in self._waiting:
            part = self._part(self._tasks[self._next])
            self._waiting.discard(self._next)
            self._append(part.read_text(encoding="utf-8"))
            part.unlink()

    def _cut(self, header: str) -> int:
        """Cut off what is no whole task; the index of the first task that is not in the file."""
        begun, kept = header.encode(), 0
        ends: list[int] = []
        with self.path.open("rb") as file:
            if file.read(len(begun)) != begun:
                raise UsageError(f"{self.path}: these are not the rows of this study; choose another folder")
            place = len(begun)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                place += len(line)
                ends.append(place)
        for task in self._tasks:
            if task.first + task.runs > len(ends):
                break
            kept = task.index + 1
        rows = self._first(kept)
        if len(ends) > self._first(len(self._tasks)):
            raise UsageError(f"{self.path}: has more rows than this study; choose another folder")
        os.truncate(self.path, ends[rows - 1] if rows else len(begun))
        return kept

    def _waiting_parts(self) -> set[int]:
        """The parts that are whole and still to be moved over; all else in there is swept away."""
        wanted = {self._part(task).name: task for task in self._tasks[self._next :]}
        found = set()
        for path in self._parts.iterdir():
            task = wanted.get(path.name)
            if task is not None and path.read_bytes().count(b"\n") == task.runs:
                found.add(task.index)
            else:
                path.unlink()
        return found

    def _part(self, task: Task) -> Path:
        # By the rows and not by the task: another version may cut tasks in another way.
        return self._parts / f"{task.first}-{task.runs}.csv"

    def _first(self, index: int) -> int:
        """The number of rows before that task."""
        return _rows_before(self._tasks, index)

    def _failed(self, error: OSError) -> UsageError:
        told = (error.strerror or "cannot be written").lower()
        return UsageError(f"{error.filename or self.path}: {told}; what was kept before is whole, --resume goes on")


def _rows_before(tasks: Sequence[Task], index: int) -> int:
    if index < len(tasks):
        return tasks[index].first
    return tasks[-1].first + tasks[-1].runs


def _write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
