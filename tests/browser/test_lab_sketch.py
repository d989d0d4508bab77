"""A boundary that is sketched before it is learnt: by mouse, by key, by finger; kept over the output, and compared."""

import json
import math
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.playground import Playground
from tests.browser.test_labs import lab_page

LAB = "lab=why_not_a_square&step=2"
RING = [(0.6 * math.cos(turn / 20 * math.tau), 0.6 * math.sin(turn / 20 * math.tau)) for turn in range(21)]
"""Between the disc and the ring around it."""

ALIKE = re.compile(r"Your line and the network's: (9\d|100)% of the picture alike \(without any line: 7\d%\)")
SURFACE = ".output-surface"


def solve(playground: Playground) -> None:
    """The step after the sketch."""
    playground.choose(neuron_output="square")
    playground.press("play")
    playground.page.locator("[data-testid=lab-goal][data-met=true]").wait_for()


def test_a_sketch_is_drawn_with_the_mouse_and_compared_once_the_network_trains(page: Page) -> None:
    sent: list[str | bytes] = []

    def overhear(data: str | bytes) -> None:
        sent.append(data)

    page.on("websocket", lambda socket: socket.on("framesent", overhear))
    playground = lab_page(page, LAB)
    playground.press("lab-predict")
    expect(page.locator(".lab-then")).to_have_text("Draw a line first.")
    playground.stroke(*RING)
    expect(playground.part("lab-line")).not_to_have_class(re.compile("kept"))
    playground.press("lab-predict")
    expect(playground.part("lab-line")).to_have_class(re.compile("kept"))
    expect(page.locator(".lab-then")).to_contain_text("Try it in the next step")
    playground.press("lab-next")
    expect(playground.part("lab-likeness")).to_contain_text("as soon as it trains")
    solve(playground)
    expect(playground.part("lab-likeness")).to_have_text(ALIKE)
    # Another experiment has no use of the line; the share is told with what else was foretold.
    playground.press("lab-next")
    expect(playground.part("lab-line")).to_have_count(0)
    for number in (5, 6, 7):
        playground.press("lab-next")
        expect(playground.part("lab-step")).to_have_text(f"Step {number} of 8")
    expect(playground.part("lab-foretold")).to_have_text(re.compile(f"Which shape\\? {ALIKE.pattern}"))
    # What was drawn traced no place, as a press does without a pencil.
    assert traced(sent) == 0
    playground.draw((0.5, 0.5))
    expect(playground.part("answer")).to_be_visible()
    assert traced(sent) > 0


def traced(sent: list[str | bytes]) -> int:
    """How often a place was asked about."""
    asked = [json.loads(text) for text in sent if isinstance(text, str)]
    return sum(message.get("what") == "trace" for message in asked)


def test_a_sketch_is_drawn_by_keyboard(page: Page) -> None:
    playground = lab_page(page, LAB)
    playground.tab_to("lab-sketch-begin")
    page.keyboard.press("Enter")
    expect(page.locator(SURFACE)).to_be_focused()
    expect(page.locator(SURFACE)).to_have_role("application")
    for key in ["ArrowLeft", "Space", "ArrowUp", "Shift+ArrowRight", "Space", "ArrowRight"]:
        page.keyboard.press(key)
    expect(playground.part("lab-pencil")).to_have_text(re.compile(r"^Pencil up at x = "))
    # Left by a twentieth, up by one, and right by a hundredth of the half.
    path = playground.part("lab-line").locator(".over")
    expect(path).to_have_attribute("d", "M47.5 50L47.5 47.5L48 47.5")
    page.keyboard.press("Escape")
    expect(playground.part("lab-sketch-begin")).to_be_focused()
    expect(page.locator(SURFACE)).to_have_role("img")
    assert not playground.is_playing()
    playground.tab_to("lab-predict")
    page.keyboard.press("Space")
    expect(playground.part("lab-line")).to_have_class(re.compile("kept"))


def test_of_pencil_and_brush_one_is_in_hand(page: Page) -> None:
    playground = lab_page(page, LAB)
    playground.press("lab-free")
    expect(playground.part("lab-sketch-away")).to_be_visible()
    # Whoever chooses points of their own has the brush in hand.
    playground.press("dataset-own")
    expect(playground.part("draw-brush")).to_have_attribute("aria-pressed", "true")
    expect(playground.part("lab-sketch-away")).to_be_hidden()
    playground.press("lab-sketch-begin")
    expect(playground.part("lab-sketch-away")).to_be_visible()
    expect(playground.part("draw-brush")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(SURFACE)).to_have_role("application")


def test_nothing_has_to_be_sketched(page: Page) -> None:
    playground = lab_page(page, LAB)
    playground.stroke(*RING)
    playground.press("lab-predict", "lab-sketch-clear")
    expect(playground.part("lab-line")).to_have_count(0)
    playground.press("lab-next")
    solve(playground)
    expect(playground.part("lab-likeness")).to_have_count(0)


def test_a_sketch_survives_another_language_another_size_and_a_step_back(page: Page) -> None:
    playground = lab_page(page, LAB)
    playground.stroke(*RING)
    path = playground.part("lab-line").locator(".over")
    drawn = str(path.get_attribute("d"))
    playground.press("lang")
    expect(playground.part("lab-predict")).to_have_text("这就是我的预测")
    expect(path).to_have_attribute("d", drawn)
    playground.press("lab-predict", "lab-next")
    page.set_viewport_size({"width": 1000, "height": 640})
    expect(path).to_have_attribute("d", drawn)
    boxes = [playground.part(part).bounding_box() for part in ("lab-line", "output")]
    assert boxes[0] == boxes[1]
    playground.press("lab-back")
    expect(path).to_have_attribute("d", drawn)
    expect(page.locator(SURFACE)).to_have_role("img")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_while_the_pencil_is_in_hand(page: Page, language: str) -> None:
    playground = lab_page(page, f"{LAB}&lang={language}")
    playground.stroke(*RING)
    expect(page.locator(SURFACE)).to_have_role("application")
    assert violations(page) == []


def test_a_finger_draws_once_that_is_asked_for_and_scrolls_otherwise(browser: Browser, base_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 812},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
        base_url=base_url,
    )
    page = context.new_page()
    playground = lab_page(page, LAB)
    surface = page.locator(SURFACE)
    expect(surface).to_have_css("touch-action", "auto")
    playground.press("lab-sketch-begin")
    expect(surface).to_have_css("touch-action", "none")
    picture, sheet, bar = (page.locator(part).bounding_box() for part in (SURFACE, ".lab", ".bar"))
    assert picture is not None
    assert sheet is not None
    assert bar is not None
    assert picture["y"] >= bar["y"] + bar["height"]
    assert picture["y"] + picture["height"] <= sheet["y"]
    session = context.new_cdp_session(page)
    for index, (x, y) in enumerate(playground.on_output((0, 0.6), (0, 0.2), (0, -0.2), (0, -0.6))):
        kind = "touchMove" if index else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(playground.part("lab-line").locator(".over")).to_have_attribute("d", re.compile(r"^M[^M]*L[^M]*$"))
    assert surface.bounding_box() == picture
    playground.press("lab-sketch-away")
    expect(surface).to_have_css("touch-action", "auto")
    context.close()


def test_in_a_frame_a_boundary_is_sketched_as_on_the_page(page: Page) -> None:
    playground = Playground(page, f"/embed?{LAB}", begins=False)
    playground.part("lab-predict").wait_for()
    playground.stroke(*RING)
    playground.press("lab-predict", "lab-next")
    expect(playground.part("lab-line")).to_have_class(re.compile("kept"))
    expect(playground.part("lab-likeness")).to_be_visible()
