"""What a client has is not sent again, and what it has not is sent compressed."""

import pytest
from starlette.requests import Request

from app.web.revalidation import revalidated

BODY = b"neuron " * 500


def asked(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw})


def test_it_is_asked_about_each_time_and_has_a_mark() -> None:
    answer = revalidated(asked(accept_encoding="gzip"), BODY, "text/html", vary="Accept-Language")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"
    assert answer.headers["content-type"].startswith("text/html")
    assert len(answer.body) < len(BODY) / 10


def test_the_mark_changes_with_the_contents_and_not_with_the_encoding() -> None:
    marks = [
        revalidated(asked(accept_encoding=accepted), body, "text/html").headers["etag"]
        for body, accepted in ((BODY, "gzip"), (BODY, ""), (BODY + b"!", "gzip"))
    ]
    assert marks[0] == marks[1] != marks[2]
    assert marks[0].startswith('W/"')


@pytest.mark.parametrize("form", ["{}", '"other", {}', "*"])
def test_what_a_client_has_is_not_sent_again(form: str) -> None:
    mark = revalidated(asked(), BODY, "text/html").headers["etag"]
    answer = revalidated(asked(if_none_match=form.format(mark)), BODY, "text/html", vary="Accept-Language")
    assert (answer.status_code, answer.body) == (304, b"")
    assert answer.headers["etag"] == mark
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_what_a_client_has_of_another_state_is_sent_anew() -> None:
    assert revalidated(asked(if_none_match='W/"0123456789abcdef"'), BODY, "text/html").status_code == 200
