"""Numbers as people type them: decimal commas, true minus signs, fractions; and what is no number changes nothing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import Playground


@pytest.fixture
def playground(page: Page, base_url: str) -> Playground:
    return Playground(page, f"{base_url}/?layers=2&data=moons&rate=0.03")


def type_into(playground: Playground, name: str, text: str) -> None:
    field = playground.part(name)
    field.fill(text)
    field.press("Enter")


def set_by_hand(playground: Playground) -> Locator:
    """How many numbers of the network were set by hand, as the server counts them."""
    return playground.page.locator(".inspector-facts dd").last


@pytest.mark.parametrize(
    ("text", "value"), [("0,5", "0.5"), ("−0.5", "−0.5"), ("1/2", "0.5"), ("－０，２５", "−0.25"), (" 1 1/2 ", "1.5")]
)
def test_a_weight_is_what_was_typed(playground: Playground, text: str, value: str) -> None:
    playground.press("unit-0-1")
    expect(playground.part("weight-0")).not_to_have_value("")
    type_into(playground, "weight-0", text)
    expect(playground.part("weight-0")).to_have_value(value)
    expect(set_by_hand(playground)).to_have_text("1")
    expect(playground.part("inspector-numbers")).to_contain_text(f"{value}0"[: len(value) + (value[-2] == ".")])


def test_nonsense_is_refused_in_a_sentence_and_the_number_of_the_network_stays(playground: Playground) -> None:
    playground.press("unit-0-1")
    expect(playground.part("weight-0")).not_to_have_value("")
    before = playground.part("weight-0").input_value()
    for text, said in (("1,250", "could mean 1250 or 1.25"), ("half", "is not a number")):
        type_into(playground, "weight-0", text)
        playground.wait_for_text("status", said)
        expect(playground.part("weight-0")).to_have_value(before)
    expect(set_by_hand(playground)).to_have_text("0")
    type_into(playground, "weight-0", "0,5")
    playground.wait_for("status", "!t.includes('number')")


def test_the_rate_is_typed_beside_its_slider(playground: Playground) -> None:
    playground.part("learning-rate").focus()
    playground.page.keyboard.press("Enter")
    playground.page.keyboard.type("0,0123")
    playground.page.keyboard.press("Enter")
    playground.wait_for_setting("learning-rate", "n === 0.0123")
    expect(playground.page).to_have_url(re.compile("rate=0.0123"))
    type_into(playground, "learning-rate-typed", "−1")
    playground.wait_for_text("status", "−1 is out of range")
    expect(playground.part("learning-rate-typed")).to_have_value("0.0123")


def test_seeds_and_counts_are_whole(playground: Playground) -> None:
    playground.press("more")
    type_into(playground, "seeds-run", "1.5")
    playground.wait_for_text("status", "not a whole number")
    expect(playground.part("seeds-run")).to_have_value("0")
    type_into(playground, "seeds-run", "１２")
    expect(playground.part("seeds-run")).to_have_value("12")
    type_into(playground, "count-typed", "1,200")
    playground.wait_for_text("status", "Ready")
    expect(playground.part("count-typed")).to_have_value("1,200")


def test_a_place_is_typed_and_not_moved_to_the_edge(playground: Playground) -> None:
    playground.press("unit-0-1")
    expect(playground.part("weight-0")).not_to_have_value("")
    type_into(playground, "trace-x", "−1/2")
    type_into(playground, "trace-y", "9")
    playground.wait_for_text("status", "9 is out of range")
    type_into(playground, "trace-y", "0,25")
    playground.wait_for_text("trace-values", r"\d\.\d{3}")
    expect(playground.part("trace-x")).to_have_value("−0.5")


def test_the_number_on_a_link_lives_while_the_network_trains(page: Page, base_url: str) -> None:
    """The pointer rests on a link; its number follows."""
    playground = Playground(page, f"{base_url}/?layers=4,4&data=moons&rate=0.03")
    playground.wait_until_painted()
    start, end = (playground.part(name).bounding_box() for name in ("unit-0-3", "unit-1-3"))
    assert start
    assert end
    tip = playground.part("link-tip")
    # Somewhere on a line half way between two units, a link crosses it. What says so comes with the first move.
    playground.page.mouse.move((start["x"] + start["width"] + end["x"]) / 2, start["y"] - 1)
    tip.wait_for(state="attached")
    for down in range(0, 40, 2):
        playground.page.mouse.move((start["x"] + start["width"] + end["x"]) / 2, start["y"] + down)
        if tip.is_visible():
            break
    expect(tip).to_be_visible()
    before = tip.inner_text()
    playground.page.keyboard.press("Space")  # a click would take the pointer away
    playground.wait_until_playing()
    expect(tip).not_to_have_text(before, timeout=60_000)


def test_a_link_that_helps_both_ways_says_so(page: Page, base_url: str) -> None:
    """A squared input moves the answer up on one side and down on the other: near 0 in the mean, and yet needed."""
    playground = Playground(page, f"{base_url}/?data=circles&layers=0&output=square&epochs=40")
    playground.wait_until_painted()
    columns = page.locator(".columns").bounding_box()
    assert columns
    tip = playground.part("link-tip")
    for down in range(0, round(columns["height"]), 3):
        page.mouse.move(columns["x"] + columns["width"] - 20, columns["y"] + down)
        if tip.is_visible():
            break
    expect(tip).to_contain_text("raises it here, lowers it there")
