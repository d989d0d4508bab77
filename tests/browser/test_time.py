"""Looking back while training goes on, reading the chart, and who is taken for whom, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, number
from tests.browser.server import Server

SURFACES = ("output", "unit-0-0", "unit-1-3")

# What moved without the reader's doing, as browsers count it.
_SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: "layout-shift" });
}"""


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def trained(playground: Playground, epochs: int) -> None:
    playground.play()
    playground.wait_for_epoch(f"> {epochs}")


def newest(playground: Playground) -> int:
    """The newest epoch, wherever the reader looks."""
    return int(playground.part("time").get_attribute("max") or "")


def look_back(playground: Playground, key: str = "Home") -> None:
    playground.part("time").focus()
    playground.page.keyboard.press(key)
    playground.part("now").wait_for()


def test_every_surface_shows_the_moment_while_training_goes_on(playground: Playground) -> None:
    playground.wait_until_painted()
    first = playground.pictures(SURFACES)
    loss = playground.text("loss-train")
    trained(playground, 50)
    late = playground.pictures(SURFACES)
    look_back(playground)
    playground.wait_for_epoch("=== 0")
    assert playground.pictures(SURFACES) == first
    assert [name for name in SURFACES if late[name] == first[name]] == []
    assert playground.text("loss-train") == loss
    assert "epoch 0" in playground.text("back-text")

    then, chart = newest(playground), playground.pictures(["chart"])["chart"]
    playground.page.wait_for_function(
        "then => Number(document.querySelector('[data-testid=time]').max) > then + 20", arg=then
    )
    playground.wait_for_new_picture("chart", chart)
    assert playground.epoch() == 0
    assert playground.pictures(SURFACES) == first

    playground.press("now")
    playground.wait_for_epoch(f"> {then}")
    assert playground.pictures(SURFACES) != first
    expect(playground.part("now")).to_be_hidden()


def test_keys_move_from_moment_to_moment_and_escape_returns(playground: Playground) -> None:
    trained(playground, 50)
    playground.pause()
    now = playground.epoch()
    look_back(playground, "ArrowLeft")
    before = playground.epoch()
    assert before < now
    playground.page.keyboard.press("PageDown")
    playground.wait_for_epoch(f"< {before}")
    playground.page.keyboard.press("Escape")
    playground.wait_for_epoch(f"=== {now}")
    look_back(playground)
    playground.page.keyboard.press("End")
    playground.wait_for_epoch(f"=== {now}")
    expect(playground.part("now")).to_be_hidden()


def test_the_slider_and_a_click_on_the_chart_lead_to_the_same_epochs(playground: Playground) -> None:
    trained(playground, 100)
    playground.pause()
    now = playground.epoch()
    playground.drag(time=now // 2)
    playground.part("now").wait_for()
    dragged = playground.epoch()
    # A page that had much else to do was sent few pictures, and looks back to the nearest of them.
    assert dragged == min(playground.wire.epochs, key=lambda epoch: abs(epoch - now // 2))
    playground.press("now")
    reader = playground.part("chart-reader")
    box, left, right = reader.bounding_box(), "--plot-left", "--plot-right"
    assert box is not None
    margins = "(box, name) => parseFloat(getComputedStyle(box).getPropertyValue(name))"
    start, end = (float(reader.evaluate(margins, name)) for name in (left, right))
    reader.click(position={"x": start + (box["width"] - start - end) / 2, "y": box["height"] / 2})
    playground.wait_for_epoch(f"=== {dragged}")


def test_a_reset_or_another_run_is_now(playground: Playground) -> None:
    trained(playground, 30)
    playground.pause()
    look_back(playground, "ArrowLeft")
    playground.press("reset")
    expect(playground.part("now")).to_be_hidden()
    trained(playground, 30)
    look_back(playground)
    playground.press("dataset-moons")
    expect(playground.part("now")).to_be_hidden()


def test_the_chart_is_read_by_keys_and_says_what_it_shows(playground: Playground) -> None:
    trained(playground, 50)
    playground.pause()
    reader = playground.part("chart-reader")
    reader.focus()
    playground.page.keyboard.press("Home")
    expect(playground.part("chart-reading")).to_be_visible()
    assert (reader.get_attribute("aria-valuetext") or "").startswith("Epoch 0: training loss 0.")
    playground.page.keyboard.press("ArrowRight")
    assert number(reader.get_attribute("aria-valuenow") or "") >= 1
    playground.page.keyboard.press("Escape")
    expect(playground.part("chart-reading")).to_be_hidden()
    log = playground.pictures(["chart"])["chart"]
    assert "logarithmic" in (playground.part("chart").get_attribute("aria-label") or "")
    playground.press("chart-log")
    playground.wait_for_new_picture("chart", log)
    playground.press("tab-accuracy")
    expect(playground.part("chart")).to_have_attribute("aria-label", re.compile("Accuracy by epoch"))
    # The pointer rests on the button; epochs were not trained by any of the keys.
    assert playground.part("chart-log").is_disabled()


def test_points_are_counted_by_class_and_add_up(playground: Playground) -> None:
    playground.press("dataset-circles")
    trained(playground, 20)
    playground.pause()
    playground.part("tab-loss").focus()
    playground.page.keyboard.press("ArrowLeft")
    playground.page.keyboard.press("ArrowLeft")
    cells = playground.part("confusion").locator("tbody td")
    expect(cells).to_have_count(4)
    for split in ("train", "test"):
        playground.press(f"confusion-{split}")
        counts = [int(text) for text in cells.all_inner_texts()]
        share = 100 * (counts[0] + counts[3]) / sum(counts)
        assert share == pytest.approx(number(playground.text(f"accuracy-{split}")), abs=0.06)
    assert sum(counts) == 250
    look_back(playground)
    share = number(playground.text("accuracy-test")) / 100
    counts = [int(text) for text in cells.all_inner_texts()]
    assert (counts[0] + counts[3]) / 250 == pytest.approx(share, abs=0.001)


def test_a_regression_tells_how_far_off_it_is(playground: Playground) -> None:
    playground.press("dataset-plane")
    expect(playground.part("tab-confusion")).to_have_text("Fit")
    trained(playground, 50)
    playground.pause()
    playground.press("tab-confusion")
    explained = playground.part("confusion").locator("tbody td").first
    assert 0.5 < float(explained.inner_text()) <= 1
    expect(playground.part("confusion-test")).to_be_hidden()


def test_nothing_shifts_while_it_plays_and_looks_back(playground: Playground) -> None:
    playground.page.evaluate(_SHIFTS)
    trained(playground, 300)
    look_back(playground)
    playground.press("now")
    playground.page.wait_for_timeout(200)
    assert playground.page.evaluate("window.shift") < 0.02
