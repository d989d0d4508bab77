"""Every answer carries its headers, and the live socket opens for whom it should."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web.application import create_app
from app.web.security import FRAMEABLE, headers_for


def client_of(**settings: str) -> TestClient:
    made = Settings(**settings)  # type: ignore[arg-type]
    return TestClient(create_app(made, InProcess(made)))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


def opens(client: TestClient, **headers: str) -> bool:
    try:
        with client.websocket_connect("/live", headers=headers):
            return True
    except WebSocketDisconnect:
        return False


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/api/catalog", "/static/x/y", "/nothing"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "'unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_only_named_paths_may_be_framed() -> None:
    for path in FRAMEABLE:
        assert "frame-ancestors *" in headers_for(path)["Content-Security-Policy"]
        assert "X-Frame-Options" not in headers_for(path)
    for path in ("/", "/embedded", "/embed/x", "/Embed"):
        assert "frame-ancestors 'none'" in headers_for(path)["Content-Security-Policy"]


def test_only_public_data_may_be_read_from_elsewhere() -> None:
    assert headers_for("/static/1/js/main.js")["Access-Control-Allow-Origin"] == "*"
    assert headers_for("/api/catalog")["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/metrics", "/healthz", "/apix", "/live"):
        assert "Access-Control-Allow-Origin" not in headers_for(path)


def test_paths_are_told_behind_a_proxy_s_prefix() -> None:
    settings = Settings()
    with TestClient(create_app(settings, InProcess(settings)), root_path="/play") as client:
        assert client.get("/play/api/catalog").headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://testserver", True),
        ("https://testserver", True),
        ("null", True),
        ("http://evil.example", False),
        ("http://testserver.evil.example", False),
        ("http://testserver:81", False),
        ("http://evil.example#testserver", False),
        ("http://testserver@evil.example", False),
        ("", False),
        ("testserver", False),
        ("http://[", False),
    ],
)
def test_our_own_pages_and_sandboxed_frames_may_open_the_socket(client: TestClient, origin: str, allowed: bool) -> None:
    assert opens(client, origin=origin) is allowed


def test_a_client_that_is_no_browser_may_open_the_socket(client: TestClient) -> None:
    assert opens(client)


def test_the_origins_are_a_setting() -> None:
    with client_of(origins="https://school.example, own") as client:
        assert opens(client, origin="https://school.example")
        assert opens(client, origin="http://testserver")
        assert not opens(client, origin="null")
    with client_of(origins="*") as client:
        assert opens(client, origin="http://evil.example")


def test_the_names_are_a_setting() -> None:
    with client_of(names="neurons.example, localhost") as client:
        for good in ("neurons.example", "NEURONS.example:8000", "localhost:1"):
            assert client.get("/", headers={"host": good}).status_code == 200
        for bad in ("evil.example", "neurons.example.evil", "evil@neurons.example.evil", "", "[", "a b"):
            assert client.get("/", headers={"host": bad}).status_code == 421
            assert client.get("/metrics", headers={"host": bad}).status_code == 421
        assert opens(client, host="localhost")
        assert not opens(client, host="evil.example")


@pytest.mark.parametrize("host", ["example.org/evil", "example.org@evil.example", "example.org#x", "example.org:80:80"])
def test_what_only_begins_like_a_name_is_none(host: str) -> None:
    with client_of(names="example.org") as client:
        assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("names", ["[::1]", "[0:0:0:0:0:0:0:1]", "example.org,[::1]"])
def test_a_number_of_the_sixth_version_is_a_name(names: str) -> None:
    with client_of(names=names) as client:
        for host in ("[::1]", "[::1]:8000"):
            assert client.get("/", headers={"host": host}).status_code == 200
        assert client.get("/", headers={"host": "[::2]"}).status_code == 421


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_health_check_knows_no_name(path: str) -> None:
    with client_of(names="neurons.example") as client:
        assert client.get(path, headers={"host": "127.0.0.1:8000"}).status_code == 200


def _without_previews(page: str) -> str:
    """The page without what only link previews read: those need whole addresses, by the name that they asked for."""
    return re.sub(r"<meta property=[^>]*>|<link rel=.alternate.[^>]*>", "", page)


def test_a_host_that_is_no_name_is_not_even_in_the_previews(client: TestClient) -> None:
    answer = client.get("/", headers={"host": 'x"><script>alert(1)</script>'})
    assert "alert(1)" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example/x", '"><script>', "a\tb", "xn--"])
def test_a_host_header_is_never_echoed(client: TestClient, host: str) -> None:
    for path in ("/", "/nothing", "/static"):
        answer = client.get(path, headers={"host": host, "x-forwarded-host": host}, follow_redirects=False)
        assert host not in _without_previews(answer.text)
        assert all(host not in value for name, value in answer.headers.items() if name != "location")


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../pyproject.toml",
        "/static/x/..%2f..%2fpyproject.toml",
        "/static/x/%2e%2e/%2e%2e/app/main.py",
        "/static/x//etc/passwd",
        "/static/x/%00",
        "/static/x/..\\..\\pyproject.toml",
        "/%0d%0aset-cookie:%20a=b",
        "/static/x/%0d%0aset-cookie:%20a=b",
    ],
)
def test_nothing_but_the_page_s_files_can_be_read_and_no_header_written(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (307, 400, 404)
    assert "set-cookie" not in answer.headers
    assert "[project]" not in answer.text
