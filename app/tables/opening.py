"""A file of a table, whatever it is, as rows of cells: text in any encoding that is known, or a workbook.

    open_table(data).grid

Not here: what the cells mean (`nncore.tables`).
"""

from dataclasses import dataclass

from app.tables.decoding import ENCODINGS, decode
from app.tables.workbook import is_workbook, read_workbook
from nncore.errors import WrongType
from nncore.sentence import Said, Sentence
from nncore.tables import Grid, read_grid

_READ_AS = Sentence(
    "note.encoding",
    "The file does not state its encoding and was read as {encoding}; check that names look right.",
)
_NO_TABLE = Sentence("refused.no_table", "this is {kind}, which cannot be read here; save the table as CSV or .xlsx")

WORDS = (
    "an old or protected Excel workbook",
    "a PDF",
    "a picture",
    "a compressed file",
    "a Parquet file",
    "a NumPy array",
    "an HDF5 file",
    "a database",
    "a web page",
)
"""What stands in that sentence, and has words in other languages."""

OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old or protected Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"PAR1", "a Parquet file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "a database"),
)
"""How files begin that people have beside tables, and what they are."""


WEB_PAGE = (b"<!doctype html", b"<html")
"""How a page begins that shows a table, as of a repository, where the table itself was meant."""


@dataclass(frozen=True)
class Opened:
    """The rows, the encoding they were in (empty for a spreadsheet), and what there is to say about it."""

    grid: Grid
    encoding: str
    notes: tuple[Said, ...] = ()


def open_table(data: bytes, encoding: str = "") -> Opened:
    """The table in `data`; `encoding` says what text is in. Raises an InputError, whose path is the line if any."""
    for beginning, kind in OTHERS:
        if data.startswith(beginning):
            raise WrongType("", _NO_TABLE, kind=kind)
    if data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(WEB_PAGE):
        raise WrongType("", _NO_TABLE, kind="a web page")
    if is_workbook(data):
        return Opened(read_workbook(data), "")
    decoded = decode(data, encoding)
    notes = (Said(_READ_AS, {"encoding": ENCODINGS[decoded.encoding]}),) if decoded.guessed else ()
    # Programs of DOS end a text with this letter, which would make the last label another.
    text = decoded.text.rstrip("\x1a")
    return Opened(read_grid(text), decoded.encoding, notes)
