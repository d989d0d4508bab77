"""What a person draws: points on the surface, features switched on and off. Tables are in test_tables.py."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, number
from tests.browser.server import Server

Photograph = Callable[[str], Path]


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def surface(playground: Playground) -> tuple[float, float, float]:
    """Left, top and side of the large surface."""
    box = playground.part("output").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"]


def stroke(playground: Playground, begin: tuple[float, float], end: tuple[float, float], steps: int = 12) -> None:
    """Drag from one place of the square to another."""
    left, top, side = surface(playground)
    mouse = playground.page.mouse
    at = [
        (left + side * (1 + b + (e - b) * step / steps) / 2, top + side * (1 - bb - (ee - bb) * step / steps) / 2)
        for step in range(steps + 1)
        for (b, bb), (e, ee) in [(begin, end)]
    ]
    mouse.move(*at[0])
    mouse.down()
    for place in at[1:]:
        mouse.move(*place)
        playground.page.wait_for_timeout(50)
    mouse.up()


def drawn(playground: Playground) -> int:
    return int(number(playground.text("draw-note").split()[0]))


def test_own_points_are_drawn_and_learnt(playground: Playground, photograph: Photograph) -> None:
    playground.press("dataset-own", "draw-clear")
    playground.wait_for_text("draw-note", "^0 of 4 points needed")
    playground.play()
    stroke(playground, (-0.6, -0.6), (-0.6, 0.6))
    playground.press("draw-class-1")
    stroke(playground, (0.6, -0.6), (0.6, 0.6))
    assert drawn(playground) >= 20
    playground.wait_for("accuracy-train", "n === 100")
    playground.wait_for("accuracy-test", "n === 100")
    before = playground.epoch()
    photograph("learnt")

    stroke(playground, (0.9, 0.9), (0.9, 0.5), 3)
    playground.wait_for_epoch(f"> {before}")
    photograph("drawn-on")


def test_the_eraser_undo_and_a_third_class(playground: Playground) -> None:
    playground.press("dataset-circles")
    playground.wait_for("loss-train", "n > 0")
    playground.press("draw-copy")
    playground.wait_for_text("draw-note", "^500 points")
    playground.press("draw-erase")
    stroke(playground, (-0.5, 0), (0.5, 0))
    left = drawn(playground)
    assert left < 490
    playground.press("undo")
    playground.wait_for_text("draw-note", "^500 points")
    playground.press("draw-class-more")
    expect(playground.part("draw-class-2")).to_have_attribute("aria-pressed", "true")
    playground.press("draw-point")
    stroke(playground, (0.95, 0.95), (0.95, 0.95), 1)
    playground.wait_for_text("draw-note", "^501 points")
    playground.press("step")
    playground.wait_for_epoch("=== 1")


def test_points_can_be_drawn_with_keys_alone(playground: Playground) -> None:
    playground.press("dataset-own", "draw-clear")
    playground.wait_for_text("draw-note", "^0 of 4 points needed")
    playground.page.locator(".output-surface").focus()
    for keys in ("ArrowLeft Space ArrowLeft Space", "1 ArrowRight ArrowRight ArrowRight Enter ArrowUp Enter", "Delete"):
        for key in keys.split():
            playground.page.keyboard.press(key)
    playground.wait_for_text("draw-note", "^3 of 4 points needed")
    playground.page.keyboard.press("Enter")
    playground.wait_for_text("draw-note", "^4 points")
    assert not playground.is_playing()
    playground.page.keyboard.press("Escape")
    expect(playground.page.locator(".output-surface")).to_have_attribute("role", "img")


def test_features_are_switched_on_and_off_but_never_all(playground: Playground, photograph: Photograph) -> None:
    playground.press("feature-x")
    expect(playground.part("feature-x")).to_have_attribute("aria-pressed", "false")
    playground.press("feature-y")
    playground.wait_for_text("status", "At least one feature")
    expect(playground.part("feature-y")).to_have_attribute("aria-pressed", "true")
    playground.press("feature-r", "dataset-circles")
    playground.play()
    playground.wait_for("accuracy-test", "n > 95")
    photograph("radius")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768)])
def test_the_data_column_needs_no_scroll_bar(playground: Playground, width: int, height: int) -> None:
    playground.page.set_viewport_size({"width": width, "height": height})
    playground.press("dataset-own")
    playground.wait_for_text("draw-note", "points")
    added = 2
    while playground.part("draw-class-more").is_visible():
        playground.press("draw-class-more")
        expect(playground.part(f"draw-class-{added}")).to_have_attribute("aria-pressed", "true")
        added += 1
    assert added == 8
    assert not playground.overflows("data")
