"""What a newcomer meets and does: a page that is alive, one thing to try, help with everything; then stories."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.proxy import Proxy
from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import Server

Photograph = Callable[[str], Path]


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


@pytest.fixture
def lively(browser: Browser, trouble: Trouble) -> Iterator[Page]:
    """A page of somebody who has nothing against motion."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="no-preference")
    page = context.new_page()
    trouble.watch(page)
    yield page
    context.close()
    assert trouble.unexpected() == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement?.dataset.testid"))


def test_a_first_visit_is_alive_and_says_what_to_try(lively: Page, server: Server) -> None:
    playground = Playground(lively, server.address)
    playground.wait_until_playing()
    playground.wait_for_text("status", "Try swapping")
    playground.wait_for_epoch("> 30")
    # Its run is opened once: at rest before the scripts are here, or by them where they are the first.
    assert len(playground.wire.asked) == 1
    # While the server is busy the page says that instead, and comes back to this.
    expect(playground.part("remedy")).to_have_text(["Use quadratic neurons"])
    playground.part("remedy").click()
    playground.wait_for_choice(neuron_0="quadratic", neuron_1="quadratic")
    playground.wait_for_epoch("> 30")
    assert playground.is_playing()
    assert "Try swapping" not in playground.text("status")
    # Whatever moved with the swap, units are found under the pointer.
    for unit in ("unit-0-0", "unit-1-1"):
        playground.part(unit).hover()


def test_a_socket_that_opens_after_the_page_is_there_has_a_run_on_it_too(lively: Page, server: Server) -> None:
    with Proxy(server.port, holds=True) as proxy:
        playground = Playground(lively, proxy.address, begins=False)
        # Panels are made in the breath in which the socket is taken.
        playground.part("dataset-xor").wait_for()
        proxy.let_go()
        playground.wait_for_epoch("> 5")
        assert playground.wire.connections == 1
        assert [asked["play"] for asked in playground.wire.asked] == [True]
        lively.close()


def test_a_link_is_no_first_visit(lively: Page, server: Server) -> None:
    playground = Playground(lively, f"{server.address}/?data=xor")
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    assert not playground.is_playing()


def test_help_explains_what_is_pointed_at_and_does_nothing_else(playground: Playground) -> None:
    bubble = playground.part("bubble")
    playground.press("help")
    expect(bubble).to_contain_text("Point at anything")
    playground.page.locator(".depth").hover()
    expect(bubble).to_contain_text("hidden layers there are between")
    playground.part("unit-0-1").click()
    expect(bubble).to_contain_text("One unit's output")
    expect(playground.part("inspector")).to_be_hidden()
    playground.part("dataset-xor").click()
    playground.page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    assert playground.part("dataset-spirals").get_attribute("aria-pressed") == "true"
    playground.press("dataset-xor")
    expect(playground.part("dataset-xor")).to_have_attribute("aria-pressed", "true")


def test_help_explains_controls_and_what_more_of_them_does(playground: Playground) -> None:
    playground.press("help")
    bubble = playground.part("bubble")
    expect(bubble).to_contain_text("Point at anything")
    for name, words in {
        "learning-rate": "More learns faster",
        "optimizer": "The rule that turns gradients",
        "activation-all": "What bends each unit",
        "noise": "More noise mixes the classes",
        "neuron-all": "More powerful types bend more",
        "speed": "epochs it trains per second",
    }.items():
        playground.part(name).hover()
        expect(bubble).to_contain_text(words)
        expect(bubble).to_contain_text("Try this")


def test_help_follows_the_keyboard(playground: Playground) -> None:
    playground.part("help").focus()
    playground.page.keyboard.press("Enter")
    playground.tab_to("lang")
    expect(playground.part("bubble")).to_contain_text("page's language")


def test_the_keyboard_alone_tells_the_whole_story(page: Page, server: Server, photograph: Photograph) -> None:
    """Spirals, two layers, kan, play, inspect a unit, pause; no pointer."""
    playground = Playground(page, f"{server.address}/?speed=30")
    keys = page.keyboard
    page.evaluate("document.activeElement.blur()")
    playground.tab_to("dataset-circles")
    keys.press("Enter")
    keys.press("Shift+Tab")
    playground.tab_to("dataset-spirals")
    keys.press("Enter")
    expect(playground.part("dataset-spirals")).to_have_attribute("aria-pressed", "true")
    playground.tab_to("depth")
    keys.press("Home")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    playground.wait_for_depth(2)
    playground.tab_to("neuron-all")
    keys.press("Enter")
    playground.part("picker").wait_for()
    keys.type("Kol")
    keys.press("Enter")
    playground.wait_for_choice(neuron_all="kan", neuron_0="kan", neuron_1="kan")
    playground.tab_to("play")
    keys.press("Enter")
    playground.wait_until_playing()
    playground.wait_for_epoch("> 20")
    playground.tab_to("unit-0-0")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(playground.part("inspector")).to_be_visible()
    expect(playground.part("inspector-unit")).to_have_value("0-1")
    photograph("inspected")
    keys.press("Escape")
    assert focused(page) == "unit-0-1"
    keys.press("Space")
    playground.wait_until_playing(False)
    assert playground.epoch() > 20


def test_spirals_of_three_classes_are_learnt(playground: Playground, photograph: Photograph) -> None:
    playground.drag(data_arms=3)
    playground.wait_for_setting("data-arms", "n === 3")
    playground.choose(neuron_all="quadratic")
    playground.wait_for_choice(neuron_1="quadratic")
    playground.play()
    playground.wait_for("accuracy-test", "n > 90")
    playground.pause()
    expect(playground.page.locator(".class-marks .class")).to_have_count(3)
    playground.press("tab-confusion")
    expect(playground.part("confusion").locator("tr")).to_have_count(4)
    photograph("three-classes")


def test_every_layer_may_have_a_kind_of_its_own(playground: Playground) -> None:
    playground.drag(depth=3)
    playground.wait_for_depth(3)
    playground.choose(neuron_0="rbf", neuron_1="quadratic", neuron_2="glu", activation_2="silu")
    playground.wait_for_choice(neuron_0="rbf", neuron_1="quadratic", neuron_2="glu", activation_2="silu")
    playground.play()
    playground.wait_for("accuracy-train", "n > 90")
    reached = playground.pause()
    assert reached > 0
    for unit in playground.units():
        assert playground.colours(unit) > 1


def test_within_six_clicks_on_what_is_offered_a_newcomer_meets_the_swap_the_lens_and_a_failure(
    lively: Page, server: Server
) -> None:
    """A person who only follows the first button beside the sentence."""
    playground = Playground(lively, server.address)
    # Who has read the sentence has seen as many; sooner, there is no run to compare with.
    playground.wait_for_epoch("> 12")
    said: list[str] = []
    lens: list[bool] = []
    for _ in range(4):
        offer = lively.get_by_test_id("remedy").first
        offer.wait_for(timeout=60_000)
        said.append(lively.get_by_test_id("status").inner_text())
        name = offer.inner_text()
        offer.click()
        expect(lively.get_by_test_id("remedies")).not_to_contain_text(name, timeout=60_000)
        lens.append("lens=on" in lively.url or lively.get_by_test_id("lens-decision-0").count() > 0)
        if any("straight" in sentence for sentence in said):
            break
    assert "swapping its neurons" in said[0]
    assert any(
        re.search(r"Quadratic solved it after \d+ epochs; before, Linear had not", sentence) for sentence in said
    )
    assert any("all that a linear output draws is straight" in sentence for sentence in said), said
    assert any(lens)
