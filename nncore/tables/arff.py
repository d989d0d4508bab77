"""ARFF, as Weka and OpenML write it: attributes with their names, then rows of CSV, plain or sparse.

Not here: what is made of nominal values (`columns`).
"""

import csv
import re

from nncore.errors import InputError, OutOfRange, WrongType, shown
from nncore.sentence import Sentence
from nncore.tables.grid import NO_CSV, ODD_CELLS, Grid, Room, Row, lines_of

_NO_ATTRIBUTE = Sentence("refused.arff_attribute", "must be an ARFF @attribute with a name and a type, not {value}")
_NO_DATA = Sentence("refused.arff_data", "this ARFF file has no @data line before its rows")
_NO_SPARSE = Sentence("refused.arff_sparse", "must hold pairs of a column from 0 to {high} and its value, not {value}")

_BEGINNING = re.compile(r"@(?:relation|attribute)(?:\s.*)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|\S+)\s+(\S.*)", re.IGNORECASE)
_VALUE = re.compile(r"\s*'(?:[^'\\]|\\.)*'\s*|\s*\"[^\"]*\"\s*|[^,]+")
_PAIR = re.compile(r"(\d{1,6})\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|[^\s,]+)")


def is_arff(text: str) -> bool:
    """Whether the first line that is no comment begins an ARFF file."""
    for line in text[:100_000].splitlines():
        if line.strip() and not line.lstrip().startswith("%"):
            return _BEGINNING.fullmatch(line.strip()) is not None
    return False


def read_arff(text: str) -> Grid:
    """The rows of `text`, its attributes as names. The label is the attribute class, else the last nominal one."""
    names: list[str] = []
    nominal: dict[int, frozenset[str]] = {}
    usual: list[str] = []
    rows: list[Row] = []
    room, in_data = Room(), False
    for number, line in lines_of(text):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if in_data:
            cells = _sparse(line, usual, number) if line.startswith("{") else _cells(line, number)
            if len(cells) != len(names):
                raise WrongType(f"line {number}", ODD_CELLS, count=len(names), value=len(cells))
            room.take(number, len(cells))
            rows.append(Row(number, tuple(cells)))
        elif line.lower().startswith("@data"):
            in_data = True
        elif line.lower().startswith("@attribute"):
            found = _ATTRIBUTE.fullmatch(line)
            if not found:
                raise WrongType(f"line {number}", _NO_ATTRIBUTE, value=shown(line))
            values = _values(found[2]) if found[2].startswith("{") else []
            if values:
                nominal[len(names)] = frozenset(values)
            usual.append(values[0] if values else "0")
            names.append(_bare(found[1]))
    if not in_data:
        raise WrongType("", _NO_DATA)
    return Grid("arff", tuple(rows), tuple(names), ",", ".", label=_label(names, list(nominal)), declared=nominal)


def _label(names: list[str], nominal: list[int]) -> int | None:
    named = [number for number, name in enumerate(names) if name.casefold() == "class"]
    found = named or nominal[-1:]
    return found[0] if found else None


def _cells(line: str, number: int) -> list[str]:
    quote = "'" if "'" in line and '"' not in line else '"'
    try:
        rows = list(csv.reader([line], quotechar=quote, escapechar="\\", skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise InputError(f"line {number}", NO_CSV, reason=str(error)) from error
    cells = [cell.strip() for cell in rows[0]]
    # Some write a weight of the row in braces after it.
    return cells[:-1] if len(cells) > 1 and re.fullmatch(r"\{[\d.]+\}", cells[-1]) else cells


def _sparse(line: str, usual: list[str], number: int) -> list[str]:
    """``{1 5.2, 3 yes}``: what is not named is 0, or the first value of a nominal attribute."""
    cells = list(usual)
    for part in filter(None, (part.strip() for part in line.strip("{} \t").split(","))):
        found = _PAIR.fullmatch(part)
        if not found or int(found[1]) >= len(cells):
            raise OutOfRange(f"line {number}", _NO_SPARSE, high=len(cells) - 1, value=shown(part))
        cells[int(found[1])] = _bare(found[2])
    return cells


def _values(nominal: str) -> list[str]:
    """What stands between the braces of a nominal attribute; a comma between quotes is part of its value."""
    return [_bare(found[0].strip()) for found in _VALUE.finditer(nominal.strip("{} \t")) if found[0].strip()]


def _bare(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
