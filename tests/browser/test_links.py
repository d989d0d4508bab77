"""The address is the experiment: reload, back, forward and a copied link show the same one, a bad one says why."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground
from tests.browser.server import Server

LINK = "?data=circles&noise=0.1&layers=4,3&neuron=quadratic,linear"
LOSSES = ("loss-train", "loss-test", "accuracy-train", "accuracy-test", "epoch")
FOREIGN = "#activation=relu&batchSize=10&dataset=xor&noise=20&networkShape=3&learningRate=0.1&xTimesY=true&seed=0.5"


def shown(playground: Playground) -> list[str]:
    return [playground.text(name) for name in LOSSES]


def wait_for_address(page: Page, search: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(f"/{search}") + "$"))


def test_a_replay_shows_the_numbers_of_whoever_copied_the_link(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/{LINK}")
    playground.wait_for_width(1, 3)
    for epoch in range(1, 6):
        playground.press("step")
        playground.wait_for_epoch(f"=== {epoch}")
    trained = shown(playground)
    playground.press("share")
    playground.part("link-epochs").check()
    link = playground.part("share-link").input_value()
    assert link == f"{server.address}/{LINK}&epochs=5"
    again = Playground(page, link)
    again.wait_for_epoch("=== 5")
    assert shown(again) == trained
    page.reload()
    again.wait_for_epoch("=== 5")
    assert shown(again) == trained


def test_reload_back_and_forward_keep_the_experiment(page: Page, server: Server) -> None:
    playground = Playground(page, server.address)
    wait_for_address(page, "")
    playground.press("dataset-moons")
    wait_for_address(page, "?data=moons")
    playground.choose(neuron_all="square")
    wait_for_address(page, "?data=moons&neuron=square")
    page.go_back()
    playground.wait_for_choice(neuron_all="linear")
    assert playground.datasets()[-1] == "dataset-moons"
    page.go_forward()
    playground.wait_for_choice(neuron_all="square")
    page.reload()
    playground.wait_for_choice(neuron_all="square")
    assert playground.datasets()[-1] == "dataset-moons"
    wait_for_address(page, "?data=moons&neuron=square")


def test_a_drag_is_one_step_back(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=moons")
    playground.wait_for_text("loss-train", r"\d")
    box = playground.part("noise").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.2, 0.4, 0.6, 0.8):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_timeout(100)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"noise=0\.[6-9]"))
    page.go_back()
    wait_for_address(page, "?data=moons")
    playground.wait_for_setting("noise", "n === 0")


@pytest.mark.parametrize("way", ["hash", "query", "paste"])
def test_a_link_of_tensorflow_playground_opens_as_the_same_experiment(page: Page, server: Server, way: str) -> None:
    addresses = {"hash": f"/{FOREIGN}", "query": f"/?{FOREIGN[1:]}", "paste": "/"}
    playground = Playground(page, server.address + addresses[way])
    if way == "paste":
        page.evaluate(
            """text => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/plain", text);
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
            }""",
            f"https://playground.tensorflow.org/{FOREIGN}",
        )
    playground.wait_for_choice(activation_all="relu", optimizer="sgd")
    playground.wait_for_width(0, 3)
    assert playground.datasets()[-1] == "dataset-classic"
    playground.wait_for_setting("noise", "n === 0.2")
    expect(playground.part("status")).to_contain_text("cannot be reproduced")
    expect(page).to_have_url(re.compile(r"/\?data=classic:rule:xor&noise=0\.2&scale=6&"))


def test_a_bad_link_says_why_and_the_default_opens(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?nois=0.1")
    expect(playground.part("status")).to_contain_text("did you mean noise?")
    assert playground.widths() == [8, 8]
    playground.press("step")
    playground.wait_for_epoch("=== 1")


def test_the_language_stays_in_the_address(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?lang=zh")
    playground.press("dataset-moons")
    wait_for_address(page, "?data=moons&lang=zh")


def test_another_language_shows_the_same_experiment(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=moons&layers=4,3&neuron=square,linear")
    playground.wait_for_width(1, 3)
    page.locator(".language").click()
    wait_for_address(page, "?data=moons&layers=4,3&neuron=square,linear&lang=zh")
    playground.wait_for_width(1, 3)
