"""The memory as a reader meets it: drawn with keys and mouse, stored, damaged, remembered; learnt, dreamt; turned."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.playground import PATIENCE_MILLISECONDS


def memory(page: Page, query: str = "") -> Page:
    """The page, once there is a memory and a picture of it."""
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(f"/memory{query}")
    expect(page.get_by_test_id("lead")).not_to_be_empty()
    return page


def on(page: Page) -> int:
    """How many units of the board are on, as assistive technology is told."""
    found = re.search(r"(\d+) of \d+ on", page.get_by_test_id("board").get_attribute("aria-label") or "")
    assert found is not None
    return int(found[1])


def test_a_pattern_that_was_drawn_with_keys_is_stored_damaged_and_remembered(page: Page) -> None:
    memory(page, "?patterns=&flip=0&speed=100")
    expect(page.get_by_test_id("lead")).to_contain_text("what you have drawn")
    board = page.get_by_test_id("board")
    board.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Enter", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("board-said")).to_have_text("Row 2, column 3: on")
    expect(board).to_have_attribute("aria-label", "Board of 10 by 10 units, 3 of 100 on")
    # A stroke of the mouse: the first unit decides.
    box = board.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.05, box["y"] + box["height"] * 0.95)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.95, steps=20)
    page.mouse.up()
    expect(board).to_have_attribute("aria-label", "Board of 10 by 10 units, 13 of 100 on")
    page.get_by_test_id("keep").click()
    expect(page.get_by_test_id("pattern-1")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("flip-typed").fill("20")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("lead")).to_contain_text("20% of its units are flipped")
    page.reload()
    expect(page.get_by_test_id("pattern-1")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_test_id("lead")).to_contain_text("Remembered: pattern 1, exactly")
    assert on(page) == 13
    page.get_by_test_id("forget-1").click(force=True)
    expect(page.get_by_test_id("pattern-1")).to_have_count(0)


def test_how_many_fit_is_measured_beside_it_and_said(page: Page) -> None:
    memory(page, "?side=4")
    page.get_by_test_id("measure").click()
    expect(page.get_by_test_id("capacity")).to_have_attribute("aria-label", re.compile(r"4: \d+(\.\d+)?%"))
    expect(page.get_by_test_id("measure")).to_have_text("Measure with 20 seeds")


def test_a_boltzmann_machine_learns_and_dreams_and_hebbs_unit_turns(page: Page) -> None:
    memory(page, "?machine=boltzmann&speed=10")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("lead")).to_contain_text(re.compile(r"After \d+ epochs?"))
    page.get_by_test_id("dream").click()
    expect(page.get_by_test_id("dreamt")).to_have_text(re.compile(r"[1-9]\d* steps?"))
    expect(page.get_by_test_id("lead")).to_contain_text("It dreams")
    page.get_by_test_id("machine").select_option("hebb")
    expect(page).to_have_url(re.compile("machine=hebb"))
    page.get_by_test_id("speed").select_option("null")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("units-said")).to_contain_text(re.compile(r"length (0\.9|1\.0)\d*, [01]\.\d°"))


def test_a_link_that_is_wrong_says_why_and_shows_the_usual_memory(page: Page) -> None:
    memory(page, "?rule=storkey")
    expect(page.get_by_test_id("status")).to_contain_text("storkey")
    expect(page.get_by_test_id("pattern-4")).to_be_visible()


@pytest.mark.parametrize("query", ["", "?machine=boltzmann&theme=dark", "?machine=hebb&lang=zh"])
def test_axe_finds_nothing(page: Page, query: str) -> None:
    memory(page, query)
    assert violations(page) == []
