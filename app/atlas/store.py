"""Where the atlas lies: the study, its rows as they were trained, compressed, and the table that was made of them.

The networks' lie here, the forests' in a folder of their own. Not here: what the tables say (`table`, `forest_table`),
nor how all of it is made (docs/make_atlas.py).
"""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from app.studies.lines import columns_on_disk, header_of, rows_from
from app.studies.study_file import read_study
from nncore.config import Json
from nncore.study import Study
from nncore.study.rows import Row

HERE = Path(__file__).parent
FILES = ("study.toml", "rows.csv.xz", "table.json", "manifest.json")
STUDY, ROWS, TABLE, MADE = (HERE / name for name in FILES)
FORESTS = HERE / "forests"
"""The same four of the forests."""


def atlas_study(here: Path = HERE) -> Study:
    """The study that was asked."""
    return read_study(here / STUDY.name)


def atlas_rows(here: Path = HERE) -> Iterator[Row]:
    """Every run, in the study's order, one by one."""
    study = atlas_study(here)
    with lzma.open(here / ROWS.name, "rt", encoding="utf-8", newline="") as file:
        assert next(file) == header_of(study), "these rows are of another study"
        yield from rows_from(file, columns_on_disk(study))


def atlas_table() -> Json:
    """What the rows say together, as `table.table_of` made it; under ``forests`` as `forest_table.forests_of` did."""
    table, forests = (json.loads((here / TABLE.name).read_text(encoding="utf-8")) for here in (HERE, FORESTS))
    return {**table, "forests": forests}
