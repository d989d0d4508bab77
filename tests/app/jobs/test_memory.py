"""Only so many bytes are remembered, and what was asked for last is forgotten last."""

from app.jobs.memory import Memory


def test_what_has_not_been_asked_for_longest_makes_room() -> None:
    memory = Memory(10)
    memory.keep("a", b"1234")
    memory.keep("b", b"1234")
    assert memory.find("a") == b"1234"
    memory.keep("c", b"1234")
    assert [memory.find(name) for name in "abc"] == [b"1234", None, b"1234"]


def test_what_is_larger_than_everything_is_not_remembered() -> None:
    memory = Memory(10)
    memory.keep("a", b"x" * 11)
    assert memory.find("a") is None
    memory.keep("b", b"x" * 10)
    assert memory.find("b") == b"x" * 10


def test_the_same_name_again_takes_its_place() -> None:
    memory = Memory(10)
    for text in (b"x" * 6, b"y" * 6, b"z" * 6):
        memory.keep("a", text)
    assert memory.find("a") == b"z" * 6
