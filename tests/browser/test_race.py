"""The race as a reader meets it: made, equalised, run, read, again with seeds; on one screen and in a hand."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from app.links import link
from nncore.trainer import Trainer
from tests.browser.axe import violations
from tests.browser.conftest import Trouble
from tests.browser.layout import resize
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.wire import CutWire

EASY = "/race?data=circles&count=100&rate=0.1&epochs=20&b.neuron=quadratic&speed=50"


def race(page: Page, address: str = EASY) -> Page:
    """A race of which every lane has been shown."""
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(address)
    for lane in "ab":
        expect(page.get_by_test_id(f"accuracy-{lane}")).to_have_text(re.compile(r"\d"))
    return page


def test_from_the_playground_to_the_winner(page: Page, trouble: Trouble) -> None:
    trouble.expect("net::ERR_ABORTED")  # what the playground was still asking for when it was left
    Playground(page, "/?data=circles&count=100&rate=0.1").press("explore", "race")
    race(page, page.url)
    expect(page.get_by_test_id("differences")).to_have_text("These lanes differ only in: neuron type.")
    page.get_by_test_id("budget").select_option("parameters")
    expect(page.get_by_test_id("size-a")).to_contain_text("105 of 105")
    page.get_by_test_id("length").select_option("50")
    expect(page).to_have_url(re.compile("epochs=50"))
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("badge-b")).to_have_text(re.compile(r"Solved at epoch \d+"))
    expect(page.get_by_test_id("status")).to_contain_text("The race is over")
    page.reload()
    expect(page.get_by_test_id("size-a")).to_contain_text("105 of 105")


def test_again_with_seeds_there_is_a_table(page: Page) -> None:
    race(page)
    page.get_by_test_id("seeds").select_option("5")
    page.get_by_test_id("again").click()
    rows = page.get_by_test_id("again-table").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(re.compile(r"B Quadratic.*5 of 5"))
    expect(page.get_by_test_id("again-said")).to_contain_text("with a probability of")
    chart = page.get_by_test_id("chart")
    expect(chart).to_have_attribute("aria-label", re.compile(r"B Quadratic: median test .* of 5"))
    page.get_by_test_id("chart-over").select_option("run")
    expect(page.get_by_test_id("chart")).to_have_attribute("aria-label", re.compile("B Quadratic: test"))
    # On a dark ground the lanes have brighter colours, those in the table as well.
    letter = page.locator(".lane-letter").nth(1)
    colour = "one => getComputedStyle(one).color"
    plain = letter.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    expect(letter).not_to_have_css("color", plain)
    bright = letter.evaluate(colour)
    expect(rows.nth(1).get_by_role("rowheader")).to_have_css("color", bright)


def test_a_lane_without_layers_has_no_mixed_activation(page: Page) -> None:
    race(page, EASY.replace("b.neuron=quadratic", "b.layers=0"))
    expect(page.get_by_test_id("activation-b")).to_be_disabled()
    shown = page.get_by_test_id("activation-b").evaluate("menu => menu.selectedOptions[0].text")
    assert shown == "Tanh"


def test_beside_each_surface_stand_the_lane_s_units(page: Page) -> None:
    race(page, "/race?data=circles&count=100&a.layers=3,2&b.layers=0")
    strip = page.get_by_test_id("strip-a")
    expect(strip).to_have_attribute("aria-label", "What the 5 hidden units answer over the plane")
    expect(page.get_by_test_id("strip-b")).to_be_hidden()
    drawn = """canvas => {
      const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const at = (x, y) => data[(y * width + x) * 4 + 3] > 0;
      return [at(14, 5), at(14, 34), at(14, 63), at(43, 5), at(43, 34), at(43, 63)]; }"""
    assert strip.evaluate(drawn) == [True, True, True, True, True, False]


def test_a_seed_s_surface_opens_that_very_run_on_the_playground(page: Page) -> None:
    race(page)
    page.get_by_test_id("seeds").select_option("5")
    page.get_by_test_id("again").click()
    first = page.get_by_test_id("seed-b-0")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    third = page.get_by_test_id("seed-b-2")
    expect(third).to_be_focused()
    said = re.match(r"Seed 2: ([\d.]+%) right on test", third.get_attribute("aria-label") or "")
    assert said
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    run = opened.value
    expect(run.get_by_test_id("epoch")).to_have_text("20")
    assert "neuron=quadratic" in run.url
    assert "run_seed=2" in run.url
    expect(run.get_by_test_id("accuracy-test")).to_have_text(said[1])


def test_another_language_leaves_the_race_where_it_is(page: Page) -> None:
    race(page)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    page.get_by_test_id("lang").click()
    expect(page.get_by_test_id("differences")).to_have_text(re.compile("神经元类型"))
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_text("2")


def test_the_order_at_the_finish_stands_on_the_pictures_and_pushes_nothing(page: Page) -> None:
    race(page)
    before = page.get_by_test_id("chart").bounding_box()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("place-b")).to_have_text(re.compile(r"No. [12]"))
    places = {page.get_by_test_id(f"place-{lane}").inner_text() for lane in "ab"}
    assert "No. 1" in places
    assert page.get_by_test_id("chart").bounding_box() == before


def test_the_chart_goes_by_measured_seconds_too(page: Page) -> None:
    race(page)
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("status")).to_contain_text("The race is over")
    charts = "[...document.querySelectorAll('canvas.chart')].map((canvas) => canvas.toDataURL()).join()"
    for across in ("seconds", "epochs"):
        before = page.evaluate(charts)
        page.get_by_test_id("chart-across").select_option(across)
        page.wait_for_function(f"(before) => {charts} !== before", arg=before)


def test_lanes_come_and_go_and_their_neurons_change(page: Page) -> None:
    race(page)
    page.get_by_test_id("add-lane").click()
    expect(page.get_by_test_id("lane-c")).to_be_visible()
    page.get_by_test_id("neuron-c").click()
    page.get_by_test_id("card-product").click()
    expect(page).to_have_url(re.compile("c.neuron=product"))
    page.get_by_test_id("remove-a").click()
    expect(page.get_by_test_id("lane-c")).to_have_count(0)


def test_a_link_that_is_no_race_says_why_and_races_the_usual(page: Page) -> None:
    race(page, "/race?data=circles&b.neurn=kan")
    expect(page.get_by_test_id("status")).to_contain_text("Not possible")
    expect(page.get_by_test_id("lane-b")).to_be_visible()


def test_lanes_with_other_points_are_raced_and_minded(page: Page) -> None:
    race(page, "/race?data=circles&count=100&b.noise=0.3&epochs=20")
    expect(page.get_by_test_id("differences")).to_have_text("Mind what differs between these lanes: noise.")
    points = "(lane) => document.querySelector(`[data-testid=lane-${lane}] .lane-points`).toDataURL()"
    assert page.evaluate(points, "a") != page.evaluate(points, "b")


def test_what_all_lanes_share_is_set_under_more(page: Page) -> None:
    race(page)
    page.get_by_test_id("more").click()
    page.get_by_test_id("optimizer").select_option("sgd")
    expect(page).to_have_url(re.compile("optimizer=sgd"))
    page.get_by_test_id("batch-typed").fill("5")
    page.keyboard.press("Enter")
    page.get_by_test_id("seeds-data").fill("7")
    page.keyboard.press("Enter")
    page.get_by_test_id("solved-bar-typed").fill("0.8")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("batch=5.*data_seed=7.*bar=0.8"))
    expect(page.get_by_test_id("differences")).to_have_text("These lanes differ only in: neuron type.")


def test_what_is_shared_opens_the_race_at_that_epoch(page: Page) -> None:
    race(page)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    expect(page.get_by_test_id("loss-a")).to_have_text(re.compile(r"\d"))
    lane = page.get_by_test_id("accuracy-a").inner_text(), page.get_by_test_id("loss-a").inner_text()
    page.get_by_test_id("share").click()
    page.get_by_test_id("link-epochs").check()
    shared = page.get_by_test_id("share-link")
    expect(shared).to_have_value(re.compile(r"/race\?.*b.neuron=quadratic.*at=1"))
    expect(page.get_by_test_id("share-iframe")).to_have_value(re.compile("/embed/race.*at=1"))
    expect(page.get_by_test_id("share-poster")).to_have_value(re.compile(r"/poster\.png.*at=1"))
    race(page, shared.input_value())
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    expect(page.get_by_test_id("accuracy-a")).to_have_text(lane[0])
    expect(page.get_by_test_id("loss-a")).to_have_text(lane[1])


def test_a_socket_lost_on_the_way_to_that_epoch_costs_nothing(page: Page) -> None:
    wire = CutWire(page)
    wire.cuts_past = 0
    page.goto("/race?data=moons&noise=0.3&layers=4,4&epochs=400&b.neuron=quadratic&at=200")
    expect(page.get_by_test_id("epoch")).to_have_text("200")
    expect(page.get_by_test_id("play")).to_have_attribute("aria-label", "Play")
    assert (wire.connections, max(wire.epochs)) == (2, 200)
    assert 0 < wire.epochs[wire.cut_at] < 200
    for lane, neuron in {"a": "", "b": "&neuron=quadratic"}.items():
        alone = Trainer(link.read(f"data=moons&noise=0.3&layers=4,4{neuron}").config).run(200)
        told = page.get_by_test_id(f"loss-{lane}").inner_text()
        assert told == f"right on test, loss {alone.evaluate().test_loss:.4f}"


def test_chart_and_table_are_saved_as_files(page: Page) -> None:
    race(page)
    page.get_by_test_id("seeds").select_option("5")
    page.get_by_test_id("again").click()
    expect(page.get_by_test_id("again-table").locator("tbody tr")).to_have_count(2)
    saved = {}
    for kind in ("png", "svg", "csv"):
        page.locator(".race-tools .drawer > summary").click()
        with page.expect_download() as coming:
            page.get_by_test_id(f"save-{kind}").click()
        saved[kind] = coming.value.path().read_bytes()
        page.keyboard.press("Escape")
    assert saved["png"].startswith(b"\x89PNG")
    assert b"B Quadratic</text>" in saved["svg"]
    rows = list(csv.DictReader(io.StringIO(saved["csv"].decode())))
    assert [(row["lane"], row["run_seed"]) for row in rows] == [(lane, str(seed)) for lane in "ab" for seed in range(5)]
    run = link.read(rows[7]["link"].partition("?")[2]).config
    alone = Trainer(run).run(20).evaluate()
    assert float(rows[7]["test_loss"]) == alone.test_loss


@pytest.mark.parametrize("address", [EASY, f"{EASY}&lang=zh", f"{EASY}&theme=dark"])
def test_axe_finds_nothing(page: Page, address: str) -> None:
    assert violations(race(page, address)) == []


def test_nothing_has_to_be_scrolled_sideways(page: Page) -> None:
    race(page, f"{EASY}&c.neuron=kan&d.neuron=rbf&e.neuron=product&f.neuron=polynomial")
    for width, height in ((1280, 720), (375, 812)):
        resize(page, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    names = page.locator(".settings .field-name")
    cut = names.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)")
    assert cut == []


def test_a_race_to_begin_with_takes_the_place_of_the_one_at_hand_and_keeps_the_looks(page: Page) -> None:
    race(page, f"{EASY}&theme=dark")
    page.get_by_test_id("starts").click()
    page.get_by_test_id("start-budget").click()
    expect(page.get_by_test_id("lane-c")).to_be_visible()
    expect(page).to_have_url(re.compile(r"c.neuron=kan.*budget=parameters:220.*theme=dark"))
    expect(page.get_by_test_id("start-budget")).to_be_hidden()
