"""The map of the loss around the weights: worked out by the server beside the run, in a dialog of the output's."""

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground


def test_the_loss_around_the_weights_is_a_map_along_other_directions_another_one(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=circles&count=100&epochs=40")
    playground.wait_for_epoch("=== 40")
    page.locator(".output-neuron summary").click()
    playground.press("landscape")
    playground.wait_for_text("landscape-sentence", "epoch 40, which are the dot")
    assert playground.colours("landscape-map") > 20
    first = playground.pictures(["landscape-map"])["landscape-map"]
    playground.press("landscape-turn")
    playground.wait_for_new_picture("landscape-map", first)
    page.keyboard.press("Escape")
    expect(playground.part("landscape-dialog")).to_be_hidden()
