"""From a stamp on a slide to a wall: no two texts lie on each other, none is cut without a sign, all can be reached.

One page for each state and language, resized: what is laid out depends on the window alone.
"""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from nncore.neurons import NEURONS
from tests.browser.layout import faults, resize
from tests.browser.playground import Playground
from tests.browser.server import Server
from tests.browser.states import STATES

ZOOMED = (640, 360)
"""What a laptop's window of 1280 by 720 has left at 200 %."""
WALL = (3840, 2160)
PHONE = (375, 812)
PROJECTORS = ((1280, 720), (1366, 640), (1024, 768), (1920, 1080))
WINDOWS = ((1280, 720), (1366, 640), (1920, 1080), (900, 700), ZOOMED, (812, 375), PHONE, (320, 640), WALL)
FRAMES = ((320, 180), (480, 270), (640, 360), (768, 464), (960, 540), (1280, 720))
LONGEST = "data=circles&neuron=kan&activation=leaky_relu"
DIVERGED = "data=circles&neuron=quadratic&activation=identity&optimizer=sgd&rate=10&play=on"
"""What is said of it is long, and there are three things to try."""
IN_A_LAB = "lab=depth_without_activation&step=2"
"""A stamp has no room for it."""


_LINES = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getClientRects().length;
}"""

_COVERED = """() => [...document.querySelectorAll(".lens-space:has(summary)")].filter(space => {
  const [picture, dots] = ["canvas", "summary"].map(one => space.querySelector(one).getBoundingClientRect());
  return dots.left < picture.right && dots.top < picture.bottom;
}).map(space => space.textContent)"""
"""Bent spaces that a button lies on."""


def resized(page: Page, sizes: tuple[tuple[int, int], ...]) -> dict[str, list[str]]:
    found = {}
    for width, height in sizes:
        resize(page, width, height)
        wrong = faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append("the page is wider than its window")
        if wrong:
            found[f"{width}x{height}"] = wrong
    return found


def test_faults_are_found(page: Page) -> None:
    page.set_content(
        "<style>body{margin:0;overflow:hidden;height:100vh} div{position:absolute;left:0;top:0}"
        "p{width:40px;overflow:hidden;white-space:nowrap;margin:90px 0}</style>"
        "<div>One text</div><div>and another</div><p>A long line that is cut</p>"
        "<button style='position:absolute;left:5000px'>Far</button>"
    )
    assert [fault.split(":")[0] for fault in faults(page)] == ["cut", "overlap", "out of reach"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("link", [LONGEST, "layers=8,8,8,8,8,8&neuron=low_rank", "layers=0"])
def test_the_page_fits_every_window(page: Page, server: Server, link: str, language: str) -> None:
    Playground(page, f"{server.address}/?{link}&lang={language}")
    assert resized(page, WINDOWS) == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_knobs_of_every_neuron_have_room(page: Page, server: Server, language: str) -> None:
    playground = Playground(page, f"{server.address}/?lang={language}")
    several = [name for name in NEURONS if len(NEURONS[name].spec.knobs) > 1]
    assert {"kan", "polynomial", "spiking"} <= set(several)
    for name in several:
        playground.choose(neuron_all=name)
        assert resized(page, PROJECTORS) == {}, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_went_wrong_hides_nothing(page: Page, server: Server, language: str) -> None:
    """The longest remark, with three things to try: the status line keeps to its own row."""
    playground = Playground(page, f"{server.address}/?{DIVERGED}&lang={language}")
    playground.part("remedy").nth(2).wait_for()
    assert resized(page, WINDOWS) == {}
    for width, height in ((1280, 720), (1366, 640), (1920, 1080), (1024, 768), (900, 700)):
        page.set_viewport_size({"width": width, "height": height})
        stage, status = (page.locator(one).bounding_box() for one in (".stage", ".status"))
        assert stage is not None
        assert status is not None
        assert status["y"] >= stage["y"] + stage["height"] - 1, f"{width}x{height}"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", ["lens", "confusion", "eight-classes"])
def test_what_is_opened_fits_every_window(page: Page, server: Server, state: str, language: str) -> None:
    playground = Playground(page, f"{server.address}/?epochs=200&data=circles&lang={language}")
    STATES[state](playground)
    assert resized(page, WINDOWS[:4]) == {}
    if state == "eight-classes":
        for size in ((1280, 600), (1280, 720), (1024, 768)):
            resize(page, *size)
            scrolls = page.locator("#panel-confusion").evaluate("panel => panel.scrollHeight > panel.clientHeight")
            assert not scrolls, f"{size}: all rows are to be seen"
    if state == "lens":
        playground.press("lens-space")
        for size in WINDOWS[:4]:
            resize(page, *size)
            assert page.evaluate(_COVERED) == [], "dots lie on points"
        playground.press("mode")
        assert resized(page, PROJECTORS) == {}
        assert playground.widths() == [8, 8]
        heights = page.locator("[data-testid^=unit-1-]").evaluate_all("all => all.map(one => one.offsetTop)")
        assert len(set(heights)) == 8, "units lie on each other"


def test_in_presentation_a_lab_keeps_what_it_needs_and_six_layers_their_buttons(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/?lab=dead_units&step=3&mode=present")
    page.get_by_test_id("lab-title").wait_for()
    assert resized(page, PROJECTORS) == {}
    page.goto(f"{server.address}/?lab=make_the_feature&step=3&mode=present")
    page.get_by_test_id("lab-title").wait_for()
    expect(page.get_by_test_id("feature-xy")).to_be_visible()
    page.get_by_test_id("feature-xy").click()
    expect(page.get_by_test_id("feature-xy")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{server.address}/?mode=present")
    expect(page.get_by_test_id("width-0")).to_be_visible()
    expect(page.get_by_test_id("feature-xy")).to_be_hidden()


def test_on_paper_nothing_stays_in_sight(page: Page, server: Server) -> None:
    """A sheet of A4 is as narrow as a tablet, where the chart and the last line stand over what is scrolled."""
    page.set_viewport_size({"width": 720, "height": 1040})
    page.goto(f"{server.address}/race?data=circles&b.neuron=quadratic")
    page.get_by_test_id("size-b").wait_for()
    page.emulate_media(media="print")
    parts = [page.locator(one).bounding_box() for one in (".lane >> nth=1", ".race-history", ".status")]
    lane, chart, line = (box for box in parts if box is not None)
    assert lane["y"] + lane["height"] <= chart["y"] + 1
    assert chart["y"] + chart["height"] <= line["y"] + 1


ELSEWHERE = {
    "race": "size-b",
    "atlas": "atlas-chart",
    "labs": "lab-learn_the_curve",
    "memory": "board",
    "memory?machine=boltzmann": "dreams",
    "memory?machine=hebb": "scatter",
    "embed/memory": "board",
    "memory?lab=remembering": "lab-title",
    "?lab=learn_the_curve": "lab-title",
}
"""The pages beside the playground, each with what is seen when it is there."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", ELSEWHERE)
def test_every_page_fits_a_window_at_twice_its_size_and_a_wall(
    page: Page, server: Server, path: str, language: str
) -> None:
    page.goto(f"{server.address}/{path}{'&' if '?' in path else '?'}lang={language}")
    page.get_by_test_id(ELSEWHERE[path]).wait_for()
    assert resized(page, ((480, 270), ZOOMED, (1920, 1080), WALL)) == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_measures_of_values_have_room_for_their_names(page: Page, server: Server, language: str) -> None:
    playground = Playground(page, f"{server.address}/?epochs=50&data=plane&noise=0.3&lang={language}")
    playground.press("tab-confusion")
    playground.wait_for_text("confusion", r"\d")
    assert resized(page, WINDOWS[:4]) == {}


def test_what_is_said_of_no_hidden_layer_lies_on_no_link(page: Page, server: Server) -> None:
    Playground(page, f"{server.address}/?layers=0&features=x,r")
    boxes = [page.locator(one).bounding_box() for one in ("[data-testid=feature-r]", ".straight-note")]
    feature, note = boxes
    assert feature is not None
    assert note is not None
    assert feature["y"] + feature["height"] <= note["y"]


@pytest.mark.parametrize("split", ["train", "test"])
def test_the_legend_s_dots_are_round_in_a_small_window(browser: Browser, server: Server, split: str) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 360}, device_scale_factor=2, reduced_motion="reduce")
    Playground(page, f"{server.address}/?data=circles")
    picture = Image.open(io.BytesIO(page.locator(f".legend .mark-{split}").screenshot())).convert("L")
    dark = np.asarray(picture)[:, : picture.height] < 128
    # The dot ends where the first empty column is.
    first, *_ = np.flatnonzero(dark.any(axis=0))
    width = int(np.argmin(dark[:, first:].any(axis=0)))
    height = int(dark[:, first : first + width].any(axis=1).sum())
    assert abs(width - height) <= 1
    page.close()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("link", [DIVERGED, "hide=foo", "hide=network&data=circles&epochs=20", IN_A_LAB])
def test_a_frame_fits_whatever_it_says(page: Page, server: Server, link: str, language: str) -> None:
    playground = Playground(page, f"{server.address}/embed?{link}&lang={language}")
    if link == DIVERGED:
        playground.part("remedy").first.wait_for()
    if link == IN_A_LAB:
        playground.part("lab-title").wait_for()
    assert resized(page, FRAMES[1:] if link == IN_A_LAB else FRAMES) == {}


def test_the_network_keeps_its_height_whatever_kind_is_looked_at(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?layers=1,1,1,1&neuron=linear,kan,glu,spiking")
    heights: dict[tuple[int, int], set[tuple[int, ...]]] = {}
    for size in ((1280, 720), (1024, 768), (800, 900), (812, 375), PHONE):
        resize(page, *size)
        for layer, knobs in enumerate((0, 2, 1, 5)):
            playground.part(f"unit-{layer}-0").hover()
            expect(page.locator(".formula .field")).to_have_count(knobs)
            found = page.evaluate("['.columns', '.formula'].map(one => document.querySelector(one).offsetHeight)")
            heights.setdefault(size, set()).add(tuple(found))
    assert {size: found for size, found in heights.items() if len(found) > 1} == {}
    depth = page.locator(".depth h2")
    assert depth.evaluate(_LINES) == 1, "in a hand, too"


def test_the_answer_has_a_third_of_the_width(page: Page, server: Server) -> None:
    Playground(page, server.address)
    for width, height in ((1280, 720), (1600, 900), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator(".output-surface").bounding_box()
        assert box is not None
        assert 0.32 <= box["width"] / width <= 0.36


def test_what_a_link_hides_gives_its_room_to_what_is_left(page: Page, server: Server) -> None:
    areas = []
    for link in ("", "hide=numbers", "hide=network"):
        Playground(page, f"{server.address}/?{link}")
        page.set_viewport_size({"width": 1366, "height": 640})
        box = page.locator(".output-surface").bounding_box()
        assert box is not None
        areas.append(box["width"])
    assert areas[0] < areas[1]
    assert areas[0] < areas[2] + 1
