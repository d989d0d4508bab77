"""What stands between cells is decided by many lines."""

import pytest

from nncore.tables.dialect import BLANKS, find_dialect


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("1,2,a\n3,4,b\n", ","),
        ("1;2;a\n3;4;b\n", ";"),
        ("1,5;2,5;a\n3,5;4,5;b\n", ";"),
        ("1\t2\ta\n3\t4\tb\n", "\t"),
        ("1|2|a\n3|4|b\n", "|"),
        ("1 2 a\n3  4   b\n", BLANKS),
        ("1,5 2,5 a\n3,5 4,5 b\n", BLANKS),
        ("1, 2, a\n3, 4, b\n", ","),
        ('1,2,"a;b"\n3,4,"c;d"\n', ","),
        ("word\n", ","),
        ("", ","),
    ],
)
def test_the_separator_is_the_one_that_makes_columns_of_numbers(text: str, separator: str) -> None:
    assert find_dialect(text).separator == separator


def test_a_line_may_name_it() -> None:
    assert find_dialect("sep=|\n1,2|3,4|a\n").separator == "|"
    assert find_dialect("sep=\\t\n1\t2\ta\n").separator == "\t"
    assert find_dialect("sep=;\n1;2;a\n").first == 2


def test_where_most_lines_begin_with_a_hash_these_are_rows() -> None:
    assert find_dialect("# one\n1,2,a\n3,4,b\n").comments
    assert not find_dialect("#ff0000,1,2\n#00ff00,3,4\nblue,3,4\n").comments
