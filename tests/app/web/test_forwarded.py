"""What a trusted proxy says of the name, and what is not believed."""

import asyncio
from typing import Any

import pytest
from starlette.datastructures import Headers

from app.settings import Settings
from app.web.forwarded import Forwarded


def passed_on(settings: Settings, peer: str | None, **headers: str) -> dict[str, Any]:
    """The scope that the application sees."""
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": "http", "headers": named, "client": peer and (peer, 1)}
    asyncio.run(Forwarded(app, settings)(scope, None, None))  # type: ignore[arg-type]
    (found,) = seen
    return dict(found)


def host(settings: Settings, peer: str | None, **headers: str) -> str:
    return Headers(scope=passed_on(settings, peer, **headers))["host"]


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ("school.example", "school.example"),
        ("school.example:8443, inside:80", "school.example:8443"),
        ("[::1]:8000", "[::1]:8000"),
        ("", "inside"),
        ("school.example/evil", "inside"),
        ("<script>", "inside"),
    ],
)
def test_the_name_that_the_browser_showed(said: str, believed: str) -> None:
    assert host(Settings(), "127.0.0.1", host="inside", x_forwarded_host=said) == believed


@pytest.mark.parametrize("peer", ["192.0.2.1", None, "::2"])
def test_whoever_is_no_proxy_is_not_believed(peer: str | None) -> None:
    assert host(Settings(), peer, host="inside", x_forwarded_host="evil.example") == "inside"


def test_a_name_that_is_not_answered_to_stays_refused() -> None:
    settings = Settings(names="school.example")
    assert host(settings, "127.0.0.1", host="evil.example", x_forwarded_host="school.example") == "evil.example"
    listed = Settings(names="school.example,inside")
    assert host(listed, "127.0.0.1", host="inside:8000", x_forwarded_host="school.example") == "school.example"


def test_who_asks_and_over_tls_or_not() -> None:
    scope = passed_on(Settings(), "127.0.0.1", host="x", x_forwarded_for="192.0.2.7", x_forwarded_proto="https")
    assert (scope["client"][0], scope["scheme"]) == ("192.0.2.7", "https")
    scope = passed_on(Settings(), "192.0.2.1", host="x", x_forwarded_for="192.0.2.7", x_forwarded_proto="https")
    assert (scope["client"][0], scope["scheme"]) == ("192.0.2.1", "http")


def test_a_proxy_next_door_is_one_on_a_socket_of_both_kinds_too() -> None:
    scope = passed_on(Settings(), "::ffff:127.0.0.1", host="x", x_forwarded_for="192.0.2.7")
    assert scope["client"][0] == "192.0.2.7"
    assert passed_on(Settings(), "::ffff:192.0.2.1", host="x")["client"][0] == "192.0.2.1"
