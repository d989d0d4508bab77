"""Which columns are x, y and label: by name, by kind, or as someone says; doubt is said."""

import pytest

from nncore.errors import InputError
from nncore.tables import choose, read_table

BELOW = "\n".join(["1.5,2.5,7,0", "2.5,4.5,9,1", "3.5,3.5,8,0", "0.5,1.5,5,1"])


@pytest.mark.parametrize(
    ("header", "chosen", "doubtful"),
    [
        ("x,y,z,label", (0, 1, 3), False),
        ("x,y,z,w", (0, 1, 2), False),
        ("a,b,c,class", (0, 1, 3), True),
        ("y,x1,x2,other", (1, 2, 0), False),
        ("target,x_1,x_2,other", (1, 2, 0), False),
        ("a,b,c,d", (0, 1, 3), True),
        ("lon,lat,a,species", (0, 1, 3), False),
    ],
)
def test_names_tell(header: str, chosen: tuple[int, int, int], doubtful: bool) -> None:
    choice = choose(read_table(f"{header}\n{BELOW}\n"))
    assert ((choice.x, choice.y, choice.label), choice.doubtful) == (chosen, doubtful)


@pytest.mark.parametrize(
    ("table", "path", "key", "values"),
    [
        ("x,y,label\n1%,2,a\n3%,4,b\n", "line 2", "signed_number", {"axis": "x", "value": "'1%'", "number": "1"}),
        ("x,y,label\n1,2,a\n-3 €,4,b\n5 €,6,a\n", "line 3", "signed_number", {"value": "'-3 €'", "number": "-3"}),
        ("date,x,label\n,1,a\n2024-01-02,2,b\n", "line 3", "few_numbers", {"axis": "date", "value": "'2024-01-02'"}),
        ("name,size,kind\nann,1,a\nbob,2,b\n", "line 2", "few_numbers", {"axis": "name", "value": "'ann'"}),
        ("name,size,kind\nann,5cm,a\nbob,7cm,b\n", "line 2", "signed_number", {"axis": "y", "value": "'5cm'"}),
        ("x,y,label\n1%,2%,a\n3%,4%,b\n", "line 2", "signed_number", {"axis": "x", "column": 1, "value": "'1%'"}),
        ("place,x,label\nQ1,1,a\nQ2,2,b\n", "line 2", "few_numbers", {"axis": "place", "value": "'Q1'"}),
    ],
)
def test_too_few_columns_of_numbers_name_a_cell_that_is_none(
    table: str, path: str, key: str, values: dict[str, object]
) -> None:
    with pytest.raises(InputError) as caught:
        choose(read_table(table))
    assert (caught.value.path, caught.value.sentence.key) == (path, f"refused.{key}")
    assert {name: caught.value.values[name] for name in values} == values


def test_what_is_said_is_taken_and_the_rest_guessed() -> None:
    table = read_table(f"a,b,c,d\n{BELOW}\n")
    choice = choose(table, ("c", None, "2"))
    assert (choice.x, choice.y, choice.label, choice.doubtful) == (2, 0, 1, True)
    assert not choose(table, ("c", "a", "2")).doubtful


@pytest.mark.parametrize(
    ("given", "path", "key"),
    [
        (("a", "a", None), "y", "refused.same_column"),
        (("a", "b", "1"), "label", "refused.same_column"),
        (("5", None, None), "x", "refused.column_number"),
        ((None, "nothing", None), "y", "refused.unknown"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_by_its_name(
    given: tuple[str | None, str | None, str | None], path: str, key: str
) -> None:
    with pytest.raises(InputError) as caught:
        choose(read_table(f"a,b,c,d\n{BELOW}\n"), given)
    assert (caught.value.path, caught.value.sentence.key) == (path, key)
