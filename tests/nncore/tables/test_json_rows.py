"""JSON in its shapes; more of it stands in tests/golden/tables."""

import pytest

from nncore.errors import InputError
from nncore.tables.json_rows import is_json, read_json


def test_numbers_are_taken_digit_by_digit() -> None:
    assert read_json('[["0.10", 0.10, 1e2, null, true]]').rows[0].cells == ("0.10", "0.10", "1e2", "", "true")


@pytest.mark.parametrize(
    ("text", "is_one"), [("[[1]]", True), (' [ {"a":1}]', True), ("[1],2\n", False), ("{x}", False)]
)
def test_it_is_told_by_its_beginning(text: str, is_one: bool) -> None:
    assert is_json(text) == is_one


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        ("[[1,2],[3]]", "row 2", "refused.odd_cells"),
        ("[[1,2],{}]", "row 2", "refused.json_rows"),
        ('{"a":1}', "", "refused.json_rows"),
        ('{"a":[1],"b":[1,2]}', "b", "refused.json_uneven"),
        ("[[1,[2]]]", "row 1", "refused.json_cell"),
        ("[[1,\n2", "line 2", "refused.json_table"),
        ("[[" + "1," * 1_000_001 + "1]]", "", "refused.json_large"),
        ("[" * 100_000, "line 1", "refused.json_rows"),
    ],
)
def test_what_is_no_table_is_refused_at_its_place(text: str, path: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text)
    assert (caught.value.path, caught.value.sentence.key) == (path, key)
