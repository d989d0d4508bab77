"""Which language a page speaks, as the address or the browser has it."""

import pytest
from starlette.requests import Request

from app.web.rendering import language_of


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "fr,zh;q=0.5", "zh"),
        ("lang=en", "zh", "en"),
        ("lang=zh-Hans", "en", "zh"),
        ("lang=xx", "en-GB", "en"),
    ],
)
def test_the_address_goes_before_the_browser(query: str, accepted: str, language: str) -> None:
    headers = [(b"accept-language", accepted.encode())]
    assert language_of(Request({"type": "http", "query_string": query.encode(), "headers": headers})) == language
