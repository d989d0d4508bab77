"""ARFF; more of it stands in tests/golden/tables."""

import pytest

from nncore.errors import InputError
from nncore.tables import read_points
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


def test_a_label_that_is_not_declared_is_said() -> None:
    head = "@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute c {'x, y',z, 'it''s'}\n@data\n"
    head = head.replace("''s", "\\'s")
    rows = ["1,2,z", "2,3,'x, y'", "3,4,q", "4,5,'it\\'s'", "5,6,q", "6,7,?"]
    notes = read_points(head + "\n".join(rows)).notes
    told = [said.text for said in notes if said.sentence.key == "note.undeclared"]
    assert told == [
        "'q', first in line 8, is not among the values that the file declares for c, and was read as a label "
        "all the same."
    ]
    assert not [
        said
        for said in read_points(head + "\n".join(["1,2,z", "2,3,'x, y'"] * 2)).notes
        if said.sentence.key == "note.undeclared"
    ]
