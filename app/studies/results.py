"""What is made of the rows of a study once they are there: runs.parquet where it can be, and the report.

Not here: the rows themselves (`journal`).
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from app.errors import UsageError
from app.reports.study_report import report
from app.studies.journal import RUNS
from app.studies.lines import columns_on_disk, rows_from
from nncore.study.rows import Row
from nncore.study.study import Study

PARQUET, REPORT = "runs.parquet", "report.html"


def kept_rows(folder: Path, study: Study) -> Iterator[Row]:
    """The rows in runs.csv, one by one."""
    with (folder / RUNS).open(encoding="utf-8", newline="") as file:
        next(file)
        yield from rows_from(file, columns_on_disk(study))


def write_results(folder: Path, study: Study, server: str) -> list[str]:
    """Make them anew from runs.csv; the names of the files. Raises UsageError."""
    written = [REPORT]
    try:
        page = folder / f"{REPORT}.new"
        page.write_text(report(study, kept_rows(folder, study), server), encoding="utf-8")
        page.replace(folder / REPORT)
        if find_spec("pyarrow") is not None:
            table = folder / f"{PARQUET}.new"
            values = {
                path: [step[place] for step in axis.values]
                for axis in study.axes
                for place, path in enumerate(axis.paths)
            }
            write = import_module("app.studies.parquet").write
            write(table, kept_rows(folder, study), columns_on_disk(study), values)
            table.replace(folder / PARQUET)
            written.append(PARQUET)
    except OSError as error:
        raise UsageError(f"{folder}: {(error.strerror or 'cannot be written').lower()}") from None
    return written
