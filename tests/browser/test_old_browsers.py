"""A browser that lacks what the page needs says so in one sentence, in both languages, and runs nothing of it.

Browsers of old are had by taking features away from a new one, before the page's first script.
"""

import re

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import ROOT, Server

MISSING = {
    "modules": "delete HTMLScriptElement.prototype.noModule",
    "constructable sheets": "delete Document.prototype.adoptedStyleSheets",
    "toSorted": "delete Array.prototype.toSorted",
    ":has": "const known = CSS.supports; CSS.supports = (...asked) => !asked[0].includes(':has') && known(...asked)",
    "DecompressionStream": "delete window.DecompressionStream",
}


@pytest.mark.parametrize(("path", "feature"), [*(("/", feature) for feature in MISSING), ("/embed", "toSorted")])
def test_a_browser_that_is_too_old_says_so_and_loads_nothing(
    page: Page, base_url: str, trouble: Trouble, path: str, feature: str
) -> None:
    trouble.expect("WebSocket connection to")  # the browser's own words on one that is given back
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108 (it wants a function of Python's)
    page.add_init_script(MISSING[feature])
    page.goto(base_url + path)
    sentence = page.locator(".too-old")
    expect(sentence).to_be_visible()
    expect(sentence).to_contain_text("This browser is too old")
    expect(sentence).to_contain_text("这个浏览器太旧了")
    expect(page.get_by_test_id("play")).to_be_hidden()
    assert page.locator("script[type=module]").count() == 0
    # One may have been asked for before anybody knew: it is given back.
    assert len(sockets) <= 1
    for socket in sockets:
        if not socket.is_closed():
            socket.wait_for_event("close")


def test_without_javascript_the_page_says_that_it_needs_it(page: Page, base_url: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    try:
        opened = context.new_page()
        opened.goto(base_url)
        assert opened.locator("noscript").inner_text() == "This page needs JavaScript. 本页面需要 JavaScript。"
    finally:
        context.close()


def test_a_browser_of_today_is_not_told_anything(page: Page, base_url: str) -> None:
    Playground(page, base_url)
    expect(page.locator(".too-old")).to_be_hidden()


def test_the_versions_that_the_page_names_are_those_of_the_documentation(server: Server) -> None:
    """The oldest of each is what the newest feature asks for; the page, the table and the script name the same."""
    text = (ROOT / "docs" / "reference" / "browsers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)`.*\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    script = (ROOT / "static" / "js" / "browser.js").read_text(encoding="utf-8")
    assert len(rows) == script.count("&&") + 1 - 1, "CSS itself is asked for as well, and has no row"
    newest = [max((row[place] for row in rows), key=float) for place in (1, 2, 3)]
    page = (ROOT / "templates" / "_too_old.html").read_text(encoding="utf-8")
    assert f"Chrome or Edge {newest[0]}, Firefox {newest[1]}, Safari {newest[2]}" in page
