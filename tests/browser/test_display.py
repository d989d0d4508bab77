"""Theme, palette and language: chosen in the status line, seen at once, kept in the address and in no storage."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground
from tests.browser.server import Server

GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(252, 252, 251)", "rgb(20, 23, 28)"


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def query(playground: Playground) -> str:
    return str(playground.page.evaluate("location.search"))


def test_the_theme_follows_the_system_until_one_is_chosen(playground: Playground) -> None:
    page = playground.page
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == DARK
    for ground, said in ((LIGHT, "?theme=light"), (DARK, "?theme=dark"), (DARK, "")):
        before = playground.pictures(["output", "unit-0-0"])
        shown = page.evaluate(GROUND)
        playground.press("theme")
        assert page.evaluate(GROUND) == ground
        assert query(playground) == said
        if shown != ground:
            for name, old in before.items():
                playground.wait_for_new_picture(name, old)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == LIGHT


def test_another_palette_repaints_every_canvas(playground: Playground, photograph: Callable[[str], Path]) -> None:
    before = playground.pictures(["output", "unit-0-0"])
    playground.press("palette")
    for name, old in before.items():
        playground.wait_for_new_picture(name, old)
    assert query(playground) == "?palette=purple_green"
    photograph("purple-green")
    playground.press("theme")
    playground.press("theme")
    photograph("purple-green-dark")
    assert query(playground) == "?palette=purple_green&theme=dark"


def test_another_language_keeps_the_run_going(playground: Playground, photograph: Callable[[str], Path]) -> None:
    playground.choose(neuron_0="quadratic")
    playground.wait_for_choice(neuron_0="quadratic")
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    connections, learnt = playground.wire.connections, playground.pictures(["output"])
    playground.press("lang")
    expect(playground.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    playground.wait_for_text("epoch", "^1$")
    expect(playground.part("neuron-0")).to_have_text("二次")
    playground.wait_until_painted()
    assert playground.pictures(["output"]) == learnt
    assert playground.page.evaluate("document.activeElement.dataset.testid") == "lang"
    assert query(playground) == "?neuron=quadratic,linear&lang=zh"
    photograph("chinese")
    # All of it works as before, and each control does its work once.
    playground.press("step")
    playground.wait_for_epoch("=== 2")
    playground.choose(neuron_1="product")
    playground.wait_for_choice(neuron_1="product", neuron_0="quadratic")
    playground.press("play")
    playground.wait_for_epoch("> 5")
    playground.press("lang")
    playground.wait_for_text("status", "Training")
    reached = playground.epoch()
    playground.wait_for_epoch(f"> {reached + 3}")
    assert playground.is_playing()
    assert playground.wire.connections == connections
    assert query(playground) == "?neuron=quadratic,product&lang=en"


def test_a_link_brings_its_looks_and_keeps_what_is_not_theirs(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?lang=zh&theme=dark&palette=purple_green")
    assert page.evaluate(GROUND) == DARK
    assert page.evaluate("document.documentElement.dataset.palette") == "purple_green"
    assert page.title() == "神经元游乐场"
    playground.press("theme")
    assert query(playground) == "?lang=zh&palette=purple_green"


def test_a_look_that_nobody_knows_is_named(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?theme=pink")
    playground.wait_for_text("status", "theme=pink.*auto, light, dark")
    assert page.evaluate(GROUND) == LIGHT


def test_nothing_is_stored(playground: Playground) -> None:
    playground.press("theme", "palette", "lang")
    expect(playground.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert playground.page.context.cookies() == []
    assert playground.page.evaluate("localStorage.length + sessionStorage.length") == 0
