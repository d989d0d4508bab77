"""Tables of the reader's own data: from text in any of the usual formats to points in the square.

    format (`delimited`, ...) -> Grid -> columns (`columns`) -> choice (`choosing`) -> points (`making`)

Not here: bytes, their encodings, spreadsheets (`app.tables`).
"""

from nncore.tables.choosing import Choice, choose
from nncore.tables.columns import Column, Table, make_table
from nncore.tables.grid import Grid
from nncore.tables.making import Reading, make_points
from nncore.tables.reading import read_grid, read_points, read_table

__all__ = [
    "Choice",
    "Column",
    "Grid",
    "Reading",
    "Table",
    "choose",
    "make_points",
    "make_table",
    "read_grid",
    "read_points",
    "read_table",
]
