"""Where the system chooses the colours (forced-colors), what grounds and shadows told is still told."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.browser.playground import Playground
from tests.browser.server import Server

OUTLINE = "one => getComputedStyle(one).outlineStyle"
BORDER = "one => getComputedStyle(one).borderBottomColor"


def inked(playground: Playground, selector: str) -> float:
    """Which share of this element's pixels is not of the window's ground."""
    picture = Image.open(io.BytesIO(playground.page.locator(selector).screenshot())).convert("RGB")
    pixels = np.asarray(picture).astype(int)
    return float((np.abs(pixels - pixels[0, 0]).max(axis=2) > 60).mean())


def test_tracks_choices_and_marks_are_seen_in_high_contrast(page: Page, server: Server) -> None:
    page.emulate_media(forced_colors="active")
    playground = Playground(page, f"{server.address}/?data=circles&layers=4&epochs=20")
    page.locator("link[href*=late]").wait_for(state="attached")
    page.wait_for_function("() => [...document.styleSheets].some(({ href }) => href?.includes('late'))")
    chosen, other = playground.part("dataset-circles"), playground.part("dataset-moons")
    assert (chosen.evaluate(OUTLINE), other.evaluate(OUTLINE)) == ("solid", "none")
    assert playground.part("chart-log").evaluate(OUTLINE) == "solid"
    assert playground.part("tab-loss").evaluate(BORDER) != playground.part("tab-runs").evaluate(BORDER)
    filled = "one => getComputedStyle(one, '::before').backgroundColor"
    marks = [page.locator(f".legend .mark-{split}").evaluate(filled) for split in ("train", "test")]
    assert marks[0] != marks[1]
    # A thumb alone is some 5 % of the slider's box.
    assert inked(playground, "[data-testid=count]") > 0.12


def test_high_contrast_chosen_later_is_obeyed_as_well(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=circles&layers=4&epochs=20")
    playground.wait_until_painted()
    page.emulate_media(forced_colors="active")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('[data-testid=dataset-circles]')).outlineStyle === 'solid'"
    )


def test_the_pages_beside_it_are_seen_in_high_contrast_as_well(page: Page, server: Server) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{server.address}/race?data=circles&b.neuron=quadratic")
    page.get_by_test_id("noise").wait_for()
    page.wait_for_function("() => [...document.styleSheets].some(({ href }) => href?.includes('late'))")
    # A thumb alone is some 5 % of the slider's box.
    slider = Image.open(io.BytesIO(page.get_by_test_id("noise").screenshot())).convert("L")
    assert (np.abs(np.asarray(slider).astype(int) - slider.getpixel((0, 0))) > 60).mean() > 0.12
    page.goto(f"{server.address}/atlas")
    chosen = page.locator("button[aria-pressed=true]")
    chosen.first.wait_for()
    page.wait_for_function("() => [...document.styleSheets].some(({ href }) => href?.includes('late'))")
    assert set(chosen.evaluate_all(f"all => all.map({OUTLINE})")) == {"solid"}
