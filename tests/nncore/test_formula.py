"""The pieces of formulas, as text."""

from nncore.formula import TERMS_HIGH, listed, pairs, plus, powers, weighed


def test_a_weighted_sum_names_every_input_and_is_cut_short_where_it_is_long() -> None:
    assert weighed(["0.4", "0.2"], ["x", "y"]) + plus(["0.1"]) == r"0.4 \, x + 0.2 \, y + 0.1"
    many = [str(number) for number in range(TERMS_HIGH + 5)]
    assert weighed(many, many).count("+") == TERMS_HIGH - 1
    assert weighed(many, many).endswith(r"\cdots")


def test_powers_and_pairs_of_inputs() -> None:
    assert powers(["x", "y"], 1) == ["x", "y"]
    assert powers(["x", "y"], 3) == ["x^3", "y^3"]
    assert pairs(["x", "y"]) == ["x^2", "x y", "y x", "y^2"]


def test_letters_without_a_formula_are_listed_with_their_numbers() -> None:
    assert listed({"W": ["1", "2"], "b": ["3"]}) == r"W = (1, 2), \; b = 3"
