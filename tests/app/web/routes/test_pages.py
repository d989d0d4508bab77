"""The page is served, works under any path, and loads nothing from elsewhere."""

import html
import json
import re

import pytest
from starlette.testclient import TestClient

from app.paths import static_version
from app.web.first_open import first_open


def test_the_page_names_the_files_of_this_version(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert f'src="static/{static_version()}/js/browser.js"' in answer.text
    assert f'data-modules="static/{static_version()}/js/main.js"' in answer.text


def test_every_address_that_the_page_itself_follows_is_relative(client: TestClient) -> None:
    addresses = re.findall(r'<(?!link rel="alternate")[^>]* (?:src|href)="([^"]*)"', client.get("/").text)
    assert addresses
    assert [address for address in addresses if re.match(r"/|[a-z]+:", address)] == []


def test_every_file_the_page_names_is_there(client: TestClient) -> None:
    addresses = re.findall(r'(?:src|href)="(static/[^"]*)"', client.get("/").text)
    assert {client.get(f"/{address}").status_code for address in addresses} == {200}


def test_the_page_may_not_be_framed_nor_load_from_elsewhere(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_page_has_no_script_and_no_style_of_its_own(client: TestClient) -> None:
    """The policy would refuse them, and a refusal shows only in a browser's console."""
    page = client.get("/").text
    assert re.findall(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=", page) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Loading …", "Explore", "Race"]), ("zh", ["正在加载……", "探索", "比赛"])]
)
def test_what_is_in_sight_first_has_its_words(client: TestClient, language: str, words: list[str]) -> None:
    page = client.get("/", headers={"Accept-Language": language}).text
    for key, said in zip(("status.loading", "page.explore", "race.open"), words, strict=True):
        assert re.search(rf'data-text="{key}"[^>]*>{said}</', page), key


@pytest.mark.parametrize(
    ("query", "preferred", "language"),
    [
        ("", "de,zh-CN;q=0.9,en;q=0.8", "zh"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=zh-Hans", "en", "zh"),
        ("?lang=tlh", "fr,zh", "zh"),
    ],
)
def test_the_words_are_sent_ahead_in_the_language_that_the_page_will_choose(
    client: TestClient, query: str, preferred: str, language: str
) -> None:
    answer = client.get(f"/{query}", headers={"Accept-Language": preferred})
    assert re.findall(r'<link rel="preload"[^>]*href="static/[^"]*/messages/(\w+).json"', answer.text) == [language]
    assert "Accept-Language" in answer.headers["vary"]


def test_every_script_is_asked_for_at_once(client: TestClient) -> None:
    """What the page begins with and nothing of what it fetches later."""
    ahead = re.findall(r'<link rel="modulepreload" href="static/\w+/([^"]*)"', client.get("/").text)
    assert {"js/model/state.js", "js/widgets/dom.js"} <= set(ahead)
    assert len(ahead) == len(set(ahead))
    assert "js/panels/network/lens.js" not in ahead


def test_a_page_that_a_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert client.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/race", "/embed/race", "/memory", "/embed/memory"])
def test_a_page_beside_the_playground_names_files_that_are_there(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert ('<base href="../">' in page) == path.startswith("/embed/")
    addresses = re.findall(r'(?:src|href)="(static/[^"]*)"', page)
    assert {client.get(f"/{address}").status_code for address in addresses} == {200}


@pytest.mark.parametrize("page", ["race", "memory"])
def test_a_framed_page_may_be_framed_and_has_a_base_of_its_own(client: TestClient, page: str) -> None:
    policy = client.get(f"/embed/{page}").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "base-uri 'self'" in policy
    assert "base-uri 'none'" in client.get(f"/{page}").headers["content-security-policy"]


def test_the_page_brings_what_is_said_for_it_meanwhile_and_a_frame_does_not(client: TestClient) -> None:
    found = re.search(r"data-open='([^']*)'", client.get("/").text)
    assert found
    assert json.loads(html.unescape(found[1])) == json.loads(json.dumps(first_open()))
    assert "data-open" not in client.get("/embed").text
