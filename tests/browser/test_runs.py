"""Runs beside each other: the one before on the chart and in a sentence, pinned ones in a table that replays them."""

import csv
import re
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

LINK = "/?data=circles&layers=4&neuron=linear&rate=0.003&until=solved"


def solved(playground: Playground) -> int:
    """Plays until it is solved; the epoch at which the server says it stopped."""
    # A run may be over before anybody sees it play.
    playground.press("play")
    playground.wait_for_epoch("> 0")
    playground.wait_until_playing(False)
    playground.wait_for_text("status", "Solved: stopped")
    said = re.search(r"epoch ([\d,]+)", playground.text("status"))
    assert said
    return int(said[1].replace(",", ""))


def test_two_runs_are_compared_in_the_numbers_at_which_they_stopped_and_pinned_ones_open_again(
    page: Page, base_url: str, tmp_path: Path
) -> None:
    playground = Playground(page, f"{base_url}{LINK}")
    first = solved(playground)
    playground.press("tab-runs", "pin")
    expect(playground.part("pinned")).to_have_count(1)
    expect(playground.part("pinned")).to_contain_text(f"{first}")
    playground.choose(neuron_all="quadratic")
    playground.wait_for_epoch("=== 0")
    second = solved(playground)
    sentence = f"Quadratic solved it after {second} epochs; before, Linear needed {first}."
    expect(playground.part("status")).to_contain_text(sentence)
    playground.press("pin")
    expect(playground.part("pinned")).to_have_count(2)
    with page.expect_download() as loading:
        playground.press("runs-csv")
    loading.value.save_as(tmp_path / "runs.csv")
    rows = list(csv.DictReader(StringIO((tmp_path / "runs.csv").read_text(encoding="utf-8"))))
    assert [(row["neuron"], row["solved_at"]) for row in rows] == [("linear", str(first)), ("quadratic", str(second))]
    assert all(float(row["best_test_accuracy"]) >= 0.97 for row in rows)
    # A row opens its run again, trained to where it was; the table stays, over a reload, too.
    page.get_by_role("link", name="Linear").click()
    playground.wait_for_choice(neuron_all="linear")
    playground.wait_for_epoch(f"=== {first}")
    page.reload()
    playground.wait_for_epoch(f"=== {first}")
    playground.press("tab-runs")
    expect(playground.part("pinned")).to_have_count(2)
    playground.part("unpin").first.focus()
    page.keyboard.press("Enter")
    expect(playground.part("pinned")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(playground.part("pinned")).to_have_count(0)
    expect(playground.part("runs-note")).to_contain_text("No run is pinned")


def test_the_run_before_stays_on_the_chart_until_the_points_are_others(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}{LINK}")
    solved(playground)
    playground.choose(neuron_all="quadratic")
    playground.wait_for_epoch("=== 0")
    for epoch in range(1, 4):
        playground.press("step")
        playground.wait_for_epoch(f"=== {epoch}")
    expect(playground.part("chart")).to_have_attribute("aria-label", re.compile("faint: before"))
    playground.press("dataset-moons")
    expect(playground.part("chart")).not_to_have_attribute("aria-label", re.compile("faint: before"))
