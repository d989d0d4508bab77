"""What comes in pieces is the same as what comes at once, whatever happens between two pieces."""

from nncore.pieces import Pieces, whole


def counting(steps: int, seen: list[int]) -> Pieces[str]:
    for step in range(steps):
        seen.append(step)
        yield
    return f"{steps} done"


def test_the_whole_is_what_the_last_piece_returns() -> None:
    seen: list[int] = []
    assert whole(counting(3, seen)) == "3 done"
    assert seen == [0, 1, 2]


def test_nothing_to_do_is_done_at_once() -> None:
    assert whole(counting(0, [])) == "0 done"
