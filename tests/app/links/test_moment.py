"""A moment to stop at is an epoch or a name, and anything else is refused with what is allowed."""

import pytest

from app.links.moment import check_moment
from nncore.errors import OutOfRange


@pytest.mark.parametrize("moment", [None, 1, 37, 10**9, "solved", "plateau"])
def test_a_moment_is_taken_as_it_is(moment: int | str | None) -> None:
    assert check_moment(moment, "until") == moment


@pytest.mark.parametrize("value", [0, -1, 10**9 + 1, True, 1.5, "", "Solved", "never", [], {}])
def test_anything_else_is_refused_with_what_is_allowed(value: object) -> None:
    with pytest.raises(OutOfRange, match="until: must be an epoch from 1 to 1000000000, solved or plateau"):
        check_moment(value, "until")
