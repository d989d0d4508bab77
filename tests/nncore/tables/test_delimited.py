"""Rows of text with something between their cells; what they become stands in tests/golden/tables."""

import pytest

from nncore.errors import InputError
from nncore.tables.delimited import LONGEST_LINE, read_delimited


def test_rows_stand_on_the_line_where_they_begin() -> None:
    grid = read_delimited('a,b\n# no\n1,"2\n2"\n\n3,4\n')
    assert [(row.line, row.cells) for row in grid.rows] == [(1, ("a", "b")), (3, ("1", "2\n2")), (6, ("3", "4"))]


def test_a_comment_in_quotes_is_none() -> None:
    assert read_delimited('1,2,"a\n# b"\n3,4,c\n').rows[0].cells == ("1", "2", "a\n# b")


def test_the_last_comment_above_the_rows_may_name_the_columns() -> None:
    assert read_delimited("# by us\n# u,v,kind\n1,2,a\n3,4,b\n").names == ("u", "v", "kind")
    assert read_delimited("# by us, on Monday, early, still dark\n1,2,a\n3,4,b\n").names is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1,2,a\n3,4,5,b\n5,6,b\n", "refused.odd_cells_of_commas"),
        ("1,2,a\n3,4\n5,6,b\n", "refused.odd_cells"),
        ("1,2,a\nMonday\n5,6,b\n", "refused.stray_line"),
        ("1;2;a\n3;4\n5;6;b\n", "refused.odd_cells"),
        ("1,2," + "a" * LONGEST_LINE, "refused.long_line"),
        ('1,2,a\n3,4,"b" c\n', "refused.no_csv"),
    ],
)
def test_what_is_no_row_is_refused(text: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_delimited(text)
    assert caught.value.sentence.key == key
