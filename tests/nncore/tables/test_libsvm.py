"""LIBSVM's pairs; more of it stands in tests/golden/tables."""

import pytest

from nncore.errors import InputError
from nncore.tables.libsvm import is_libsvm, read_libsvm


def test_what_is_not_there_is_0_and_indexes_may_begin_at_0() -> None:
    grid = read_libsvm("1 0:5 2:7\n-1 qid:3 1:2\n")
    assert grid.names == ("label", "x0", "x1", "x2")
    assert [row.cells for row in grid.rows] == [("1", "5", "0", "7"), ("-1", "0", "2", "0")]


@pytest.mark.parametrize(
    ("text", "is_one"), [("1 1:2\n", True), ("1 2 3\n", False), ("12:30 4 a\n", False), ("", False)]
)
def test_it_is_told_by_its_pairs(text: str, is_one: bool) -> None:
    assert is_libsvm(text) == is_one


@pytest.mark.parametrize(
    ("line", "key"),
    [("1 1:2 1:3", "refused.libsvm_pair"), ("1 x:2", "refused.libsvm_pair"), ("1 999:2", "refused.libsvm_index")],
)
def test_a_slip_is_refused_by_its_line(line: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_libsvm(f"1 1:2\n{line}\n")
    assert (caught.value.path, caught.value.sentence.key) == ("line 2", key)
