"""Every state of the page can be used by everyone: axe finds nothing against it, and no control is without a name.

The dark theme changes nothing but colours, so there axe looks at these alone. Chinese and a phone have the same markup
in every state: there axe looks at one in which most is shown, and the room that words take is looked at where panels
are laid out; that the page and the lens have it in every window is proven by test_layout.py.
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import COLOURS, violations
from tests.browser.server import Server
from tests.browser.states import STATES, View, opened

LAID_OUT = ("inspector", "cards", "columns", "more", "share")
FULLEST = "inspector"


def test_axe_is_no_yes_man(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc'>pale</p></body></html>")
    assert len(violations(page)) > 1


ROLES = (
    "button",
    "checkbox",
    "combobox",
    "link",
    "listbox",
    "radio",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
)


def nameless(page: Page) -> list[str]:
    """The controls that a screen reader meets and has no name for, as the browser's own accessibility tree has them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in nodes if not node["ignored"] and node.get("role", {}).get("value") in ROLES]
    assert seen, "a page has controls"
    return [str(node) for node in seen if not str(node.get("name", {}).get("value", "")).strip()]


def test_a_control_without_a_name_is_found(page: Page) -> None:
    page.set_content("<button>Play</button><label>Rate <input type=range></label><input type=range>")
    (found,) = nameless(page)
    assert "slider" in found


def test_axe_sees_pale_words_when_it_looks_at_colours_alone(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc'>pale</p></body></html>")
    assert [found.split(":")[0] for found in violations(page, rules=COLOURS)] == ["color-contrast"]


@pytest.mark.parametrize("state", STATES)
def test_everyone_can_use_it(browser: Browser, server: Server, state: str) -> None:
    context, page = opened(browser, server.address, state, View(1280, 720))
    try:
        assert violations(page) == []
        assert nameless(page) == []
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("() => getComputedStyle(document.documentElement).colorScheme === 'dark'")
        assert violations(page, rules=COLOURS) == []
    finally:
        context.close()


@pytest.mark.parametrize("state", LAID_OUT)
def test_everyone_can_use_it_in_chinese(browser: Browser, server: Server, state: str) -> None:
    context, page = opened(browser, server.address, state, View(1280, 720, locale="zh-CN"))
    try:
        assert state != FULLEST or violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    finally:
        context.close()


@pytest.mark.parametrize("state", ["inspector", "drawing", "columns", "share"])
def test_everyone_can_use_it_on_a_phone(browser: Browser, server: Server, state: str) -> None:
    context, page = opened(browser, server.address, state, View(375, 812, touch=True))
    try:
        assert state != FULLEST or violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
    finally:
        context.close()
