"""A run stops by itself where it was asked to; a link that cannot be opened says so beside the network."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground


def test_a_run_stops_at_the_epoch_that_was_typed_and_the_link_says_so(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=moons")
    playground.press("more")
    playground.choose(until="epoch")
    field = playground.part("until-epoch")
    expect(field).to_have_value("100")
    field.fill("３7")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]until=37\b"))
    page.keyboard.press("Escape")
    playground.press("play")
    playground.wait_for_text("status", "Stopped at the end of epoch 37")
    playground.wait_until_playing(False)
    # The word comes a moment before the picture.
    playground.wait_for_epoch("=== 37")


def test_a_link_says_where_a_run_stops_and_the_status_shows_it(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=xor&layers=0&until=plateau&speed=10&play=on")
    playground.wait_for_text("status", "Training until the loss hardly changes")
    playground.press("more")
    playground.wait_for_choice(until="plateau")
    expect(playground.part("until-epoch")).to_be_disabled()


def test_a_link_beyond_the_limits_is_told_beside_the_network_until_the_reader_chooses(
    page: Page, base_url: str
) -> None:
    playground = Playground(page, f"{base_url}/?layers=9999")
    note = playground.part("stand-in")
    expect(note).to_contain_text("the default experiment is shown")
    expect(note).to_contain_text("9999")
    playground.choose(activation_all="relu")
    expect(note).to_be_hidden()
