"""Play, pause, step and reset, by the buttons and by the keyboard alone."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nncore.config import Config
from nncore.plane import reach
from nncore.trainer import Trainer
from tests.browser.playground import Playground
from tests.browser.server import Server


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def test_buttons_play_pause_step_and_reset(playground: Playground) -> None:
    fresh = playground.pictures(["output"])
    playground.play()
    playground.wait_for_epoch("> 5")
    paused = playground.pause()
    assert playground.text("status") == f"Paused at epoch {paused}."
    playground.press("step")
    # A partly trained epoch is one: the step ends it.
    playground.wait_for_epoch(f"=== {paused + 1}")
    assert not playground.is_playing()
    playground.press("reset")
    playground.wait_for_epoch("=== 0")
    assert playground.pictures(["output"]) == fresh, "reset did not bring back the same weights"


def test_keys_play_pause_step_and_reset(playground: Playground) -> None:
    fresh = playground.pictures(["output"])
    keys = playground.page.keyboard
    keys.press("ArrowRight")
    playground.wait_for_epoch("=== 1")
    keys.press("Space")
    playground.wait_until_playing()
    playground.wait_for_epoch("> 5")
    keys.press("Space")
    playground.wait_until_playing(False)
    keys.press("r")
    playground.wait_for_epoch("=== 0")
    assert playground.pictures(["output"]) == fresh, "reset did not bring back the same weights"


def test_the_tab_key_reaches_every_control(playground: Playground) -> None:
    playground.drag(depth=1)
    playground.wait_for_depth(1)
    named = playground.page.locator(":is(button, select, input):enabled:visible:not([tabindex='-1'])")
    wanted = {name for name in named.evaluate_all("all => all.map(one => one.dataset.testid)") if name}
    playground.page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(200):
        playground.page.keyboard.press("Tab")
        reached.add(playground.page.evaluate("document.activeElement?.dataset.testid"))
    assert {"play", "depth", "neuron-all", "learning-rate"} <= wanted
    assert wanted - reached == set()


def test_the_keyboard_alone_sets_up_and_runs_a_network(playground: Playground) -> None:
    keys = playground.page.keyboard
    playground.tab_to("neuron-all")
    keys.press("Enter")
    playground.part("picker").wait_for()
    keys.type("Squa")
    keys.press("Enter")
    playground.tab_to("depth")
    keys.press("End")
    playground.wait_for_depth(6)
    keys.press("ArrowLeft")
    keys.press("ArrowLeft")
    playground.wait_for_depth(4)
    playground.wait_for_choice(neuron_all="square", neuron_0="square", neuron_3="square")
    playground.tab_to("play")
    keys.press("Enter")
    playground.wait_until_playing()
    playground.wait_for_epoch("> 5")
    keys.press("Space")
    playground.wait_until_playing(False)


def test_the_speed_can_be_changed_while_it_plays(playground: Playground) -> None:
    speeds = playground.part("speed").locator("option").evaluate_all("all => all.map(one => one.value)")
    assert len(speeds) > 2
    playground.press("play")
    playground.wait_until_playing()
    for speed in (*speeds, "null"):
        playground.choose(speed=speed)
        playground.wait_for_choice(speed=speed)
        playground.wait_for_epoch(f"> {playground.epoch()}")
        assert playground.is_playing()


def test_a_speed_that_the_menu_does_not_offer_is_shown_all_the_same(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?speed=20")
    assert playground.part("speed").evaluate("menu => menu.selectedOptions[0].textContent") == "20/s"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_name_on_the_bar_is_cut(page: Page, server: Server, language: str) -> None:
    playground = Playground(page, f"{server.address}/?lang={language}")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    for name in (".bar .field-name", ".own-row button"):
        assert playground.page.locator(name).evaluate_all(cut) == []
    assert playground.page.evaluate("document.querySelector('.bar').scrollWidth") == 1280


def test_points_that_noise_throws_out_of_sight_are_counted(page: Page, base_url: str) -> None:
    config = Config.from_json({"data": {"name": "moons", "noise": 0.5}})
    split = Trainer(config).split
    places = np.abs(np.vstack([split.train_x, split.test_x])).max(axis=1)
    count = int((places > reach(config.data.scale)).sum())
    playground = Playground(page, f"{base_url}/?data=moons&noise=0.5")
    expect(playground.part("outside")).to_have_text(f"{count} of 500 points lie outside this picture")
    playground.drag(noise=0)
    expect(playground.part("outside")).to_be_hidden()
