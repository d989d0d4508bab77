"""How a column writes its numbers: decimal point or comma, thousands in groups or not; decided by the whole column.

    decide(["1,200", "950", "12,000"]).read("1,200")        1200.0

A single cell such as 1,234 cannot say which it is. Others of its column can, then other columns of the same table;
where none does, the column is ambiguous and says so. Not here: which columns there are (`columns`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nncore.spec import LONGEST_NUMBER

Mark = Literal["", ".", ","]

# No two repeats of a pattern can take the same digit, so what is no number is seen to be none after one pass.
_FLAGS = re.ASCII | re.IGNORECASE
_WHOLE = re.compile(r"[+-]?\d+(?:e[+-]?\d+)?", _FLAGS)
_WITH_POINT = re.compile(r"[+-]?(?:\d*\.\d+|\d+\.)(?:e[+-]?\d+)?", _FLAGS)
_WITH_COMMA = re.compile(r"[+-]?(?:\d*,\d+|\d+\.)(?:e[+-]?\d+)?", _FLAGS)
_ONE_GROUP = {
    ".": re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII),
    ",": re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII),
}
_GROUPS = {
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)", re.ASCII),
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d*)", re.ASCII),
}
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ '\u2019\u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_BLANKS = re.compile(r"[ '\u2019\u00a0\u202f]")

_TYPED = str.maketrans("\N{MINUS SIGN}０１２３４５６７８９．－＋", "-0123456789.-+")
"""What people type for the signs of a number where their keyboard has others."""


def _in_ascii(cell: str) -> str:
    return cell if cell.isascii() else cell.translate(_TYPED)


Numeric = Literal["whole", "long", "decimal.", "decimal,", "groups.", "groups,", "one.", "one,"]
Kind = Literal[Numeric, "spaced", "spaced.", "spaced,", "none"]


def kind_of(cell: str) -> Kind:
    """What `cell` looks like by itself; "one," is 1,234, which may be either. "long" is whole and of four digits up."""
    if len(cell) > LONGEST_NUMBER or not cell:
        return "none"
    cell = _in_ascii(cell)
    if _WHOLE.fullmatch(cell):
        return "long" if cell.lstrip("+-").isdigit() and len(cell.lstrip("+-")) > 3 else "whole"
    for mark in (".", ","):
        if _ONE_GROUP[mark].fullmatch(cell):
            return "one." if mark == "." else "one,"
        if _is_decimal(cell, mark):
            return "decimal." if mark == "." else "decimal,"
        if _GROUPS[mark].fullmatch(cell):
            return "groups." if mark == "." else "groups,"
    if not _SPACED.fullmatch(cell):
        return "none"
    return "spaced." if "." in cell else "spaced," if "," in cell else "spaced"


def _is_decimal(cell: str, mark: str) -> bool:
    return (_WITH_POINT.fullmatch(cell) if mark == "." else _WITH_COMMA.fullmatch(cell)) is not None


@dataclass(frozen=True, slots=True)
class Notation:
    """A decimal mark, and what sets thousands apart: a mark, a blank for any kind of blank, or nothing."""

    decimal: Literal[".", ","] = "."
    groups: Literal["", ".", ",", " "] = ""

    def read(self, cell: str) -> float | None:
        """The number that `cell` is, which may be infinite; None where it is none. A word such as nan is none."""
        if len(cell) > LONGEST_NUMBER:
            return None
        cell = _in_ascii(cell)
        if _WHOLE.fullmatch(cell):
            return float(cell)
        if self.groups:
            cell = self._ungrouped(cell)
        if _WHOLE.fullmatch(cell) or _is_decimal(cell, self.decimal):
            return float(cell.replace(self.decimal, "."))
        return None

    def _ungrouped(self, cell: str) -> str:
        if self.groups == " ":
            return _BLANKS.sub("", cell) if _SPACED.fullmatch(cell) else cell
        grouped = _ONE_GROUP[self.groups].fullmatch(cell) or _GROUPS[self.groups].fullmatch(cell)
        return cell.replace(self.groups, "") if grouped else cell


PLAIN = Notation()


def evidence(kinds: Counter[Kind]) -> Mark:
    """The decimal mark that a column shows beyond doubt; none where it shows none, or both."""
    point, comma = _shown(kinds)
    return "." if point and not comma else "," if comma and not point else ""


def _shown(kinds: Counter[Kind]) -> tuple[int, int]:
    """How many cells can only be of a decimal point, and how many only of a comma."""
    point = kinds["decimal."] + kinds["groups,"] + kinds["spaced."]
    return point, kinds["decimal,"] + kinds["groups."] + kinds["spaced,"]


def decide(cells: Sequence[str], hint: Mark = "", *, table_of_semicolons: bool = False) -> Notation | None:
    """The notation of a column of `cells`, or None where 1,234 may be either. `hint` is what other columns say.

    Groups of exactly three digits throughout, beside whole numbers too small to have one, are thousands. A point is
    decimal unless something says otherwise: programs write it so. Where semicolons stand between cells, people may
    have written points into thousands, and whole numbers of three digits beside groups of three leave it open.
    """
    return decide_by(Counter(map(kind_of, cells)), hint, table_of_semicolons=table_of_semicolons)


def decide_by(kinds: Counter[Kind], hint: Mark = "", *, table_of_semicolons: bool = False) -> Notation | None:
    """The same by how often each kind of cell stands in the column."""
    spaced = kinds["spaced"] + kinds["spaced."] + kinds["spaced,"]
    shown = _majority(kinds) or ("" if kinds["one,"] and kinds["one."] else hint)
    if shown:
        other: Literal[".", ","] = "," if shown == "." else "."
        grouped = kinds["groups."] + kinds["one."] if other == "." else kinds["groups,"] + kinds["one,"]
        return Notation(shown, other if grouped else " " if spaced else "")
    if kinds["one,"] and kinds["one."]:
        return None
    if kinds["one,"]:
        return Notation(".", ",") if kinds["whole"] and not kinds["long"] else None
    if kinds["one."] and table_of_semicolons and kinds["whole"] and not kinds["long"]:
        return None
    return Notation(".", " " if spaced else "")


def _majority(kinds: Counter[Kind]) -> Mark:
    point, comma = _shown(kinds)
    return "" if not point and not comma else "." if point >= comma else ","


def common_mark(columns: Iterable[Counter[Kind]]) -> Mark:
    """The decimal mark on which all columns agree that show one."""
    marks = {evidence(kinds) for kinds in columns} - {""}
    return marks.pop() if len(marks) == 1 else ""
