"""Visitors take turns, whatever each of them asks for."""

from hypothesis import given
from hypothesis import strategies as st

from app.jobs.line import Line


def test_one_who_asks_for_twelve_lets_another_have_the_second_place() -> None:
    line: Line[str] = Line()
    for number in range(12):
        line.join("greedy", f"greedy {number}")
    line.join("modest", "modest 0")
    assert [line.next() for _ in range(3)] == ["greedy 0", "modest 0", "greedy 1"]
    assert len(line) == 10


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_everything_comes_out_once_and_each_visitor_s_own_in_order(visitors: list[str]) -> None:
    line: Line[tuple[str, int]] = Line()
    for number, visitor in enumerate(visitors):
        line.join(visitor, (visitor, number))
    out = [line.next() for _ in range(len(line))]
    assert len(line) == 0
    for visitor in "abc":
        own = [number for who, number in out if who == visitor]
        assert own == [number for number, who in enumerate(visitors) if who == visitor]
    # While somebody waits, nobody is served twice before them.
    for place, (visitor, _) in enumerate(out[1:], 1):
        if visitor == out[place - 1][0]:
            assert {who for who, _ in out[place:]} == {visitor}


def test_a_newcomer_comes_before_the_one_who_just_had_a_turn_and_nobody_is_passed_over_for_ever() -> None:
    line: Line[str] = Line()
    line.join("a", "a 1")
    line.join("a", "a 2")
    assert line.next() == "a 1"
    line.join("b", "b 1")
    assert line.next() == "b 1"
    line.join("c", "c 1")
    assert [line.next(), line.next()] == ["a 2", "c 1"]


def test_what_is_taken_back_does_not_come() -> None:
    line: Line[int] = Line()
    for visitor, item in (("a", 1), ("a", 2), ("b", 3)):
        line.join(visitor, item)
    line.leave("a", 1)
    line.leave("b", 3)
    assert len(line) == 1
    assert line.next() == 2
