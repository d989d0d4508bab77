"""The codes that the protocol promises are those of the errors."""

import pytest

from app.errors import AppError, BrokenJson, Busy, HostLost, OutOfOrder, TooLarge, UsageError
from nncore.errors import InputError
from nncore.sentence import Sentence


@pytest.mark.parametrize(("error", "code"), [(BrokenJson, "json"), (OutOfOrder, "order"), (TooLarge, "size")])
def test_mistakes_in_a_message_are_input_errors_with_a_code(error: type[InputError], code: str) -> None:
    assert issubclass(error, InputError)
    assert error.code == code


@pytest.mark.parametrize("error", [Busy, HostLost, UsageError])
def test_what_is_not_a_message_s_mistake_is_an_app_error(error: type[Exception]) -> None:
    assert issubclass(error, AppError)
    assert not issubclass(error, InputError)


def test_busy_says_when_to_come_back() -> None:
    busy = Busy(Sentence("say.busy_full", "The server is full ({places} {places:place|places})."), 15.0, places=3)
    assert (str(busy), busy.retry_seconds) == ("The server is full (3 places).", 15.0)
