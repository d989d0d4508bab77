"""Files are kept for ever under their own version and for no time under another."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.paths import STATIC, static_version
from app.settings import Settings
from app.web.application import create_app
from app.web.routes.static import FOREVER, SLIM, slim


def test_a_file_under_its_version_is_kept_for_ever(client: TestClient) -> None:
    answer = client.get(f"/static/{static_version()}/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == FOREVER


def test_a_file_under_another_version_is_the_file_as_it_is_now(client: TestClient) -> None:
    answer = client.get("/static/0123456789ab/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["js/nothing.js", "../app/main.py", "%2e%2e/app/main.py", "js", ""])
def test_what_is_no_file_of_the_page_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{static_version()}/{name}").status_code == 404


def test_scripts_and_styles_come_without_their_comments(client: TestClient) -> None:
    for name in ("js/draw/surface.js", "css/layout.css"):
        served, written = client.get(f"/static/x/{name}"), (STATIC / name).read_text(encoding="utf-8")
        assert "/*" in written
        assert "/*" not in served.text
        assert len(served.content) < len(written.encode())


@pytest.mark.skipif(not SLIM, reason="on this machine scripts are served as written: decision 0005")
def test_declarations_stay_in_their_order(tmp_path: Path) -> None:
    """Some versions of the library read names before they are declared."""
    script = tmp_path / "order.js"
    script.write_text(
        "/* longer than short */ (() => { const a = f(); const b = g(); const { x } = h({ a, b }); k(x, a, b); })();"
    )
    assert slim(script) == "(()=>{const e=f(),t=g(),{x:n}=h({a:e,b:t});k(n,e,t)})()"


def test_a_setting_serves_them_as_written() -> None:
    app = create_app(Settings(scripts_as_written=True), InProcess(Settings()))
    with TestClient(app) as client:
        assert client.get("/static/x/js/main.js").text == (STATIC / "js/main.js").read_text(encoding="utf-8")


def test_a_known_file_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/static/x/js/main.js")
    again = client.get("/static/x/js/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_sent_is_compressed_for_whoever_reads_that(client: TestClient) -> None:
    for name in ("js/main.js", "css/page.css", "messages/zh.json"):
        packed = client.get(f"/static/x/{name}")
        plain = client.get(f"/static/x/{name}", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
