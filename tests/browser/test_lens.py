"""The layer lens in a real browser: the data becomes separable layer by layer, and nothing else moves while it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, number
from tests.browser.server import Server

Photograph = Callable[[str], Path]

PICTURES = [f"lens-{view}-{layer}" for view in ("decision", "space") for layer in ("input", "0", "1")]


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    playground = Playground(page, server.address)
    playground.press("dataset-spirals")
    playground.drag(depth=2)
    playground.wait_for_depth(2)
    return playground


def test_a_trained_spiral_is_more_separable_in_the_last_layer_than_in_the_first(
    playground: Playground, photograph: Photograph
) -> None:
    # Both views of each layer find room side by side.
    playground.page.set_viewport_size({"width": 1920, "height": 1080})
    playground.press("lens")
    playground.wait_for_text("lens-train-1", r"%")
    before = playground.pictures(PICTURES)
    assert all(playground.colours(name) > 2 for name in PICTURES)
    boxes = playground.boxes([*PICTURES, "lens", "lens-sentence", "width-0", "output"])
    playground.play()
    playground.wait_for("lens-train-1", "n > 97")
    playground.pause()
    photograph("separated")
    scores = [number(playground.text(f"lens-train-{layer}")) for layer in ("input", "0", "1")]
    assert scores[0] < 65
    assert scores[1] < scores[2]
    assert f"{scores[2]}%" in playground.text("lens-sentence")
    after = playground.pictures(PICTURES)
    assert [name for name in PICTURES if name.endswith("input") == (after[name] != before[name])] == []
    assert playground.boxes(boxes) == boxes


def test_a_key_opens_and_closes_it(playground: Playground) -> None:
    playground.page.keyboard.press("l")
    expect(playground.part("lens-decision-1")).to_be_visible()
    expect(playground.part("lens")).to_have_attribute("aria-expanded", "true")
    playground.page.keyboard.press("L")
    expect(playground.part("lens-decision-1")).to_be_hidden()


def test_in_narrow_columns_a_switch_chooses_the_picture(playground: Playground) -> None:
    playground.drag(depth=6)
    playground.wait_for_depth(6)
    playground.press("lens")
    expect(playground.part("lens-decision-5")).to_be_visible()
    expect(playground.part("lens-space-5")).to_be_hidden()
    playground.press("lens-space")
    expect(playground.part("lens-space-5")).to_be_visible()
    expect(playground.part("lens-decision-5")).to_be_hidden()


def test_a_layer_can_be_seen_by_two_of_its_units(playground: Playground) -> None:
    playground.page.set_viewport_size({"width": 1920, "height": 1080})
    playground.press("lens")
    playground.wait_for_text("lens-train-1", r"%")
    old = playground.pictures(["lens-space-0", "lens-space-1"])
    playground.page.locator(".lens-space summary").first.click()
    playground.choose(lens_x_0="3")
    playground.wait_for_new_picture("lens-space-0", old["lens-space-0"])
    playground.wait_for_choice(lens_x_0="3", lens_y_0="0")
    assert playground.pictures(["lens-space-1"])["lens-space-1"] == old["lens-space-1"]


def test_the_layers_say_how_well_they_learn(page: Page, base_url: str) -> None:
    """Six layers of sigmoids: the first gets a thousandth of the last one's gradient, or less than that."""
    playground = Playground(page, f"{base_url}/?data=spirals&layers=6,6,6,6,6,6&activation=sigmoid&lens=on")
    playground.part("lens-decision-0").wait_for()
    playground.press("lens-health")
    playground.wait_for_text("health-gradient-0", r"gradient \d")
    expect(playground.part("health-dead-5")).to_have_text("0 of 6 dead")
    expect(playground.part("lens-sentence")).to_contain_text("layer")
    expect(playground.part("lens-decision-0")).to_be_hidden()
    playground.press("lens-decision")
    expect(playground.part("lens-decision-0")).to_be_visible()


def test_a_press_enlarges_a_layer_s_space_and_bends_it_into_the_next(playground: Playground) -> None:
    """The tests' readers want little motion: the way ends at once where it would end."""
    playground.press("lens", "lens-space")
    playground.wait_for_text("lens-train-1", r"%")
    playground.press("lens-space-input")
    straight = playground.part("lens-large").evaluate("canvas => canvas.toDataURL()")
    expect(playground.part("lens-large-sentence")).to_contain_text("On the features alone")
    playground.part("lens-way").fill("0.5")
    halfway = playground.part("lens-large").evaluate("canvas => canvas.toDataURL()")
    playground.press("lens-bend")
    expect(playground.part("lens-stop-2")).to_have_attribute("aria-pressed", "true")
    expect(playground.part("lens-large-sentence")).to_contain_text("After layer 2")
    bent = playground.part("lens-large").evaluate("canvas => canvas.toDataURL()")
    assert len({straight, halfway, bent}) == 3
    playground.page.keyboard.press("Escape")
    expect(playground.part("lens-large")).to_be_hidden()
    focus = "document.activeElement.querySelector('canvas')?.dataset.testid"
    assert playground.page.evaluate(focus) == "lens-space-input"
