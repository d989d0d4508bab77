"""The inspector by the keyboard alone, and by the pointer: a unit's numbers, set by hand, change what is drawn."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.playground import Playground
from tests.browser.server import Server


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def focused(playground: Playground) -> str:
    return str(playground.page.evaluate("document.activeElement.dataset.testid"))


def test_the_keyboard_alone_opens_a_unit_changes_a_weight_and_comes_back(playground: Playground) -> None:
    keys = playground.page.keyboard
    playground.page.evaluate("document.activeElement.blur()")
    playground.tab_to("unit-0-0")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(playground.part("inspector")).to_be_visible()
    expect(playground.part("inspector-unit")).to_have_value("0-1")
    expect(playground.part("weight-0")).not_to_have_value("")
    before = playground.pictures(["unit-0-1", "output"])
    playground.tab_to("weight-0")
    keys.press("Control+A")
    keys.type("1.75")
    keys.press("Enter")
    for name, picture in before.items():
        playground.wait_for_new_picture(name, picture)
    expect(playground.part("inspector-numbers")).to_contain_text("1.75")
    keys.press("Escape")
    expect(playground.part("inspector")).to_be_hidden()
    assert focused(playground) == "unit-0-1"


def test_a_unit_of_many_numbers_shows_its_formulas_whole(playground: Playground) -> None:
    """Its lists scroll then; what scrolls sideways inside the panel may not be squeezed to nothing."""
    playground.choose(neuron_all="kan")
    playground.wait_for_choice(neuron_0="kan")
    playground.press("unit-0-1")
    expect(playground.part("inspector-numbers")).to_contain_text("z")
    lists = playground.page.locator(".inspector-lists")
    assert lists.evaluate("box => box.scrollHeight > box.clientHeight")
    lines = playground.page.locator(".inspector-formula, .inspector-numbers")
    assert min(lines.evaluate_all("all => all.map(line => line.clientHeight)")) > 10


@pytest.mark.parametrize("kind", ["quadratic", "kan", "attention"])
def test_no_formula_is_cut(page: Page, base_url: str, kind: str) -> None:
    playground = Playground(page, f"{base_url}/?data=circles&layers=4,4&neuron={kind}")
    playground.press("unit-1-2")
    expect(playground.part("inspector-numbers")).to_contain_text("z")
    lines = page.locator(".inspector-formula, .inspector-numbers")
    assert lines.evaluate_all("all => all.map(line => line.scrollWidth - line.clientWidth)") == [0, 0]


def test_no_other_neuron_s_menu_stands_beside_a_unit_s_name(playground: Playground) -> None:
    menu = playground.part("neuron-output")
    expect(menu).to_be_visible()
    playground.wait_until_painted()
    playground.part("unit-1-2").hover()
    expect(playground.page.locator(".output-title")).to_have_text("Layer 2, unit 3")
    expect(menu).to_be_hidden()
    playground.page.mouse.move(5, 5)
    expect(menu).to_be_visible()


def test_a_removed_unit_closes_the_inspector_and_the_output_can_be_inspected(playground: Playground) -> None:
    playground.press("unit-0-7")
    expect(playground.part("inspector")).to_be_visible()
    playground.drag(width_0=3)
    expect(playground.part("inspector")).to_be_hidden()
    playground.press("inspect-output")
    expect(playground.part("inspector-unit")).to_have_value("2-0")
    playground.press("gradcheck")
    playground.wait_for_text("gradcheck-result", r"e−\d")


def test_a_click_that_is_sooner_than_what_obeys_it_is_obeyed(page: Page, server: Server) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/later[^/]*\.js"), hold)
    playground = Playground(page, server.address)
    while not held:
        page.wait_for_timeout(10)
    page.locator(".output-surface").click(position={"x": 60, "y": 80})
    held[0].continue_()
    playground.wait_for_text("answer", r"^class [01], (> 99|\d+)%$")


def test_a_click_on_the_surface_traces_the_place_through_every_unit(playground: Playground) -> None:
    before = playground.pictures(["output", "unit-0-0", "unit-1-7"])
    playground.page.locator(".output-surface").click(position={"x": 60, "y": 80})
    for name, picture in before.items():
        playground.wait_for_new_picture(name, picture)
    playground.wait_for_text("answer", r"^class [01], (> 99|\d+)%$")
    surface, answer = (playground.part(name).bounding_box() for name in ("output", "answer"))
    assert surface
    assert answer
    assert surface["x"] <= answer["x"]
    assert answer["x"] + answer["width"] <= surface["x"] + surface["width"]
    playground.press("unit-0-0")
    playground.wait_for_text("trace-values", r"\d\.\d{3}")
    playground.press("trace-clear")
    expect(playground.part("answer")).to_be_hidden()
    expect(playground.part("trace-x")).to_have_value("")


def test_a_click_on_a_link_opens_its_number_for_editing(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=circles&layers=1,3&features=x,y,xy")
    playground.wait_until_painted()
    unit, target = (playground.part(name).bounding_box() for name in ("unit-0-0", "unit-1-2"))
    assert unit
    assert target
    # Halfway between the two, a link is halfway up.
    x = (unit["x"] + unit["width"] + target["x"]) / 2
    y = (unit["y"] + unit["height"] / 2 + target["y"] + target["height"] / 2) / 2
    page.mouse.move(x, y)
    expect(playground.part("link-tip")).to_contain_text("Layer 2, unit 3")
    page.mouse.click(x, y)
    expect(playground.part("inspector-unit")).to_have_value("1-2")
    expect(playground.part("weight-0")).to_be_focused()
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    expect(playground.part("inspector-numbers")).to_contain_text("1.5")
    feature = playground.part("feature-xy").locator("canvas").bounding_box()
    assert feature
    page.mouse.click(
        (feature["x"] + feature["width"] + unit["x"]) / 2,
        (feature["y"] + feature["height"] / 2 + unit["y"] + unit["height"] / 2) / 2,
    )
    expect(playground.part("inspector-unit")).to_have_value("0-0")
    expect(playground.part("weight-2")).to_be_focused()


def test_on_a_phone_one_sees_what_a_number_changes(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    playground = Playground(page, f"{server.address}/?data=circles&layers=4,4&epochs=20")
    playground.press("unit-1-2")
    sheet = playground.part("inspector")
    expect(sheet).to_be_visible()
    boxes = [one.bounding_box() for one in (page.locator(".bar"), playground.part("output"), sheet)]
    bar, output, panel = [box for box in boxes if box]
    top, bottom = max(output["y"], bar["y"] + bar["height"]), min(output["y"] + output["height"], panel["y"])
    assert bottom - top > 0.85 * output["height"]
    playground.part("weight-4").scroll_into_view_if_needed()
    before = playground.pictures(["output"])
    playground.part("weight-4").fill("3")
    playground.part("weight-4").press("Enter")
    playground.wait_for_new_picture("output", before["output"])
    playground.press("gradcheck")
    playground.wait_for_text("gradcheck-result", r"e−\d")


def test_of_a_unit_that_fires_its_steps_are_shown_at_the_place_that_is_typed(page: Page, base_url: str) -> None:
    """β = 1 and a current of 1 or more fire at every step, one below 0 at none: the sentence counts, the bars agree."""
    playground = Playground(page, f"{base_url}/?data=circles&layers=2&neuron=spiking:steps:10:beta:1")
    playground.press("unit-0-0")
    expect(playground.part("raster-said")).to_contain_text("Follow a point")
    for weight, value in enumerate(("2", "0", "0.5")):
        playground.part(f"weight-{weight}").fill(value)
        playground.part(f"weight-{weight}").press("Enter")
    for x, said, bars in (("0.5", "10 spikes in 10 steps, the first in step 1", 10), ("-1", "No spike in 10 steps", 0)):
        playground.part("trace-x").fill(x)
        playground.part("trace-x").press("Enter")
        playground.part("trace-y").fill("0")
        playground.part("trace-y").press("Enter")
        expect(playground.part("raster-said")).to_contain_text(said)
        for name in (".raster-fired", ".raster-spikes"):
            assert (page.locator(name).get_attribute("d") or "").count("M") == bars
    playground.part("inspector-unit").select_option("1-0")
    expect(playground.part("raster")).to_be_hidden()
