"""An answer from below the application is a whole response with the headers that every answer carries."""

import http.client
import io
from http import HTTPStatus
from typing import Any

import pytest

from app.web.bare_answer import bare_answer
from app.web.security import headers_for


class Wire:
    """What http.client reads a response from."""

    def __init__(self, said: bytes) -> None:
        self.said = said

    def makefile(self, *_: Any) -> io.BytesIO:
        return io.BytesIO(self.said)


@pytest.mark.parametrize("status", [HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_URI_TOO_LONG])
def test_it_is_a_whole_response(status: HTTPStatus) -> None:
    answer = http.client.HTTPResponse(Wire(bare_answer(status, "It came too late — so it goes.")))  # type: ignore[arg-type]
    answer.begin()
    assert answer.status == status
    assert answer.read().decode() == "It came too late — so it goes.\n"
    assert answer.will_close
    assert {name: answer.headers[name] for name in headers_for("")} == headers_for("")
