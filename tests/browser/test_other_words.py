"""Another language on a slow line: the page goes on until its words are here, and nothing done meanwhile is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Trouble
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.server import Server

CHINESE = re.compile(r"/static/.*\bzh\b")

FETCHED = """words => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  return words.every(word => names.includes(word));
}"""
NEXT_FRAME = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))"

SAID = """() => {
  const texts = [...document.querySelectorAll("option")].map(({ text }) => text);
  const spoken = [...document.querySelectorAll("[aria-label], [title]")];
  const labels = spoken.flatMap(({ ariaLabel, title }) => [ariaLabel, title]);
  return [document.body.innerText, ...texts, ...labels].join();
}"""

TABLE = "x,y,label\n0,1,a\n0,2,a\n0,3,a\n1,2,b\n1,1,b\n"

Choose = Callable[[], Callable[[], None]]


@pytest.fixture
def choose_chinese(page: Page) -> Choose:
    """Presses the button of the other language; what it gives lets the words come, until the page has them."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(CHINESE, hold)

    def choose() -> Callable[[], None]:
        page.get_by_test_id("lang").click()

        def let_come() -> None:
            while not held:
                page.wait_for_timeout(20)
            for route in held:
                route.continue_()
            page.unroute(CHINESE)
            page.wait_for_function(FETCHED, arg=[route.request.url for route in held])
            page.evaluate(NEXT_FRAME)

        return let_come

    return choose


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def is_chinese(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_test_id("lang")).to_have_text("English")


def test_what_is_asked_for_meanwhile_comes_in_the_other_language(
    playground: Playground, choose_chinese: Choose
) -> None:
    let_come = choose_chinese()
    playground.press("dataset-own", "table")
    let_come()
    is_chinese(playground.page)
    expect(playground.part("table-text")).to_be_visible()
    expect(playground.page.locator("#table-title")).to_have_text("从表格读取数据点")
    playground.press("table-close")
    expect(playground.part("draw-brush")).to_have_attribute("aria-pressed", "true")
    expect(playground.part("draw-note")).to_contain_text("个点")
    assert playground.wire.opened["config"]["data"]["name"] == "own"


def test_words_wait_for_a_dialog_and_for_what_is_typed_in_it(playground: Playground, choose_chinese: Choose) -> None:
    playground.press("table", "table-close")
    let_come = choose_chinese()
    playground.press("table")
    playground.part("table-text").fill(TABLE)
    let_come()
    playground.page.keyboard.type("1,0,b")
    expect(playground.part("table-text")).to_have_value(f"{TABLE}1,0,b")
    playground.page.locator("dialog.table.found:not([aria-busy])").wait_for()
    playground.press("table-use")
    is_chinese(playground.page)
    playground.wait_for_text("draw-note", "6 个点")


@pytest.mark.parametrize("drawer", ["share", "export"])
def test_a_drawer_that_is_opened_meanwhile_is_filled(
    playground: Playground, choose_chinese: Choose, drawer: str
) -> None:
    let_come = choose_chinese()
    playground.press(drawer)
    let_come()
    is_chinese(playground.page)
    panel = playground.page.locator(f".drawer.{drawer} > .drawer-panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(re.compile("[一-龥]{2}"))


def test_words_wait_for_a_drawer_that_was_filled_before(playground: Playground, choose_chinese: Choose) -> None:
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    playground.press("share")
    expect(playground.part("share-link")).to_have_value(re.compile("http"))
    let_come = choose_chinese()
    playground.press("share")
    playground.part("link-epochs").check()
    let_come()
    expect(playground.part("link-epochs")).to_be_checked()
    expect(playground.part("share-link")).to_have_value(re.compile("epochs=1"))
    playground.page.keyboard.press("Escape")
    is_chinese(playground.page)


def test_words_wait_for_a_press(playground: Playground, choose_chinese: Choose) -> None:
    page = playground.page
    let_come = choose_chinese()
    box = playground.part("dataset-circles").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    let_come()
    page.mouse.up()
    is_chinese(page)
    expect(playground.part("dataset-circles")).to_have_attribute("aria-pressed", "true")


def test_words_wait_for_what_is_being_typed(playground: Playground, choose_chinese: Choose) -> None:
    let_come = choose_chinese()
    typed = playground.part("noise-typed")
    typed.fill("0.")
    let_come()
    playground.page.keyboard.type("3")
    playground.page.keyboard.press("Enter")
    is_chinese(playground.page)
    playground.wait_for_setting("noise", "n === 0.3")
    expect(playground.part("noise-typed")).to_be_focused()


def test_tabs_help_and_tools_stay_as_they_were_set_meanwhile(playground: Playground, choose_chinese: Choose) -> None:
    playground.press("dataset-own")
    playground.press("draw-erase")
    let_come = choose_chinese()
    playground.press("tab-confusion", "help")
    let_come()
    is_chinese(playground.page)
    expect(playground.part("tab-confusion")).to_have_attribute("aria-selected", "true")
    expect(playground.page.locator("#panel-confusion table")).to_be_visible()
    expect(playground.part("draw-erase")).to_have_attribute("aria-pressed", "true")
    expect(playground.part("bubble")).to_have_text(re.compile("[一-龥]{2}"))


def test_cards_that_are_asked_for_meanwhile_open_beside_their_button(
    playground: Playground, choose_chinese: Choose
) -> None:
    let_come = choose_chinese()
    playground.press("neuron-0")
    let_come()
    is_chinese(playground.page)
    playground.press("card-quadratic")
    expect(playground.part("neuron-0")).to_have_text("二次")
    expect(playground.part("neuron-0")).to_be_focused()


def test_who_changes_their_mind_keeps_the_first_language(playground: Playground, choose_chinese: Choose) -> None:
    let_come = choose_chinese()
    playground.press("lang")
    let_come()
    expect(playground.page.locator("html")).to_have_attribute("lang", "en")
    expect(playground.part("lang")).to_have_text("中文")


def test_words_that_cannot_be_had_are_told_and_asked_for_again(playground: Playground, trouble: Trouble) -> None:
    trouble.expect("zh")
    trouble.expect("ERR_FAILED")
    page = playground.page
    page.route(CHINESE, lambda route: route.abort())
    playground.press("lang")
    playground.wait_for_text("status", "could not be loaded")
    expect(page).to_have_url(re.compile("lang=en"))
    page.unroute(CHINESE)
    playground.press("lang")
    is_chinese(page)


def test_a_race_keeps_what_is_opened_meanwhile(page: Page, choose_chinese: Choose) -> None:
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto("/race?data=circles&count=100&b.neuron=quadratic")
    expect(page.get_by_test_id("accuracy-b")).to_have_text(re.compile(r"\d"))
    let_come = choose_chinese()
    page.get_by_test_id("neuron-a").click()
    let_come()
    is_chinese(page)
    page.get_by_test_id("card-rbf").click()
    expect(page.get_by_test_id("neuron-a")).to_have_attribute("value", "rbf")


def test_a_memory_keeps_what_is_opened_meanwhile(page: Page, choose_chinese: Choose) -> None:
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto("/memory")
    expect(page.get_by_test_id("lead")).not_to_be_empty()
    let_come = choose_chinese()
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share-link")).to_have_value(re.compile("memory"))
    let_come()
    expect(page.get_by_test_id("share-link")).to_be_visible()
    page.keyboard.press("Escape")
    is_chinese(page)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("copy-link")).to_have_text("复制")


def test_what_came_in_chinese_is_named_in_english_once_that_is_asked_for(page: Page, server: Server) -> None:
    Playground(page, f"{server.address}?lang=zh")
    page.get_by_test_id("more").click()
    expect(page.get_by_text("权重初始化")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".neuron-settings")).to_contain_text("线性")
    page.get_by_test_id("lang").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("more").click()
    expect(page.get_by_text("Initialisation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".neuron-settings")).to_contain_text("Linear")
    page.get_by_test_id("lang").evaluate("button => button.remove()")
    said = page.evaluate(SAID)
    assert "Weighs its inputs" in said
    assert re.findall("[\\u4e00-\\u9fff]+", said) == []
