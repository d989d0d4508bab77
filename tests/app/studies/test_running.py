"""Each result is kept before it is told, and who stops asking stops the engine."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.engines.engine import work
from app.studies.journal import Journal
from app.studies.running import Standing, run
from nncore.study.tasks import Done, Task
from tests.app.engines.small import study


class Watched:
    workers = 1
    stopped = False

    def map(self, tasks: Iterable[Task]) -> Iterator[Done]:
        try:
            for task in tasks:
                yield work(task)
        finally:
            self.stopped = True


def test_what_is_told_is_kept(tmp_path: Path) -> None:
    journal, standing, engine = Journal(tmp_path, study()), Standing(0, study().runs), Watched()
    for count, _ in enumerate(run(journal, engine, standing), start=1):
        assert journal.rows == standing.kept == 3 * count
    assert (standing.kept, standing.total, standing.failed) == (12, 12, 0)
    assert standing.solved == sum(row["solved"] for row in study().run())


def test_who_stops_asking_stops_the_engine(tmp_path: Path) -> None:
    engine = Watched()
    results = run(Journal(tmp_path, study()), engine, Standing(0, 12))
    next(results)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert engine.stopped
    assert Journal(tmp_path, study()).rows == 3
