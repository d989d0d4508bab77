"""Who gives way, and when."""

from app.web.unfinished import Unfinished


def test_nobody_gives_way_while_there_is_room() -> None:
    held: Unfinished[str] = Unfinished(100)
    assert [held.note("a", 60), held.note("b", 40), held.note("a", 0), held.note("c", 60)] == [[], [], [], []]
    assert held.total == 100


def test_whoever_holds_most_gives_way_and_the_small_stay() -> None:
    held: Unfinished[str] = Unfinished(100)
    for number in range(10):
        assert held.note(f"honest {number}", 5) == []
    assert held.note("greedy", 50) == []
    assert held.note("honest 3", 6) == ["greedy"]
    assert held.total == 51


def test_whoever_asks_for_too_much_gives_way_itself() -> None:
    held: Unfinished[str] = Unfinished(100)
    held.note("a", 10)
    assert held.note("b", 101) == ["b"]
    assert held.note("c", 90) == []


def test_one_that_has_given_way_counts_no_more() -> None:
    held: Unfinished[str] = Unfinished(100)
    held.note("a", 101)
    assert held.note("a", 0) == []
    assert held.total == 0


def test_as_many_give_way_as_it_takes() -> None:
    held: Unfinished[str] = Unfinished(100)
    for name in "abcd":
        held.note(name, 25)
    assert held.note("e", 100) == ["e"]
    assert held.note("e", 20) == ["a"]
