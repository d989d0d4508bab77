"""Tables of text as people have them, read in whichever format they are.

    read_points("length;width;kind\\n1,5;2,0;a\\n...").knobs()

gives the knobs of the dataset `own`. Not here: bytes, encodings and spreadsheets (`app.tables`).
"""

from nncore.heads import Task
from nncore.points import OwnPoints
from nncore.tables.arff import is_arff, read_arff
from nncore.tables.choosing import choose
from nncore.tables.columns import Table, make_table
from nncore.tables.delimited import read_delimited
from nncore.tables.grid import Grid
from nncore.tables.json_rows import is_json, read_json
from nncore.tables.libsvm import is_libsvm, read_libsvm
from nncore.tables.making import make_points
from nncore.tables.notation import Mark

FORMATS = ((is_json, read_json), (is_arff, read_arff), (is_libsvm, read_libsvm))
"""Formats that show what they are; all else has something between its cells."""


def read_grid(text: str) -> Grid:
    """The rows of `text`, by the format that it shows. Raises an InputError whose path is the line."""
    text = text.removeprefix("\ufeff")
    for shows, read in FORMATS:
        if shows(text):
            return read(text)
    return read_delimited(text)


def read_table(text: str, *, header: bool | None = None, decimal: Mark = "") -> Table:
    """The columns and rows of `text`; `header` and `decimal` say what else the table tells."""
    return make_table(read_grid(text), header=header, decimal=decimal)


def read_points(text: str, task: Task | None = None) -> OwnPoints:
    """The points of `text`, whose columns' names and kinds say which are x, y and label."""
    table = read_table(text)
    return make_points(table, choose(table), task).own
