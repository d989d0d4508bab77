"""The atlas as a reader meets it: the answer, the table, the chart, and where every field leads."""

import csv
import io
import json
import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.layout import resize
from tests.browser.playground import PATIENCE_MILLISECONDS

HERE = Path(__file__).parents[2] / "app" / "atlas"
TABLE = json.loads((HERE / "table.json").read_text(encoding="utf-8"))
FORESTS = json.loads((HERE / "forests" / "table.json").read_text(encoding="utf-8"))
CELLS = [dict(zip(TABLE["columns"], values, strict=True)) for values in TABLE["cells"]]


def atlas(page: Page, query: str = "") -> Page:
    """The page, once its table and its answer are there."""
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(f"/atlas{query}")
    expect(page.get_by_test_id("answer")).to_have_text(re.compile(r"\d|。"))
    return page


def fewest(neuron: str, data: str, activation: str = "tanh") -> str:
    """What has to stand in a field, counted here once more."""
    wanted = (TABLE["neurons"].index(neuron), TABLE["data"].index(data), TABLE["activations"].index(activation))
    own = [cell for cell in CELLS if (cell["neuron"], cell["data"], cell["activation"]) == wanted]
    sure = [cell["parameters"] for cell in own if cell["solved"] >= 18]
    if not sure:
        return "–none"
    return f"{'≤ ' if min(sure) == min(cell['parameters'] for cell in own) else ''}{min(sure)}"


def test_every_field_has_the_fewest_parameters_that_surely_solve_it(page: Page) -> None:
    atlas(page)
    for activation in TABLE["activations"]:
        page.get_by_test_id("choose-activation").select_option(activation)
        shown = {
            (neuron, data): page.get_by_test_id(f"field-{neuron}-{data}").inner_text().replace("\n", "")
            for neuron, data in product(TABLE["neurons"], TABLE["data"])
        }
        assert shown == {(neuron, data): fewest(neuron, data, activation) for neuron, data in shown}
    # Below them forests, by the nodes of the smallest that does: the first that was tried, as it turned out.
    least = {cell["data"]: cell for cell in FORESTS["cells"] if cell["forest"] == 0 and cell["solved"] >= 18}
    for data in TABLE["data"]:
        field = page.get_by_test_id(f"field-forest-{data}").get_by_role("link")
        expect(field).to_have_text(f"≤ {least[data]['nodes']:,}")
        expect(field).to_have_attribute("href", re.compile("forest="))


def test_by_solved_share_a_field_says_how_many_of_how_many_and_how_sure_that_is(page: Page) -> None:
    atlas(page, "?show=solved&network=1:32")
    cell = next(one for one in CELLS if TABLE["networks"][one["network"]] == {"layers": 1, "budget": 32})
    field = page.get_by_test_id(f"field-linear-{TABLE['data'][0]}").get_by_role("link")
    expect(field).to_have_text(f"{cell['solved']}/20")
    low, high = (f"{cell[end]:.0%}" for end in ("low", "high"))
    expect(field).to_have_attribute("title", re.compile(rf"of 20 runs \(95% interval {low} to {high}\)"))


def test_an_address_that_names_what_is_not_there_is_told_so(page: Page) -> None:
    atlas(page, "?data=moons2&show=solved")
    expect(page.get_by_test_id("about")).to_have_text(re.compile("no moons2 for data"))
    expect(page).to_have_url(re.compile(r"/atlas\?show=solved$"))


def test_a_field_opens_as_a_race_at_that_budget(page: Page) -> None:
    atlas(page)
    page.get_by_test_id("field-quadratic-circles").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/race\?.*b\.neuron=quadratic.*budget=parameters"))
    expect(page.get_by_test_id("accuracy-b")).to_have_text(re.compile(r"\d"))
    expect(page.get_by_test_id("differences")).to_contain_text("neuron type")


def test_a_field_opens_as_the_run_itself_and_it_is_as_good_as_was_said(page: Page) -> None:
    atlas(page, "?opens=run")
    link = page.get_by_test_id("field-quadratic-circles").get_by_role("link")
    epochs = re.search(r"epochs=(\d+)", str(link.get_attribute("href")))
    assert epochs is not None
    link.click()
    expect(page.get_by_test_id("epoch")).to_have_text(epochs[1])
    expect(page.get_by_test_id("accuracy-test")).to_have_text(re.compile(r"9[5-9]\.\d%|100\.0%"))


def test_the_chart_is_of_the_chosen_data_and_of_the_kinds_that_are_picked(page: Page) -> None:
    atlas(page)
    last = TABLE["data"][-1]
    page.get_by_test_id(f"data-{last}").click()
    expect(page.get_by_test_id(f"data-{last}")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(f"data={last}"))
    picked = page.get_by_test_id("kind-kan")
    was = picked.get_attribute("aria-pressed") == "true"
    picked.focus()
    page.keyboard.press("Enter")
    expect(picked).to_have_attribute("aria-pressed", "false" if was else "true")
    expect(page.get_by_test_id("line-kan")).to_have_count(0 if was else 1)
    marks = page.get_by_test_id("line-linear").get_by_role("link")
    expect(marks).to_have_count(len(TABLE["networks"]))
    expect(marks.first).to_have_attribute("aria-label", re.compile("Linear: solved by .* of 20 runs"))
    page.get_by_test_id("choose-across").select_option("multiply_adds")
    expect(page.get_by_test_id("atlas-chart").locator("svg")).to_have_attribute(
        "aria-label", re.compile("multiply-adds per point")
    )


def test_what_is_chosen_is_there_again_after_a_reload(page: Page) -> None:
    atlas(page)
    page.get_by_test_id("choose-show").select_option("solved")
    page.get_by_test_id("choose-network").select_option(label="2 hidden layers, 64 parameters")
    page.get_by_test_id("choose-value").select_option("solved")
    page.reload()
    expect(page.get_by_test_id("choose-show")).to_have_value("solved")
    expect(page.get_by_test_id("choose-network").locator("option:checked")).to_have_text(
        "2 hidden layers, 64 parameters"
    )
    expect(page.get_by_test_id("choose-value")).to_have_value("solved")


def test_the_table_comes_as_csv(page: Page) -> None:
    atlas(page)
    with page.expect_download() as caught:
        page.get_by_test_id("csv").click()
    text = caught.value.path().read_text(encoding="utf-8")
    assert caught.value.suggested_filename == "atlas.csv"
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(CELLS) + len(FORESTS["cells"])


def test_from_a_race_the_atlas_is_one_step_away(page: Page) -> None:
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto("/race")
    page.get_by_test_id("atlas").click()
    expect(page.get_by_test_id("answer")).to_have_text(re.compile(r"\d"))


@pytest.mark.parametrize(
    "query", ["", "?show=solved&value=solved", "?lang=zh", "?theme=dark", "?theme=dark&palette=purple_green"]
)
def test_axe_finds_nothing(page: Page, query: str) -> None:
    assert violations(atlas(page, query)) == []


def test_nothing_but_the_table_has_to_be_scrolled_sideways(page: Page) -> None:
    atlas(page)
    for width, height in ((1280, 720), (1024, 768), (375, 812), (320, 640)):
        resize(page, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
