"""A table too large is refused at the row where it shows."""

import pytest

from nncore.errors import OutOfRange
from nncore.tables.grid import MOST_CELLS, MOST_LINES, MOST_ROWS, Room, lines_of


def test_lines_end_in_any_way() -> None:
    assert list(lines_of("a\nb\r\nc\rd")) == [(1, "a\n"), (2, "b\r\n"), (3, "c\r"), (4, "d")]
    assert list(lines_of("")) == []


def test_rows_cells_and_lines_are_counted() -> None:
    room = Room()
    for line in range(1, MOST_ROWS + 1):
        room.take(line, 1)
    with pytest.raises(OutOfRange) as caught:
        room.take(MOST_ROWS + 1, 1)
    assert (caught.value.path, caught.value.sentence.key) == (f"line {MOST_ROWS + 1}", "refused.table_rows")
    with pytest.raises(OutOfRange, match="past 500000 cells"):
        Room().take(1, MOST_CELLS + 1)
    with pytest.raises(OutOfRange, match="one row too many"):
        sum(1 for _ in lines_of("\n" * (MOST_LINES + 1)))
