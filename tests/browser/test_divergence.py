"""A run that flies apart: it stops by itself, says what happened and what to try, and keeps its last good pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.playground import Playground, number
from tests.browser.server import Server


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def diverge(playground: Playground, neuron: str) -> None:
    playground.press("dataset-spirals")
    playground.drag(depth=3)
    playground.wait_for_depth(3)
    playground.choose(neuron_all=neuron, activation_all="identity", optimizer="sgd")
    playground.wait_for_setting("learning-rate", "n !== 0.01")  # each optimiser brings a slider of its own
    playground.drag_to_end("learning-rate")
    playground.wait_for_setting("learning-rate", "n >= 10")
    playground.press("play")
    playground.wait_for_text("status", "Diverged")


@pytest.mark.parametrize("neuron", ["square", "polynomial", "quadratic"])
def test_a_diverging_run_stops_and_says_what_to_try(
    playground: Playground, neuron: str, photograph: Callable[[str], Path]
) -> None:
    diverge(playground, neuron)
    playground.wait_until_playing(False)
    said = playground.text("status")
    assert "epoch" in said
    assert said.endswith("layer.") or said[-2].isdigit()
    assert playground.remedies()[0].startswith("Set learning rate to ")
    photograph(neuron)


def test_its_pictures_and_numbers_stay_finite(playground: Playground) -> None:
    diverge(playground, "polynomial")
    playground.wait_until_playing(False)
    assert "NaN" not in playground.page.locator("body").inner_text()
    assert "Infinity" not in playground.page.locator("body").inner_text()
    assert number(playground.text("loss-train")) >= 0
    assert all(playground.colours(unit) > 1 for unit in playground.units())
    # So far out the network is quite sure of one class everywhere: one colour, but a colour.
    assert playground.colours("output") >= 1


def test_following_the_advice_recovers_the_run(playground: Playground, photograph: Callable[[str], Path]) -> None:
    """One click makes the change and starts anew; where that was not enough, the next advice goes further."""
    diverge(playground, "polynomial")
    followed: list[str] = []
    # Playing, and far beyond where it first broke: that is recovered, whatever comes in the next thousand epochs.
    while not (playground.is_playing() and playground.epoch() > 300):
        if playground.remedies() and not playground.is_playing():
            followed.append(playground.remedies()[0])
            assert len(followed) < 8, followed
            playground.part("remedy").first.click()
        playground.page.wait_for_timeout(100)
    photograph("recovered")
    assert followed
