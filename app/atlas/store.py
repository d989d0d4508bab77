"""Where the atlas lies: the study, its rows as they were trained, compressed, and the table that was made of them.

Not here: what the table says (`table`), nor how all of it is made (docs/make_atlas.py).
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
STUDY, ROWS, TABLE, MADE = (HERE / name for name in ("study.toml", "rows.csv.xz", "table.json", "manifest.json"))


def atlas_study() -> Study:
    """The study that was asked."""
    return read_study(STUDY)


def atlas_rows() -> Iterator[Row]:
    """Every run, in the study's order, one by one."""
    study = atlas_study()
    with lzma.open(ROWS, "rt", encoding="utf-8", newline="") as file:
        assert next(file) == header_of(study), "these rows are of another study"
        yield from rows_from(file, columns_on_disk(study))


def atlas_table() -> Json:
    """What the rows say together, as `table.table_of` made it."""
    table: Json = json.loads(TABLE.read_text(encoding="utf-8"))
    return table
