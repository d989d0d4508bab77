"""The neuron picker as a person uses it: cards with pictures and sizes, by mouse, by keyboard, and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.settings import Settings
from app.web.parameter_counts import counts
from nncore.neurons import NEURONS
from tests.browser.playground import Playground
from tests.browser.server import Server

FOCUSED = "document.activeElement?.dataset.testid"


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def number_on(playground: Playground, name: str) -> str:
    return playground.part(f"card-{name}").locator(".card-count").inner_text()


def test_every_kind_has_a_card_with_its_picture_its_formula_and_its_size(
    playground: Playground, photograph: Callable[[str], Path]
) -> None:
    playground.press("neuron-all")
    playground.wait_for_text("card-linear", r"\d")
    sizes = counts("2,8,8", "", Settings())
    for name in NEURONS:
        card = playground.part(f"card-{name}")
        statements = re.split(r", \\(?:quad|;)", NEURONS[name].spec.formula)
        assert card.locator("math").count() == len(statements), name
        assert NEURONS[name].spec.sentence in card.inner_text()
        assert number_on(playground, name) == f"{sizes[name]:,}"
        colours = card.locator("canvas").evaluate(
            "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size"
        )
        assert colours > 20, name
    photograph("cards")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (375, 812)], ids=str)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_formula_is_cut(page: Page, server: Server, lang: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    playground = Playground(page, f"{server.address}/?lang={lang}")
    playground.press("neuron-all")
    playground.wait_for_text("card-linear", r"\d")
    cut = """lines => lines.flatMap(line => {
      const box = line.getBoundingClientRect();
      const signs = [...line.querySelectorAll("mo, mi, mn")].map(sign => sign.getBoundingClientRect());
      const ends = Math.max(...signs.map(({ right }) => right));
      const lowest = Math.max(...signs.map(({ bottom }) => bottom));
      return ends > box.right + 1 || lowest > box.bottom + 2 ? [line.textContent] : [];
    })"""
    assert page.locator(".card-formula").evaluate_all(cut) == []
    if size[0] >= 1280:
        # All kinds are seen at once.
        dialog = page.get_by_test_id("picker")
        assert dialog.evaluate("dialog => dialog.scrollHeight - dialog.clientHeight") <= 0


def test_the_sizes_are_those_of_the_layer_asked_about(playground: Playground) -> None:
    for button, widths in {"neuron-0": "2,8", "neuron-1": "8,8", "neuron-output": "8,1"}.items():
        playground.press(button)
        playground.wait_for_text("card-kan", r"\d")
        for name, size in counts(widths, "", Settings()).items():
            assert number_on(playground, name) == f"{size:,}", (button, name)
        playground.page.keyboard.press("Escape")


def test_the_chosen_kind_is_counted_with_its_own_knobs(playground: Playground) -> None:
    playground.choose(neuron_0="polynomial")
    playground.wait_for_choice(neuron_0="polynomial")
    playground.page.get_by_test_id("knob-degree").fill("5")
    playground.press("neuron-0")
    playground.wait_for_text("card-polynomial", "88")


def test_a_click_chooses_for_the_button_s_layer_alone(playground: Playground) -> None:
    playground.choose(neuron_1="product")
    playground.wait_for_choice(neuron_all="", neuron_0="linear", neuron_1="product", neuron_output="linear")
    playground.choose(neuron_output="rbf")
    playground.wait_for_choice(neuron_1="product", neuron_output="rbf")
    assert playground.page.evaluate(FOCUSED) == "neuron-output"


def test_pressing_again_while_the_cards_are_on_their_way_opens_them_once(playground: Playground) -> None:
    def late(route: Route) -> None:
        playground.page.wait_for_timeout(300)
        route.continue_()

    playground.page.route("**/api/portraits", late)
    playground.part("neuron-all").focus()
    for _ in range(3):
        playground.page.keyboard.press("Enter")
    playground.part("picker").wait_for()
    playground.part("card-square").click()
    playground.wait_for_choice(neuron_all="square")


def test_arrows_move_typing_finds_and_enter_or_space_chooses(playground: Playground) -> None:
    keys = playground.page.keyboard
    playground.tab_to("neuron-all")
    for key, name in {"Enter": "square", "Space": "kan"}.items():
        keys.press(key)
        # The cards are fetched when they are first asked for.
        playground.part("picker").wait_for()
        keys.press("End")
        assert playground.page.evaluate(FOCUSED) == "card-kan"
        keys.press("Home")
        assert playground.page.evaluate(FOCUSED) == "card-linear"
        keys.press("ArrowRight")
        assert playground.page.evaluate(FOCUSED) == "card-maxout"
        keys.type(NEURONS[name].spec.label.split()[0])
        keys.press(key)
        playground.wait_for_choice(neuron_all=name)
        expect(playground.part("picker")).not_to_be_visible()
        assert playground.page.evaluate(FOCUSED) == "neuron-all"
    assert playground.epoch() == 0, "a key meant for the picker trained the network or played it"


def test_escape_and_a_click_beside_it_leave_all_as_it_was(playground: Playground) -> None:
    playground.press("neuron-0")
    playground.part("picker").wait_for()
    playground.page.keyboard.press("ArrowRight")
    playground.page.keyboard.press("Escape")
    expect(playground.part("picker")).not_to_be_visible()
    assert playground.page.evaluate(FOCUSED) == "neuron-0"
    playground.press("neuron-0")
    playground.page.mouse.click(2, 2)
    expect(playground.part("picker")).not_to_be_visible()
    assert playground.chosen("neuron-0") == "linear"


def test_the_chosen_card_says_so_and_has_the_focus(playground: Playground) -> None:
    playground.choose(neuron_all="adder")
    playground.wait_for_choice(neuron_all="adder")
    playground.press("neuron-all")
    assert playground.page.evaluate(FOCUSED) == "card-adder"
    checked = playground.page.locator("[role=radio][aria-checked=true]")
    assert checked.evaluate_all("all => all.map(one => one.dataset.testid)") == ["card-adder"]


def test_it_never_leaves_the_window_and_scrolls_inside(
    playground: Playground, photograph: Callable[[str], Path]
) -> None:
    for width, height in ((1280, 720), (375, 812), (320, 568), (480, 270), (812, 375)):
        playground.page.set_viewport_size({"width": width, "height": height})
        for button in ("neuron-all", "neuron-output"):
            playground.press(button)
            box = playground.part("picker").bounding_box()
            assert box is not None
            assert min(box["x"], box["y"]) >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height + 1
            if width < 600:
                assert box["width"] == width
            playground.page.keyboard.press("End")
            last = playground.part(str(playground.page.evaluate(FOCUSED))).bounding_box()
            assert last is not None
            assert last["y"] + last["height"] <= height
            photograph(f"{width}-{button}")
            playground.page.keyboard.press("Escape")


def test_tab_stays_in_the_dialog(playground: Playground) -> None:
    playground.press("neuron-all")
    playground.wait_for_text("card-linear", r"\d")
    inside = "!!document.activeElement.closest('dialog')"
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
        playground.page.keyboard.press(key)
        assert playground.page.evaluate(inside), key
    playground.page.keyboard.press("Tab")
    assert playground.page.evaluate(FOCUSED) == "card-linear"
