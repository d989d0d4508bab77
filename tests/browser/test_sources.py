"""The page from its sources, as a checkout serves it: everything that the built one has is there, module by module.

A smoke test: what the page does is tested over the built files, beside this one.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground
from tests.browser.server import Server


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("checkout") / "log.txt", NEURON_PLAYGROUND_HOSTS="1") as running:
        yield running


def test_modules_are_asked_for_at_once_and_late_ones_when_they_are_opened(page: Page, checkout: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/js/")[2]))
    playground = Playground(page, checkout.address)
    assert "model/state.js" in asked
    assert "panels/network/lens.js" not in asked
    playground.press("lens")
    playground.wait_for_text("lens-train-0", r"\d")
    assert "panels/network/lens.js" in asked
    assert len([name for name in asked if name]) == len({name for name in asked if name})


def test_every_late_panel_opens(page: Page, checkout: Server) -> None:
    playground = Playground(page, checkout.address)
    playground.choose(neuron_all="quadratic")
    playground.wait_for_choice(neuron_all="quadratic")
    playground.play()
    playground.wait_for_epoch("> 5")
    playground.press("share")
    expect(playground.part("share-link")).to_be_visible()
    playground.press("export")
    expect(playground.part("export-model")).to_be_visible()
    page.keyboard.press("Escape")
    playground.press("tab-confusion")
    expect(playground.part("confusion").locator("td").first).to_be_visible()
    playground.press("inspect-output")
    expect(playground.part("inspector")).to_be_visible()
    playground.press("inspector-close", "dataset-own")
    expect(playground.part("draw-class-0")).to_be_visible()
    playground.press("table")
    expect(playground.part("table-text")).to_be_visible()
    playground.press("table-close", "help")
    expect(playground.part("bubble")).to_be_visible()


def test_it_speaks_chinese_and_takes_refusals(page: Page, checkout: Server) -> None:
    playground = Playground(page, f"{checkout.address}/?lang=zh&noise=lots")
    expect(playground.part("status")).to_contain_text("noise")
    playground.press("share")
    expect(playground.part("share-link")).to_be_visible()


def test_in_a_frame_it_runs(page: Page, checkout: Server) -> None:
    playground = Playground(page, f"{checkout.address}/embed?play=on")
    playground.wait_for_epoch("> 5")
