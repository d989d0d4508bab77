"""Which pages may open a live connection, and what the log says of those that may not."""

import pytest
from starlette.datastructures import Headers

from app.settings import Settings
from app.web.live_origins import MOST_LINES, LiveOrigins


def may_open(origin: str, host: str, origins: str = "own,null", **more: str) -> bool:
    given = {"origin": origin, "host": host} | {name.replace("_", "-"): value for name, value in more.items()}
    return LiveOrigins(Settings(origins=origins)).may_open(Headers(given))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://[::1]:8000", "[::1]:8000"),
        ("http://[::1]:8000", "[0:0:0:0:0:0:0:1]:8000"),
        ("http://[::1]", "[::1]"),
        ("https://example.org", "example.org:443"),
        ("http://example.org", "example.org:80"),
        ("https://example.org", "Example.ORG."),
    ],
)
def test_the_same_place_may_be_written_in_several_ways(origin: str, host: str) -> None:
    assert may_open(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://[::1]:8000", "[::2]:8000"),
        ("http://[::1]:8001", "[::1]:8000"),
        ("https://example.org", "example.org:8443"),
        ("https://example.org:8443", "example.org"),
        ("ftp://example.org", "example.org"),
        ("https://example.org", ""),
    ],
)
def test_another_place_is_a_stranger(origin: str, host: str) -> None:
    assert not may_open(origin, host)


def test_a_page_that_proves_to_be_our_own_may_though_host_was_changed() -> None:
    assert may_open("https://school.example", "inside:8000", own_page="1")
    assert not may_open("https://school.example", "inside:8000", origins="https://other.example", own_page="1")


def test_one_line_for_one_stranger(caplog: pytest.LogCaptureFixture) -> None:
    origins = LiveOrigins(Settings(origins="own"))
    for _ in range(3):
        origins.say_stranger(Headers({"origin": "https://school.example", "host": "inside:8000"}))
    (line,) = caplog.messages
    assert "https://school.example (Origin)" in line
    assert "inside:8000 (Host)" in line
    assert "NEURON_PLAYGROUND_ORIGINS=own,https://school.example" in line


def test_one_line_for_one_unknown_name(caplog: pytest.LogCaptureFixture) -> None:
    origins = LiveOrigins(Settings(names="example.org"))
    for _ in range(3):
        origins.say_unknown_name(Headers({"origin": "https://[::1]", "host": "[::1]:8000"}))
    (line,) = caplog.messages
    assert "NEURON_PLAYGROUND_NAMES=example.org,[::1]" in line


def test_whoever_makes_up_origins_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    origins = LiveOrigins(Settings())
    for number in range(100):
        origins.say_stranger(Headers({"origin": f"https://{number}.example", "host": "here"}))
    assert len(caplog.messages) == MOST_LINES


@pytest.mark.parametrize("origin", ["https://x.example/a visitor's words", "x\ny", "h" * 1000, "https://" + "x" * 300])
def test_what_was_made_up_is_not_repeated(caplog: pytest.LogCaptureFixture, origin: str) -> None:
    LiveOrigins(Settings()).say_stranger(Headers({"origin": origin, "host": "a b"}))
    (line,) = caplog.messages
    assert "? (Origin)" in line
    assert "? (Host)" in line
    assert "visitor" not in line.replace("visitor's network", "")
