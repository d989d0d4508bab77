"""New points and new weights: one press or one key each, said in words, in the address, and undone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground


def test_each_die_changes_what_it_says_and_nothing_else(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=moons&layers=2")
    playground.wait_until_painted()
    units = playground.pictures(["unit-0-0", "unit-0-1"])
    playground.press("new-points")
    expect(page).to_have_url(re.compile(r"[?&]data_seed=1\b"))
    playground.wait_for_text("status", "New points, of data seed 1")
    # The first weights are drawn by another seed: over the whole plane, the units are as they were.
    assert playground.pictures(["unit-0-0", "unit-0-1"]) == units
    page.locator("body").press("w")
    expect(page).to_have_url(re.compile(r"[?&]run_seed=1\b"))
    playground.wait_for_text("status", "New initial weights, from run seed 1")
    playground.wait_for_new_picture("unit-0-0", units["unit-0-0"])
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile(r"[?&]data_seed=1$"))
    page.locator("body").press("n")
    expect(page).to_have_url(re.compile(r"[?&]data_seed=2$"))


def test_points_of_ones_own_are_not_drawn_anew(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=own&points=.5,.5,0_-.5,.5,1_.5,-.5,1_-.5,-.5,0")
    expect(playground.part("new-points")).to_be_disabled()
