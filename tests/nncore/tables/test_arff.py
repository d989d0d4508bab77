"""ARFF; more of it stands in tests/golden/tables."""

import pytest

from nncore.errors import InputError
from nncore.tables.arff import is_arff, read_arff

HEAD = "@relation r\n@attribute a numeric\n@attribute 'the b' real\n@attribute c {x,'y z'}\n@data\n"


def test_attributes_are_names_and_the_last_nominal_one_is_the_label() -> None:
    grid = read_arff(HEAD + "1,2,'y z'\n3, ?, x\n")
    assert (grid.names, grid.label) == (("a", "the b", "c"), 2)
    assert [row.cells for row in grid.rows] == [("1", "2", "y z"), ("3", "?", "x")]


def test_it_is_told_by_its_beginning() -> None:
    assert is_arff("% a note\n\n@RELATION x\n")
    assert not is_arff("x,y,label\n@relation\n")


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        (HEAD + "1,2\n", "line 6", "refused.odd_cells"),
        (HEAD + "{7 1}\n", "line 6", "refused.arff_sparse"),
        ("@relation r\n@attribute a\n@data\n", "line 2", "refused.arff_attribute"),
        ("@relation r\n", "", "refused.arff_data"),
    ],
)
def test_a_slip_is_refused_at_its_place(text: str, path: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_arff(text)
    assert (caught.value.path, caught.value.sentence.key) == (path, key)
