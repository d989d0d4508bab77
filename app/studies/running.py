"""A study at work: tasks go to an engine, what comes back is kept, and whoever watches is told how it stands.

Not here: how that is shown (`app.cli.study`), nor what is made of the rows at the end (`results`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.engines import Engine
from app.studies.journal import Journal
from nncore.study.rows import Row
from nncore.study.tasks import Done


@dataclass
class Standing:
    """How a study stands: runs that are kept, and of those that were trained just now, how many did what."""

    kept: int
    total: int
    trained: int = 0
    solved: int = 0
    diverged: int = 0
    failed: int = 0

    def count(self, rows: Sequence[Row]) -> None:
        """These rows have been kept, too."""
        self.kept += len(rows)
        self.trained += len(rows)
        self.solved += sum(row["solved"] is True for row in rows)
        self.diverged += sum(row["diverged"] is True for row in rows)
        self.failed += sum(row["error"] is not None for row in rows)


def run(journal: Journal, engine: Engine, standing: Standing) -> Iterator[Done]:
    """Do what is left to do; each result once it is kept. Stop asking, and the engine stops, too."""
    results = engine.map(journal.left())
    try:
        for done in results:
            journal.add(done)
            standing.count(done.rows)
            yield done
    finally:
        close = getattr(results, "close", None)
        if close is not None:
            close()
