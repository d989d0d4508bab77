"""Files are kept for ever under their own version and for no time under another."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.paths import STATIC, static_version
from app.settings import Settings
from app.web.application import create_app
from app.web.assets import LANGUAGES
from app.web.routes.static import FOREVER


def test_a_file_under_its_version_is_kept_for_ever(client: TestClient) -> None:
    answer = client.get(f"/static/{static_version()}/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == FOREVER
    assert answer.text == (STATIC / "js" / "main.js").read_text(encoding="utf-8")


def test_a_file_under_another_version_is_the_file_as_it_is_now(client: TestClient) -> None:
    answer = client.get("/static/0123456789ab/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["js/nothing.js", "../app/main.py", "%2e%2e/app/main.py", "js", ""])
def test_what_is_no_file_of_the_page_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{static_version()}/{name}").status_code == 404


def test_a_setting_names_the_folder_that_was_built(tmp_path: Path) -> None:
    words = [f"messages/{tag}{part}.json" for tag in LANGUAGES for part in ("", ".late", ".names")]
    entries = {"js/embed/element.js": {"file": "one.js"}} | {name: {"file": "words.json"} for name in words}
    (tmp_path / "manifest.json").write_text(json.dumps(entries))
    (tmp_path / "one.js").write_text("1;\n")
    (tmp_path / "words.json").write_text('{"messages": {}, "entries": {}}')
    settings = Settings(assets=tmp_path)
    with TestClient(create_app(settings, InProcess(settings))) as client:
        answer = client.get("/static/one.js")
        assert (answer.text, answer.headers["cache-control"]) == ("1;\n", FOREVER)
        assert client.get("/embed.js").text == "1;\n"


def test_what_is_sent_is_compressed_for_whoever_reads_that(client: TestClient) -> None:
    for name in ("js/main.js", "css/layout.css", "messages/zh.json"):
        packed = client.get(f"/static/x/{name}", headers={"Accept-Encoding": "gzip"})
        plain = client.get(f"/static/x/{name}", headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
