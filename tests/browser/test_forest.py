"""A forest on the page: chosen by one menu, grown level by level, and back at the network that was left."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground


def test_a_forest_is_chosen_grown_and_left_again(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=moons&count=60&layers=3&neuron=quadratic")
    playground.choose(family="forest")
    expect(page).to_have_url(re.compile(r"\?data=moons&count=60&forest=on$"))
    # Columns are levels, tiles are forests; what only a network has is out of sight.
    expect(page.get_by_role("button", name="Level 5, forest 4", exact=True)).to_be_visible()
    expect(playground.part("optimizer")).to_be_hidden()
    expect(playground.part("neuron-0")).to_be_hidden()
    blank = playground.pictures(["unit-0-0"])["unit-0-0"]
    playground.press("play")
    playground.wait_for_text("status", r"Grown: level \d of \d is the best and gives the answer\.")
    playground.wait_for_new_picture("unit-0-0", blank)
    playground.wait_for_text("forest-size", r"[\d,]+ nodes; level \d answers")
    playground.choose(family="network")
    expect(page).to_have_url(re.compile(r"\?data=moons&count=60&layers=3&neuron=quadratic$"))
    expect(playground.part("optimizer")).to_be_visible()
