"""Of the rows a report is made always, a Parquet file where pyarrow is installed."""

from importlib.util import find_spec
from pathlib import Path

from app.engines.engine import work
from app.studies.journal import Journal
from app.studies.lines import completed
from app.studies.results import kept_rows, write_results
from tests.app.engines.small import study


def test_results_are_made_of_the_rows(tmp_path: Path) -> None:
    journal, asked = Journal(tmp_path, study()), study()
    expected = []
    for task in asked.tasks():
        done = work(task)
        journal.add(done)
        expected += completed(task, done.rows)
    assert list(kept_rows(tmp_path, asked)) == expected
    parquet = ["runs.parquet"] if find_spec("pyarrow") is not None else []
    assert write_results(tmp_path, asked, "http://127.0.0.1:8000") == ["report.html", *parquet]
    page = (tmp_path / "report.html").read_text()
    assert "12 of 12" not in page
    assert "4 combinations, 3 seeds each" in page
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.suffix == ".new") == []
