"""Points of one's own are never lost without a word: in the link, in the tab, in a file, and one step back."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Dialog, Page, expect

from app.links.link import read
from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import Server
from tests.browser.test_own_data import drawn, stroke
from tests.browser.test_tables import drop, use


@pytest.fixture
def configs(page: Page) -> list[dict[str, Any]]:
    """Every Config that the server has taken, as it tells them."""
    told: list[dict[str, Any]] = []

    def hear(payload: str | bytes) -> None:
        if isinstance(payload, str) and json.loads(payload)["type"] in ("opened", "changed"):
            told.append(json.loads(payload)["config"])

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return told


@pytest.fixture
def playground(page: Page, server: Server, configs: list[dict[str, Any]]) -> Playground:
    return Playground(page, server.address)


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the browser asks who leaves; the answer is to leave."""
    told: list[str] = []

    def answer(dialog: Dialog) -> None:
        told.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return told


def table(count: int, classes: int = 2) -> str:
    """A table in the square, to the last decimal that is kept."""
    rng = np.random.default_rng(count)
    places = np.round(rng.uniform(-1, 1, (count, 2)), 6)
    return "".join(f"{x:.6f},{y:.6f},{'abcdefgh'[i % classes]}\n" for i, (x, y) in enumerate(places))


def points_of(config: dict[str, Any]) -> list[list[float]]:
    points: list[list[float]] = config["data"]["points"]
    return points


def test_a_thousand_points_come_back_with_the_address(
    playground: Playground, page: Page, configs: list[dict[str, Any]], asked: list[str]
) -> None:
    drop(playground, ("points.csv", table(1000, 4).encode()))
    use(playground)
    playground.wait_for_text("draw-note", "^1,?000 points")
    expect(page).to_have_url(re.compile(r"data=own&points=[\w-]{5000}"))
    before = configs[-1]
    assert read(page.url.partition("?")[2]).config.to_json() == before
    page.reload()
    playground.wait_for_text("draw-note", "^1,?000 points")
    assert configs[-1] == before
    assert asked == []
    expect(page.locator(".class-marks")).to_have_text("abcd")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_thousand_points_stand_behind_the_hash(
    page: Page, server: Server, configs: list[dict[str, Any]], asked: list[str], language: str
) -> None:
    """No server is sent them, and whoever opens the link has them: in another window, in a frame, as a race."""
    playground = Playground(page, f"{server.address}/?lang={language}")
    drop(playground, ("points.csv", table(2000).encode()))
    use(playground)
    playground.wait_for_text("draw-note", "^2,?000 ")
    address = re.compile(rf"/\?data=own&points=fragment&[^#]*lang={language}#points=[\w-]{{10000,}}$")
    expect(page).to_have_url(address)
    before = configs[-1]
    page.reload()
    playground.wait_for_text("draw-note", "^2,?000 ")
    assert configs[-1] == before
    expect(page).to_have_url(address)
    assert asked == []

    playground.press("share")
    expect(playground.part("share-link")).to_have_value(page.url)
    said = {"en": "no picture and no QR code", "zh": "没有对应的图片和二维码"}[language]
    expect(playground.part("share-said")).to_contain_text(said)
    behind = page.url.partition("#")[2]
    expect(playground.part("share-iframe")).to_have_value(re.compile(f'/embed[^"]*#{behind}"'))
    expect(playground.part("share-poster")).to_be_hidden()
    frame = page.context.new_page()
    frame.goto(unescape(playground.part("share-iframe").input_value().split('"')[1]))
    expect(frame.get_by_test_id("loss-train")).to_contain_text(re.compile(r"\d"))
    expect(frame.get_by_test_id("status")).not_to_contain_text("#")
    frame.close()

    page.keyboard.press("Escape")
    playground.press("explore", "race")
    expect(page).to_have_url(
        re.compile(r"/race\?data=own&points=fragment&[^#]*b\.neuron=quadratic[^#]*#points=[\w-]{10000,}$")
    )
    expect(page.get_by_test_id("lane-b")).to_be_visible()


def test_a_run_that_no_link_holds_is_kept_by_its_tab(
    page: Page, tmp_path: Path, served: dict[str, str], configs: list[dict[str, Any]], asked: list[str]
) -> None:
    """More points than any link has room for, to the last bit, as a server may be set to take."""
    rng = np.random.default_rng(0)
    rows = "".join(f"{x!r},{y!r},{'ab'[n % 2]}\n" for n, (x, y) in enumerate(rng.uniform(-1, 1, (3500, 2)).tolist()))
    settings = {**served, "NEURON_PLAYGROUND_HOSTS": "1", "NEURON_PLAYGROUND_POINTS": "3500"}
    with Server(tmp_path / "log.txt", **settings) as server:
        playground = Playground(page, server.address)
        drop(playground, ("points.csv", rows.encode()))
        use(playground)
        playground.wait_for_text("draw-note", "^3,?500 points")
        expect(page).to_have_url(re.compile(r"/\?kept=\w+$"))
        before = configs[-1]
        page.reload()
        playground.wait_for_text("draw-note", "^3,?500 points")
        assert configs[-1] == before
        assert asked == ["beforeunload"]

        playground.press("share")
        expect(playground.part("share-link")).to_be_hidden()
        with page.expect_download() as saved:
            playground.press("save-points")
        assert Path(saved.value.path()).read_text().count("\n") == 3501
        page.reload()
        playground.wait_for_text("draw-note", "^3,?500 points")
        assert asked == ["beforeunload"]
        page.close()


def test_another_tab_is_told_that_it_has_not_got_them(playground: Playground, page: Page, asked: list[str]) -> None:
    playground.press("dataset-own", "draw-clear", "draw-point")
    stroke(playground, (0.5, 0.5), (0.5, 0.5), 1)
    playground.wait_for_text("draw-note", "^1 of 4 points needed")
    expect(page).to_have_url(re.compile(r"/\?kept=\w+$"))
    other = Playground(page.context.browser.new_context().new_page(), page.url)  # type: ignore[union-attr]  # it has one
    expect(other.part("status")).to_contain_text("the tab where they were drawn")
    assert other.datasets()[-1] == "dataset-spirals"
    other.page.context.close()
    page.reload()
    assert asked == ["beforeunload"]


def test_back_and_forward_find_points_behind_the_hash(playground: Playground, page: Page) -> None:
    playground.press("dataset-moons")
    expect(page).to_have_url(re.compile(r"data=moons$"))
    drop(playground, ("points.csv", table(2000).encode()))
    use(playground)
    playground.wait_for_text("draw-note", "^2,?000 points")
    expect(page).to_have_url(re.compile(r"#points="))
    page.go_back()
    expect(page).to_have_url(re.compile(r"data=moons$"))
    expect(playground.part("draw-note")).to_be_hidden()
    page.go_forward()
    playground.wait_for_text("draw-note", "^2,?000 points")


def test_cleared_points_stay_away_when_a_class_is_added(playground: Playground, configs: list[dict[str, Any]]) -> None:
    playground.press("dataset-own")
    playground.wait_for_text("draw-note", "^32 points")
    playground.press("draw-clear")
    playground.wait_for_text("draw-note", "^0 of 4 points needed.*previous points")
    playground.press("draw-class-more")
    expect(playground.part("draw-class-2")).to_have_attribute("aria-pressed", "true")
    playground.wait_for_text("draw-note", "^0 of 4 points needed")
    expect(playground.part("status")).not_to_contain_text("Not possible")
    playground.press("draw-point")
    for x in (-0.5, -0.2, 0.2, 0.5):
        stroke(playground, (x, 0.5), (x, 0.5), 1)
    playground.wait_for_text("draw-note", "^4 points")
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    assert [label for _, _, label in points_of(configs[-1])] == [2, 2, 2, 2]


def test_a_class_is_added_to_what_is_there_and_undo_goes_back_step_by_step(playground: Playground, page: Page) -> None:
    playground.wait_for("loss-train", "n > 0")
    playground.press("draw-copy")
    playground.wait_for_text("draw-note", "^500 points")
    stroke(playground, (-0.9, 0.9), (-0.5, 0.9), 4)
    playground.wait_for_text("draw-note", "^5[0-9][1-9] points|^5[1-9]0 points")
    many = drawn(playground)
    playground.press("draw-clear")
    playground.wait_for_text("draw-note", "^0 of")
    playground.press("draw-point")
    stroke(playground, (0.5, 0.5), (0.5, 0.5), 1)
    playground.wait_for_text("draw-note", "^1 of")
    playground.press("draw-class-more", "draw-class-more")
    expect(playground.part("draw-class-3")).to_have_attribute("aria-pressed", "true")
    playground.wait_for_text("draw-note", "^1 of")

    page.keyboard.press("Control+z")
    expect(playground.part("draw-class-3")).to_be_hidden()
    playground.wait_for_text("draw-note", "^1 of")
    playground.press("undo")
    expect(playground.part("draw-class-2")).to_be_hidden()
    playground.wait_for_text("draw-note", "^1 of")
    playground.press("undo")
    playground.wait_for_text("draw-note", "^0 of")
    playground.press("undo")
    playground.wait_for_text("draw-note", f"^{many} points")
    playground.press("undo")
    playground.wait_for_text("draw-note", "^500 points")
    playground.press("undo")
    expect(playground.part("draw-note")).to_be_hidden()
    assert playground.datasets()[-1] == "dataset-spirals"
    page.keyboard.press("Control+Shift+z")
    playground.wait_for_text("draw-note", "^500 points")


def test_few_points_of_a_drawing_begun_anew_survive_a_reload(playground: Playground, page: Page) -> None:
    playground.press("dataset-own", "draw-clear", "draw-point")
    stroke(playground, (0.5, 0.5), (0.5, 0.5), 1)
    playground.wait_for_text("draw-note", "^1 of 4 points needed")
    expect(page).to_have_url(re.compile(r"/\?kept=\w+$"))
    page.reload()
    playground.wait_for_text("draw-note", "^1 of 4 points needed")


def test_the_task_changes_and_what_was_cleared_stays_away(playground: Playground) -> None:
    playground.press("dataset-own", "draw-clear", "draw-point")
    stroke(playground, (0.5, 0.5), (0.5, 0.5), 1)
    playground.wait_for_text("draw-note", "^1 of 4 points needed")
    playground.choose(data_task="regression")
    expect(playground.part("draw-value")).to_be_visible()
    playground.wait_for_text("draw-note", "^1 of 4 points needed")


def test_undo_brings_a_setting_back_and_leaves_texts_alone(playground: Playground, page: Page) -> None:
    expect(playground.part("undo")).to_have_attribute("aria-disabled", "true")
    playground.press("dataset-moons")
    playground.drag(depth=3)
    playground.wait_for_depth(3)
    playground.press("table")
    playground.part("table-text").fill("1,2")
    playground.part("table-text").press("Control+z")
    playground.press("table-close")
    playground.wait_for_depth(3)
    page.keyboard.press("Control+z")
    playground.wait_for_depth(2)
    page.keyboard.press("Meta+z")
    playground.wait_for_text("loss-train", r"\d")
    assert playground.datasets()[-1] == "dataset-spirals"
    expect(playground.part("undo")).to_have_attribute("aria-disabled", "true")


def test_a_run_of_presses_is_one_step_back(playground: Playground, page: Page) -> None:
    playground.press("dataset-moons")
    expect(page).to_have_url(re.compile(r"data=moons$"))
    # As quick as a hand is, however slow the machine.
    page.locator("[data-testid=depth] ~ button, [data-testid=depth-more]").first.evaluate(
        """async more => {
          for (let press = 0; press < 3; press += 1) {
            more.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
            more.click();
            await new Promise(done => setTimeout(done, 100));
          }
        }"""
    )
    playground.wait_for_depth(5)
    expect(page).to_have_url(re.compile(r"layers=8,8,8,8,8"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"data=moons$"))
    playground.wait_for_depth(2)


def test_speed_and_lens_stay_in_the_address_and_in_what_is_shared(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=moons&speed=10&lens=on")
    playground.press("dataset-circles")
    expect(page).to_have_url(re.compile(r"/\?data=circles&speed=10&lens=on$"))
    playground.press("share")
    expect(playground.part("share-link")).to_have_value(f"{server.address}/?data=circles&speed=10&lens=on")
    page.keyboard.press("Escape")
    playground.press("lens")
    expect(page).to_have_url(re.compile(r"/\?data=circles&speed=10$"))
    page.reload()
    expect(playground.part("speed")).to_have_value("10")


def test_a_cut_link_says_so(page: Page, server: Server, trouble: Trouble) -> None:
    playground = Playground(page, f"{server.address}/?data=own&points=AQQBCQsBAwMAAAKCAQqAY0")
    expect(playground.part("status")).to_contain_text("cut short")
    assert playground.datasets()[-1] == "dataset-spirals"
